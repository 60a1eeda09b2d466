"use client";

import { useLocale, useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { X } from "@/components/ui/icons";
import { formatMoney } from "@/lib/money";
import type { Settlement, Tender, TenderMethod } from "@/lib/sales/totals";

interface SettlementSummaryProps {
  /** Put down already. */
  tenders: readonly Tender[];
  method: TenderMethod | null;
  /** With what is entered now. */
  after: Settlement;
  onTakeBack: (method: TenderMethod) => void;
}

/** What was put down, what the law rounds, what is missing or goes back. */
export function SettlementSummary({ tenders, method, after, onTakeBack }: SettlementSummaryProps) {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  const { cashDue, cashRounding, missing, change } = after;
  return (
    <div className="rounded-lg bg-sunken px-4 py-3 text-sm" aria-live="polite">
      {tenders.length > 0 && (
        <ul className="mb-2 border-b border-line pb-2">
          {tenders.map((tender) => (
            <li key={tender.method} className="flex items-center justify-between gap-2">
              <span>{t(`methods.${tender.method}`)}</span>
              <span className="flex items-center tabular">
                {money(tender.amount)}
                <IconButton
                  label={t("takeBack", { method: t(`methods.${tender.method}`) })}
                  size="sm"
                  icon={<X aria-hidden className="size-4" />}
                  onClick={() => onTakeBack(tender.method)}
                  className="-mr-2 size-11"
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      {cashRounding !== 0 && (method === "cash" || after.settled) && (
        <p className="flex justify-between gap-3 text-ink-soft">
          <span>{t("rounding")}</span>
          <span className="tabular">
            {`${cashRounding > 0 ? "+" : "-"}${money(Math.abs(cashRounding))} = ${money(cashDue + cashRounding)}`}
          </span>
        </p>
      )}
      {missing > 0 ? (
        <Outcome label={t("missing")} value={money(missing)} />
      ) : (
        <Outcome label={t("change")} value={money(change)} good={change > 0} />
      )}
    </div>
  );
}

function Outcome({ label, value, good = false }: { label: string; value: string; good?: boolean }) {
  return (
    <p className="flex items-baseline justify-between gap-3">
      <span className="font-medium">{label}</span>
      <span className={`text-2xl font-semibold tabular ${good ? "text-success-text" : ""}`}>{value}</span>
    </p>
  );
}
