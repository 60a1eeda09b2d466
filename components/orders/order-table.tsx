import { useLocale, useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import { Header, Table, TableHead } from "@/components/ui/table";
import { type Column, TableRows } from "@/components/ui/table-rows";
import { formatMoney } from "@/lib/money";
import type { OrderRow } from "@/lib/sales";
import { formatInstant } from "@/lib/time";

/** The sales of one page of the list. */
export function OrderTable({
  rows,
  severalBranches,
}: {
  rows: readonly OrderRow[];
  severalBranches: boolean;
}) {
  const t = useTranslations("orders");
  const locale = useLocale();
  const columns: Column[] = [
    { className: "tabular" },
    { className: "whitespace-nowrap tabular" },
    ...(severalBranches ? [{ hideBelow: "lg" as const }] : []),
    { className: "max-w-56 truncate" },
    { hideBelow: "md", className: "max-w-44 truncate" },
    { numeric: true, hideBelow: "lg" },
    {},
    { numeric: true, label: t("columns.total"), className: "font-medium" },
  ];
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <Header>{t("columns.number")}</Header>
        <Header>{t("columns.date")}</Header>
        {severalBranches && <Header hideBelow="lg">{t("columns.branch")}</Header>}
        <Header>{t("columns.customer")}</Header>
        <Header hideBelow="md">{t("columns.seller")}</Header>
        <Header numeric hideBelow="lg">
          {t("columns.items")}
        </Header>
        <Header>{t("columns.status")}</Header>
        <Header numeric>{t("columns.total")}</Header>
      </TableHead>
      <TableRows
        columns={columns}
        rows={rows.map((row) => ({
          id: row.id,
          href: `/orders/${row.id}`,
          values: [
            row.receiptNumber,
            { at: row.soldAt.toISOString(), text: formatInstant(row.soldAt, row.timeZone, locale) },
            ...(severalBranches ? [row.branchName] : []),
            row.customerName ?? <span className="text-ink-faint">{t("noCustomer")}</span>,
            row.soldByName,
            row.itemCount,
            <StatusBadge key="status" status={row.status} />,
            <Total key="total" row={row} locale={locale} />,
          ],
        }))}
      />
    </Table>
  );
}

/** What was taken; struck out when the sale was voided. */
function Total({ row, locale }: { row: OrderRow; locale: string }) {
  const amount = formatMoney(row.total, "CLP", locale);
  return row.status === "voided" ? <s className="text-ink-faint">{amount}</s> : amount;
}
