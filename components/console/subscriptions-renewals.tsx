import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SubscriptionDetail } from "@/lib/console";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, GatewayName } from "./payments-parts";

/** What a gateway collects by itself, or did. */
export function SubscriptionsRenewals({ renewals }: Pick<SubscriptionDetail, "renewals">) {
  const t = useTranslations("consoleSubscriptions.renewals");
  return (
    <Card title={t("title")}>
      {renewals.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {renewals.map((renewal) => (
            <li key={renewal.id} className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
              <Renewal renewal={renewal} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Renewal({ renewal }: { renewal: SubscriptionDetail["renewals"][number] }) {
  const t = useTranslations("consoleSubscriptions.renewals");
  const intervals = useTranslations("consoleSubscriptions.intervals");
  const { next_charge_at: next, checked_at: asked, method_label: method } = renewal;
  const shown = (instant: string) => <Moment value={instant} timeZone={CONSOLE_ZONE} />;
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          <GatewayName id={renewal.gateway} />
        </span>
        <StatusBadge status={renewal.status} />
        {renewal.cancel_requested_at && renewal.status !== "cancelled" && (
          <Badge tone="warning">{t("stopping")}</Badge>
        )}
        <span className="ml-auto">
          <Amount minor={renewal.amount} currency={renewal.currency} /> ·{" "}
          {intervals(renewal.billing_interval)}
        </span>
      </span>
      {method && <span className="text-sm text-ink-soft">{t("method", { method })}</span>}
      {next && <span className="text-sm text-ink-soft">{t.rich("next", { day: () => shown(next) })}</span>}
      {asked && <span className="text-sm text-ink-soft">{t.rich("asked", { day: () => shown(asked) })}</span>}
    </>
  );
}
