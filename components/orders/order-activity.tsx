import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import type { Order } from "@/lib/sales";

/** Who did what to a sale, and when. */
export function OrderActivity({ order }: { order: Order }) {
  const t = useTranslations("orders.detail");
  const { soldAt, soldByName, voidedAt, voidedByName, voidReason, timeZone, prints } = order;
  const events = [
    { key: "sold", at: soldAt, who: soldByName, detail: t("prints", { count: prints }) },
    ...(voidedAt ? [{ key: "voided", at: voidedAt, who: voidedByName ?? "", detail: voidReason ?? "" }] : []),
  ] as const;
  return (
    <Card title={t("activity")}>
      <ol className="space-y-3 text-sm">
        {events.map(({ key, at, who, detail }) => (
          <li key={key} className="flex flex-wrap items-baseline gap-x-3">
            <Moment value={at} timeZone={timeZone} className="text-ink-soft tabular" />
            <span>
              <span className="font-medium">{t(key === "sold" ? "events.sold" : "events.voided")}</span>
              {` · ${who}`}
              {detail && <span className="block text-ink-soft">{detail}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
