import { useLocale, useTranslations } from "next-intl";
import { BarChart } from "@/components/ui/bar-chart";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ShoppingBag } from "@/components/ui/icons";
import type { Day } from "@/lib/analytics";
import { formatMoney } from "@/lib/money";

export interface HoursCardProps {
  hours: Day["hours"];
  /** May sell: the empty day leads to the till. */
  maySell: boolean;
}

/** Hours that a shop is open as a rule; sales outside widen the drawing. */
const OPENS = 10;
const CLOSES = 19;

/** Sales of the day by hour. */
export function HoursCard({ hours, maySell }: HoursCardProps) {
  const t = useTranslations("home.hours");
  const locale = useLocale();
  if (hours.length === 0) {
    return (
      <Card title={t("title")}>
        <EmptyState
          icon={<ShoppingBag aria-hidden />}
          title={t("emptyTitle")}
          description={t("emptyDescription")}
          className="py-8"
          actions={
            maySell && (
              <ButtonLink href="/pos" variant="primary">
                {t("sell")}
              </ButtonLink>
            )
          }
        />
      </Card>
    );
  }
  const first = Math.min(OPENS, ...hours.map(({ hour }) => hour));
  const last = Math.max(CLOSES, ...hours.map(({ hour }) => hour));
  const words = (total: number, tickets: number) =>
    t("bar", { amount: formatMoney(total, "CLP", locale), tickets });
  const quiet = words(0, 0);
  const bars = Array.from({ length: last - first + 1 }, (_, index) => {
    const hour = first + index;
    const sold = hours.find((known) => known.hour === hour);
    return {
      label: String(hour).padStart(2, "0"),
      value: sold?.total ?? 0,
      text: sold ? words(sold.total, sold.tickets) : quiet,
    };
  });
  return (
    <Card title={t("title")}>
      <BarChart caption={t("caption")} bars={bars} />
    </Card>
  );
}
