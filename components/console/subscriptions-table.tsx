import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName } from "./payments-parts";
import { PlanName, TestShopBadges } from "./subscriptions-parts";

interface SubscriptionLine {
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
}

interface SubscriptionsTableProps {
  path: string;
  view: TableView;
  rows: readonly SubscriptionLine[];
}

/** Subscriptions of all shops, one for each. */
export function SubscriptionsTable({ rows, view, path }: SubscriptionsTableProps) {
  const t = useTranslations("consoleSubscriptions");
  return (
    <ListTable
      caption={t("title")}
      columns={useColumns()}
      rows={rows}
      view={view}
      href={(row) => `${path}/${row.organization_id}`}
      mark={(row) => (
        <span className="ml-1.5 inline-flex flex-wrap items-center gap-1.5 align-middle empty:hidden">
          <TestShopBadges isTest={row.is_test} clockAt={row.clock_at} />
        </span>
      )}
    />
  );
}

/** How the list is looked at. */
export function SubscriptionsViewMenu() {
  return <ViewMenu columns={columnChoices(useColumns())} />;
}

function useColumns(): ListColumn<SubscriptionLine>[] {
  const t = useTranslations("consoleSubscriptions");
  return [
    { key: "organization", heading: t("organization"), value: (row) => row.organization },
    {
      key: "state",
      heading: t("state"),
      labelled: true,
      value: (row) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <StatusBadge status={row.status} />
          {row.cancel_at_period_end && row.status !== "cancelled" && (
            <Badge tone="warning">{t("ending")}</Badge>
          )}
          {row.held_because && <Badge tone="info">{t("waits")}</Badge>}
        </span>
      ),
    },
    {
      key: "plan",
      heading: t("plan"),
      labelled: true,
      value: (row) => <PlanName tier={row.tier} version={row.version} interval={row.billing_interval} />,
    },
    {
      key: "due",
      heading: t("due"),
      labelled: true,
      value: (row) =>
        row.next_due_at ? <Moment value={row.next_due_at} timeZone={CONSOLE_ZONE} as="day" /> : "—",
    },
    { key: "collectedBy", heading: t("collectedBy"), hideBelow: "lg", value: collectedBy },
    {
      key: "value",
      heading: t("value"),
      numeric: true,
      labelled: true,
      value: (row) => <Money minor={row.monthly_value} />,
    },
  ];

  function collectedBy(row: SubscriptionLine): string {
    if (row.status === "cancelled") return "—";
    return row.collected_by ? gatewayName(row.collected_by) : t("byLink");
  }
}
