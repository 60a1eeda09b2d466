import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import { formatMoney } from "@/lib/money";
import type { Order } from "@/lib/sales";

interface OrderEvent {
  readonly key: "approved" | "sold" | "voided";
  readonly at: Date;
  readonly who: string;
  readonly detail: string;
}

/** Who did what to a sale, and when. */
export function OrderActivity({ order }: { order: Order }) {
  const t = useTranslations("orders.detail");
  return (
    <Card title={t("activity")}>
      <ol className="space-y-3 text-sm">
        {useEvents(order).map(({ key, at, who, detail }) => (
          <li key={key} className="flex flex-wrap items-baseline gap-x-3">
            <Moment value={at} timeZone={order.timeZone} className="text-ink-soft tabular" />
            <span>
              <span className="font-medium">{t(`events.${key}`)}</span>
              {` · ${who}`}
              {detail && <span className="block text-ink-soft">{detail}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function useEvents(order: Order): OrderEvent[] {
  const t = useTranslations("orders.detail");
  const locale = useLocale();
  const { soldAt, soldByName, voidedAt, voidedByName, voidReason, prints } = order;
  const { approvedAt, approvedByName, approvedDiscount, approvedDiscountBp } = order;
  const percent = (approvedDiscountBp ?? 0) / 100;
  const approved =
    approvedDiscount === null
      ? t("approvedShare", { percent })
      : t("approved", { percent, amount: formatMoney(approvedDiscount, "CLP", locale) });
  return [
    ...(approvedAt
      ? [{ key: "approved" as const, at: approvedAt, who: approvedByName ?? "", detail: approved }]
      : []),
    { key: "sold", at: soldAt, who: soldByName, detail: t("prints", { count: prints }) },
    ...(voidedAt
      ? [{ key: "voided" as const, at: voidedAt, who: voidedByName ?? "", detail: voidReason ?? "" }]
      : []),
  ];
}
