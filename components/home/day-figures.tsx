import { useFormatter, useLocale, useTranslations } from "next-intl";
import { StatCard, StatGrid } from "@/components/ui/stat-card";
import type { Day, Takings } from "@/lib/analytics";
import { formatMoney } from "@/lib/money";

export interface DayFiguresProps {
  day: Day;
  /** Name of today's weekday, with which it is compared. */
  weekday: string;
  currency: "CLP";
}

/** Half a per cent is no change. */
const LEAST_CHANGE = 0.005;

/** The four figures of a day so far, beside those of the same weekday last week at this time. */
export function DayFigures({ day: { today, before }, weekday, currency }: DayFiguresProps) {
  const t = useTranslations("home.figures");
  const locale = useLocale();
  const money = (pesos: number) => formatMoney(pesos, currency, locale);
  const compared = useComparison(weekday);
  return (
    <StatGrid>
      <StatCard label={t("total")} value={money(today.total)} {...compared(today.total, before.total)} />
      <StatCard label={t("tickets")} value={today.tickets} {...compared(today.tickets, before.tickets)} />
      <StatCard
        label={t("average")}
        value={money(averageOf(today))}
        {...compared(averageOf(today), averageOf(before))}
      />
      <StatCard label={t("units")} value={today.units} {...compared(today.units, before.units)} />
    </StatGrid>
  );
}

function useComparison(weekday: string) {
  const t = useTranslations("home.figures");
  const format = useFormatter();
  const hint = (text: string) => <span data-tip={t("until", { weekday })}>{text}</span>;
  return (now: number, before: number) => {
    if (before === 0) return { hint: hint(t("none", { weekday })) };
    const change = (now - before) / before;
    if (Math.abs(change) < LEAST_CHANGE) return { hint: hint(t("same", { weekday })) };
    return {
      change: `${change > 0 ? "+" : "−"}${format.number(Math.abs(change), { style: "percent", maximumFractionDigits: 0 })}`,
      trend: change > 0 ? ("up" as const) : ("down" as const),
      hint: hint(t("than", { weekday })),
    };
  };
}

/** Whole pesos a sale. */
function averageOf({ total, tickets }: Takings): number {
  return tickets === 0 ? 0 : Math.round(total / tickets);
}
