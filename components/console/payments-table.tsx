import { useTranslations } from "next-intl";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, GatewayName, TestBadge } from "./payments-parts";

interface PaymentLine {
  id: string;
  organization: string;
  payer_email: string;
  gateway: string;
  status: string;
  amount: number;
  currency: string;
  refunded_amount: number;
  test_mode: boolean;
  reference: string | null;
  gateway_reference: string | null;
  created_at: Date;
}

interface PaymentsTableProps {
  path: string;
  view: TableView;
  rows: readonly PaymentLine[];
}

/** Payments of all shops, the newest first. */
export function PaymentsTable({ rows, view, path }: PaymentsTableProps) {
  const t = useTranslations("consolePayments");
  return (
    <ListTable
      caption={t("title")}
      columns={useColumns()}
      rows={rows}
      view={view}
      href={({ id }) => `${path}/${id}`}
      mark={(row) => <span className="block text-xs font-normal text-ink-faint">{row.payer_email}</span>}
    />
  );
}

/** How the list is looked at. */
export function PaymentsViewMenu() {
  return <ViewMenu columns={columnChoices(useColumns())} />;
}

function useColumns(): ListColumn<PaymentLine>[] {
  const t = useTranslations("consolePayments");
  return [
    { key: "organization", heading: t("organization"), value: (row) => row.organization },
    {
      key: "date",
      heading: t("date"),
      labelled: true,
      value: (row) => <Moment value={row.created_at} timeZone={CONSOLE_ZONE} />,
    },
    {
      key: "gateway",
      heading: t("gateway"),
      labelled: true,
      value: (row) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <GatewayName id={row.gateway} />
          {row.test_mode && <TestBadge />}
        </span>
      ),
    },
    {
      key: "reference",
      heading: t("reference"),
      hideBelow: "xl",
      value: (row) => (
        <span className="block max-w-44 truncate font-mono text-xs">
          {row.gateway_reference ?? row.reference ?? "—"}
        </span>
      ),
    },
    {
      key: "state",
      heading: t("state"),
      labelled: true,
      value: (row) => <StatusBadge status={row.status} />,
    },
    {
      key: "refunded",
      heading: t("refunded"),
      numeric: true,
      hideBelow: "xl",
      value: (row) =>
        row.refunded_amount > 0 ? <Amount minor={row.refunded_amount} currency={row.currency} /> : "—",
    },
    {
      key: "amount",
      heading: t("amount"),
      numeric: true,
      labelled: true,
      value: (row) => <Amount minor={row.amount} currency={row.currency} />,
    },
  ];
}
