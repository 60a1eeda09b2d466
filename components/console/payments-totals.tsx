import { useLocale, useTranslations } from "next-intl";
import { StatCard, StatGrid } from "@/components/ui/stat-card";
import { formatMoney, isCurrency } from "@/lib/money";
import { Amount, TestBadge } from "./payments-parts";

interface PaymentsTotalsProps {
  totals: readonly {
    currency: string;
    test_mode: boolean;
    payments: number;
    paid_payments: number;
    paid_amount: number;
    refunded_amount: number;
  }[];
}

/** What the payments of a filter come to: each currency for itself, test money never among the real. */
export function PaymentsTotals({ totals }: PaymentsTotalsProps) {
  const t = useTranslations("consolePayments.totals");
  const locale = useLocale();
  if (totals.length === 0) return null;
  const written = (minor: number, currency: string) =>
    isCurrency(currency) ? formatMoney(minor, currency, locale) : `${minor} ${currency}`;
  return (
    <section aria-label={t("title")}>
      <StatGrid>
        {totals.map((total) => (
          <StatCard
            key={`${total.currency} ${total.test_mode}`}
            label={t(total.test_mode ? "netTest" : "net", { currency: total.currency })}
            value={<Amount minor={total.paid_amount - total.refunded_amount} currency={total.currency} />}
            hint={t("hint", {
              paid: total.paid_payments,
              all: total.payments,
              refunded: written(total.refunded_amount, total.currency),
            })}
            icon={total.test_mode && <TestBadge />}
          />
        ))}
      </StatGrid>
    </section>
  );
}
