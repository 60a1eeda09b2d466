"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/form";
import { useFormState } from "@/components/ui/form-context";
import { Input } from "@/components/ui/input";
import type { Goods } from "@/lib/inventory";
import { GoodsSearch } from "./goods-search";

/** What was counted of one product: says at once how far that is from the books. */
export function AdjustFields({ branchId, product }: { branchId: string; product: Goods | null }) {
  const t = useTranslations("inventory");
  const [goods, setGoods] = useBook(product);
  const [counted, setCounted] = useState(Number.NaN);
  const countedField = useRef<HTMLInputElement>(null);
  const goodsId = goods?.id;

  // The search goes with the choice, and the focus went with it: now the hand counts.
  useEffect(() => {
    if (goodsId) countedField.current?.focus();
  }, [goodsId]);

  return (
    <div className="flex flex-col gap-5">
      <Field name="productId" label={t("adjust.product")}>
        {goods ? (
          <Chosen goods={goods} onChange={() => setGoods(null)} />
        ) : (
          <GoodsSearch branchId={branchId} label={t("adjust.product")} onPick={setGoods} autoFocus />
        )}
      </Field>
      <input type="hidden" name="book" value={goods?.stock ?? 0} />
      <Field
        name="counted"
        label={t("adjust.counted")}
        required
        hint={goods && !Number.isNaN(counted) ? differenceText(counted - goods.stock) : undefined}
      >
        <Input
          ref={countedField}
          type="number"
          inputMode="numeric"
          min={0}
          className="max-w-40"
          onChange={(event) => setCounted(event.currentTarget.valueAsNumber)}
        />
      </Field>
      <Field name="reason" label={t("adjust.reason")} required>
        <Input maxLength={200} placeholder={t("adjust.reasonPlaceholder")} />
      </Field>
    </div>
  );

  function differenceText(difference: number): string {
    if (difference === 0) return t("adjust.same");
    return t("adjust.difference", { difference: difference > 0 ? `+${difference}` : `−${-difference}` });
  }
}

/** The product with its units in the books; once the server has refused a count because they changed, with the new ones. */
function useBook(product: Goods | null) {
  const problem = useFormState()?.problem ?? null;
  const [goods, setGoods] = useState(product);
  const [heard, setHeard] = useState(problem);
  if (problem !== heard) {
    setHeard(problem);
    if (goods && problem?.bookUnits !== undefined) setGoods({ ...goods, stock: problem.bookUnits });
  }
  return [goods, setGoods] as const;
}

function Chosen({ goods, onChange }: { goods: Goods; onChange: () => void }) {
  const t = useTranslations("inventory.adjust");
  return (
    <div className="flex items-center justify-between gap-4 rounded-md border border-line bg-sunken px-4 py-2.5">
      <span className="min-w-0">
        <span className="block truncate font-medium">{goods.name}</span>
        <span className="block text-sm text-ink-soft tabular">
          {goods.sku} · {t("book", { count: goods.stock })}
        </span>
      </span>
      <Button size="sm" onClick={onChange}>
        {t("change")}
      </Button>
      <input type="hidden" name="productId" value={goods.id} />
    </div>
  );
}
