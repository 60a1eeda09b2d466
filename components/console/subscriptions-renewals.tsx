import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SubscriptionDetail } from "@/lib/console";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, GatewayName } from "./payments-parts";

/** What a gateway collects by itself, or did. */
export function SubscriptionsRenewals({ renewals }: Pick<SubscriptionDetail, "renewals">) {
  const t = useTranslations("consoleSubscriptions");
  const moment = (value: string | null) => (value ? <Moment value={value} timeZone={CONSOLE_ZONE} /> : "—");
  return (
    <Card title={t("renewals.title")} flush>
      {renewals.length === 0 ? (
        <EmptyState
          icon={<RefreshCw />}
          title={t("renewals.emptyTitle")}
          description={t("renewals.emptyDescription")}
        />
      ) : (
        <Table caption={t("renewals.title")}>
          <TableHead>
            <Header>{t("renewals.gateway")}</Header>
            <Header>{t("renewals.state")}</Header>
            <Header hideBelow="md">{t("renewals.method")}</Header>
            <Header>{t("renewals.next")}</Header>
            <Header hideBelow="lg">{t("renewals.asked")}</Header>
            <Header numeric>{t("renewals.amount")}</Header>
          </TableHead>
          <TableBody>
            {renewals.map((renewal) => (
              <Row key={renewal.id}>
                <Cell lead>
                  <GatewayName id={renewal.gateway} />
                </Cell>
                <Cell label={t("renewals.state")}>
                  <span className="inline-flex flex-wrap items-center gap-1.5">
                    <StatusBadge status={renewal.status} />
                    {renewal.cancel_requested_at && renewal.status !== "cancelled" && (
                      <Badge tone="warning">{t("renewals.stopping")}</Badge>
                    )}
                  </span>
                </Cell>
                <Cell hideBelow="md">{renewal.method_label ?? "—"}</Cell>
                <Cell label={t("renewals.next")}>{moment(renewal.next_charge_at)}</Cell>
                <Cell hideBelow="lg">{moment(renewal.checked_at)}</Cell>
                <Cell label={t("renewals.amount")} numeric>
                  <Amount minor={renewal.amount} currency={renewal.currency} /> ·{" "}
                  {t(`intervals.${renewal.billing_interval}`)}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
