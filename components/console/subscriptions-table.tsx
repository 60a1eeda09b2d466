import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName } from "./payments-parts";
import { PlanName, TestShopBadges } from "./subscriptions-parts";

interface SubscriptionsTableProps {
  path: string;
  rows: readonly {
    organization_id: string;
    organization: string;
    status: string;
    tier: string;
    version: number;
    billing_interval: "month" | "year";
    next_due_at: Date | null;
    collected_by: string | null;
    monthly_value: number;
    cancel_at_period_end: boolean;
    held_because: string | null;
    is_test: boolean;
    clock_at: Date | null;
  }[];
}

/** Subscriptions of all shops, one for each. */
export function SubscriptionsTable({ rows, path }: SubscriptionsTableProps) {
  const t = useTranslations("consoleSubscriptions");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <Header>{t("organization")}</Header>
        <Header>{t("state")}</Header>
        <Header>{t("plan")}</Header>
        <Header>{t("due")}</Header>
        <Header hideBelow="lg">{t("collectedBy")}</Header>
        <Header numeric>{t("value")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.organization_id}>
            <Cell lead>
              <span className="inline-flex flex-wrap items-center gap-1.5">
                <RowLink href={`${path}/${row.organization_id}`}>{row.organization}</RowLink>
                <TestShopBadges isTest={row.is_test} clockAt={row.clock_at} />
              </span>
            </Cell>
            <Cell label={t("state")}>
              <span className="inline-flex flex-wrap items-center gap-1.5">
                <StatusBadge status={row.status} />
                {row.cancel_at_period_end && row.status !== "cancelled" && (
                  <Badge tone="warning">{t("ending")}</Badge>
                )}
                {row.held_because && <Badge tone="info">{t("waits")}</Badge>}
              </span>
            </Cell>
            <Cell label={t("plan")}>
              <PlanName tier={row.tier} version={row.version} interval={row.billing_interval} />
            </Cell>
            <Cell label={t("due")}>
              {row.next_due_at ? <Moment value={row.next_due_at} timeZone={CONSOLE_ZONE} as="day" /> : "—"}
            </Cell>
            <Cell hideBelow="lg">
              {row.status === "cancelled"
                ? "—"
                : row.collected_by
                  ? gatewayName(row.collected_by)
                  : t("byLink")}
            </Cell>
            <Cell label={t("value")} numeric>
              <Money minor={row.monthly_value} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
