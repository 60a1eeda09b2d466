"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import type { Goods } from "@/lib/inventory";
import { GoodsSearch } from "./goods-search";

/** What was counted of one product: says at once how far that is from the books. */
export function AdjustFields({ branchId, product }: { branchId: string; product: Goods | null }) {
  const t = useTranslations("inventory");
  const [goods, setGoods] = useState(product);
  const [counted, setCounted] = useState(Number.NaN);
  return (
    <div className="flex flex-col gap-5">
      <Field name="productId" label={t("adjust.product")}>
        {goods ? (
          <div className="flex items-center justify-between gap-4 rounded-md border border-line bg-sunken px-4 py-2.5">
            <span className="min-w-0">
              <span className="block truncate font-medium">{goods.name}</span>
              <span className="block text-sm text-ink-soft tabular">
                {goods.sku} · {t("adjust.book", { count: goods.stock })}
              </span>
            </span>
            <Button size="sm" onClick={() => setGoods(null)}>
              {t("adjust.change")}
            </Button>
            <input type="hidden" name="productId" value={goods.id} />
          </div>
        ) : (
          <GoodsSearch branchId={branchId} label={t("adjust.product")} onPick={setGoods} autoFocus />
        )}
      </Field>
      <Field
        name="counted"
        label={t("adjust.counted")}
        required
        hint={goods && !Number.isNaN(counted) ? differenceText(counted - goods.stock) : undefined}
      >
        <Input
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
