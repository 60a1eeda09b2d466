import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";
import { StatCard, StatGrid } from "@/components/ui/stat-card";
import { formatMoney } from "@/lib/money";

interface SubscriptionsTotalsProps {
  totals: {
    subscriptions: number;
    trialing: number;
    paying: number;
    owing: number;
    monthly_value: number;
    test_monthly_value: number;
  };
}

/** What the subscriptions of a filter come to; what test shops are worth stands apart from the real. */
export function SubscriptionsTotals({ totals }: SubscriptionsTotalsProps) {
  const t = useTranslations("consoleSubscriptions.totals");
  const locale = useLocale();
  return (
    <section aria-label={t("title")}>
      <StatGrid className="sm:grid-cols-3 xl:grid-cols-5">
        <StatCard label={t("subscriptions")} value={totals.subscriptions} />
        <StatCard label={t("trialing")} value={totals.trialing} />
        <StatCard label={t("paying")} value={totals.paying} />
        <StatCard label={t("owing")} value={totals.owing} hint={t("owingHint")} />
        <StatCard
          className="max-xl:col-span-2"
          label={t("value")}
          value={<Money minor={totals.monthly_value} />}
          hint={
            totals.test_monthly_value > 0
              ? t("valueTestHint", { amount: formatMoney(totals.test_monthly_value, "CLP", locale) })
              : t("valueHint")
          }
        />
      </StatGrid>
    </section>
  );
}
