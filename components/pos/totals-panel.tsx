"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ShieldCheck } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/kbd";
import { formatMoney } from "@/lib/money";
import { highestDiscount, needsApproval } from "./cart";
import { useDesk } from "./desk";

/** What it comes to, and the way to the money. */
export function TotalsPanel() {
  const t = useTranslations("pos.totals");
  const locale = useLocale();
  const { till, totals, ceilingBp, online, open, startPayment, sending } = useDesk();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  const empty = till.lines.length === 0;
  // Without a clock in it: an approval that ran out is asked for anew when payment starts.
  const wantsApproval = needsApproval(till, ceilingBp, 0);
  const approved = !wantsApproval && highestDiscount(till) > ceilingBp;

  return (
    <footer className="mt-auto border-t border-line bg-surface px-4 pt-3 pb-4 max-md:sticky max-md:bottom-[calc(3.75rem+env(safe-area-inset-bottom))]">
      <button
        type="button"
        disabled={empty || till.pending !== null}
        aria-haspopup="dialog"
        onClick={() => open({ kind: "discount", productId: null })}
        className="-ml-2 flex h-(--control) items-center gap-2 rounded-md px-2 text-sm font-medium text-brand-text hover:bg-hover disabled:opacity-55"
      >
        {till.discountBp > 0 ? t("saleDiscount", { percent: till.discountBp / 100 }) : t("addDiscount")}
        <Kbd>F8</Kbd>
        {approved && (
          <span className="inline-flex items-center gap-1 text-success-text">
            <ShieldCheck aria-hidden className="size-4" />
            {t("approved")}
          </span>
        )}
      </button>
      <dl className="space-y-0.5 text-sm">
        {totals.discount > 0 && <Amount label={t("subtotal")} value={money(totals.gross)} />}
        {totals.discount > 0 && <Amount label={t("discounts")} value={`-${money(totals.discount)}`} />}
        <Amount label={t("netAndTax")} value={`${money(totals.net)} + ${money(totals.tax)}`} />
        {totals.exempt > 0 && <Amount label={t("exempt")} value={money(totals.exempt)} />}
      </dl>
      <div className="mt-2 flex items-baseline justify-between gap-4">
        <span className="text-ink-soft">{t("units", { count: totals.itemCount })}</span>
        <output
          aria-label={t("total")}
          aria-live="polite"
          data-total={totals.total}
          className="text-3xl font-semibold tracking-tight tabular"
        >
          {money(totals.total)}
        </output>
      </div>
      <Button
        variant="primary"
        size="touch"
        block
        pending={sending}
        disabled={empty || till.pending !== null || !online}
        onClick={startPayment}
        shortcut={<Kbd>F9</Kbd>}
        className="mt-3"
      >
        {wantsApproval ? t("approveAndPay") : t("pay")}
      </Button>
      {!online && !empty && <p className="mt-2 text-center text-sm text-ink-soft">{t("offline")}</p>}
    </footer>
  );
}

function Amount({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-3 text-ink-soft">
      <dt>{label}</dt>
      <dd className="tabular">{value}</dd>
    </div>
  );
}
