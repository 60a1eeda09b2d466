"use client";

import { useLocale, useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { formatMoney } from "@/lib/money";
import { highestDiscount, totalsOf } from "./cart";
import { useDesk } from "./desk";
import { basisPointsOf } from "./discount";
import { reduceTill } from "./till-events";
import { SCAN_FIELD } from "./use-scanner";

const usual = [0, 5, 10, 15, 20];

/** A discount on one line, or on the whole sale. Shows what it would come to before it counts. */
export function DiscountDialog({ productId }: { productId: string | null }) {
  const t = useTranslations("pos.discount");
  const locale = useLocale();
  const { till, dispatch, close, ceilingBp } = useDesk();
  const line = till.lines.find((candidate) => candidate.productId === productId);
  const before = line ? line.discountBp : till.discountBp;
  const [typed, setTyped] = useState(before > 0 ? String(before / 100).replace(".", ",") : "");
  const discountBp = basisPointsOf(typed);

  const event =
    discountBp === null
      ? null
      : line
        ? ({ type: "lineDiscounted", productId: line.productId, discountBp } as const)
        : ({ type: "saleDiscounted", discountBp } as const);
  const preview = event && reduceTill(till, event);

  function submit(submission: SubmitEvent) {
    submission.preventDefault();
    if (!event) return;
    dispatch(event);
    close();
  }

  return (
    <Dialog
      open
      size="sm"
      title={line ? t("lineTitle") : t("saleTitle")}
      description={line?.name ?? t("saleText")}
      onOpenChange={close}
    >
      <form onSubmit={submit}>
        <label htmlFor="discount-percent" className="mb-1.5 block text-sm font-medium">
          {t("percent")}
        </label>
        <Input
          {...SCAN_FIELD}
          id="discount-percent"
          autoFocus
          size="lg"
          inputMode="decimal"
          suffix="%"
          value={typed}
          onFocus={(focus) => focus.currentTarget.select()}
          onChange={(change) => setTyped(change.currentTarget.value)}
          aria-invalid={discountBp === null || undefined}
          aria-describedby="discount-hint"
        />
        <p id="discount-hint" className="mt-1.5 min-h-5 text-sm text-ink-soft">
          {hint()}
        </p>
        <div className="mt-2 grid grid-cols-5 gap-2">
          {usual.map((percent) => (
            <button
              key={percent}
              type="button"
              onClick={() => {
                setTyped(String(percent));
                document.getElementById("discount-percent")?.focus();
              }}
              className="h-11 rounded-md border border-line bg-surface text-sm font-medium tabular shadow-xs hover:bg-sunken"
            >
              {t("usual", { percent })}
            </button>
          ))}
        </div>
        <p className="mt-4 flex items-baseline justify-between gap-3">
          <span className="text-sm text-ink-soft">{t("newTotal")}</span>
          <span className="text-2xl font-semibold tabular">
            {preview && formatMoney(totalsOf(preview).total, "CLP", locale)}
          </span>
        </p>
        <FormActions>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" disabled={discountBp === null}>
            {t("submit")}
          </Button>
        </FormActions>
      </form>
    </Dialog>
  );

  function hint(): string {
    if (!preview) return t("invalid");
    return highestDiscount(preview) > ceilingBp
      ? t("aboveCeiling", { ceiling: ceilingBp / 100 })
      : t("ceiling", { ceiling: ceilingBp / 100 });
  }
}
