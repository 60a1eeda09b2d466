import { useLocale, useTranslations } from "next-intl";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import { formatMoney } from "@/lib/money";
import type { OrderRow } from "@/lib/sales";
import { formatInstant } from "@/lib/time";

export interface OrderTableProps {
  rows: readonly OrderRow[];
  view: TableView;
  severalBranches: boolean;
}

/** The sales of one page of the list. */
export function OrderTable({ rows, view, severalBranches }: OrderTableProps) {
  const t = useTranslations("orders");
  return (
    <ListTable
      caption={t("caption")}
      columns={useColumns(severalBranches)}
      rows={rows}
      view={view}
      href={({ id }) => `/orders/${id}`}
    />
  );
}

/** How the list is looked at. */
export function OrderViewMenu({ severalBranches }: Pick<OrderTableProps, "severalBranches">) {
  return <ViewMenu columns={columnChoices(useColumns(severalBranches))} />;
}

function useColumns(severalBranches: boolean): ListColumn<OrderRow>[] {
  const t = useTranslations("orders");
  const locale = useLocale();
  const branch: ListColumn<OrderRow> = {
    key: "branch",
    heading: t("columns.branch"),
    hideBelow: "xl",
    value: ({ branchName }) => branchName,
  };
  return [
    {
      key: "number",
      heading: t("columns.number"),
      className: "tabular",
      value: ({ receiptNumber }) => receiptNumber,
    },
    {
      key: "date",
      heading: t("columns.date"),
      className: "whitespace-nowrap tabular",
      value: ({ soldAt, timeZone }) => ({
        at: soldAt.toISOString(),
        text: formatInstant(soldAt, timeZone, locale),
      }),
    },
    ...(severalBranches ? [branch] : []),
    {
      key: "customer",
      heading: t("columns.customer"),
      className: "max-w-44 truncate lg:max-w-56",
      value: ({ customerName }) => customerName ?? <span className="text-ink-faint">{t("noCustomer")}</span>,
    },
    {
      key: "seller",
      heading: t("columns.seller"),
      hideBelow: "lg",
      className: "max-w-44 truncate",
      value: ({ soldByName }) => soldByName,
    },
    {
      key: "items",
      heading: t("columns.items"),
      numeric: true,
      hideBelow: "lg",
      value: ({ itemCount }) => itemCount,
    },
    { key: "status", heading: t("columns.status"), value: ({ status }) => <StatusBadge status={status} /> },
    {
      key: "total",
      heading: t("columns.total"),
      labelled: true,
      numeric: true,
      className: "font-medium",
      value: (row) => <Total row={row} locale={locale} />,
    },
  ];
}

/** What was taken; struck out when the sale was voided. */
function Total({ row, locale }: { row: OrderRow; locale: string }) {
  const amount = formatMoney(row.total, "CLP", locale);
  return row.status === "voided" ? <s className="text-ink-faint">{amount}</s> : amount;
}
