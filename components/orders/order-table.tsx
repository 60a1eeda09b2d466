import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { formatMoney } from "@/lib/money";
import type { OrderRow } from "@/lib/sales";

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
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead className="tabular">
              <RowLink href={`/orders/${row.id}`}>{row.receiptNumber}</RowLink>
            </Cell>
            <Cell className="whitespace-nowrap tabular">
              <Moment value={row.soldAt} timeZone={row.timeZone} />
            </Cell>
            {severalBranches && <Cell hideBelow="lg">{row.branchName}</Cell>}
            <Cell className="max-w-56 truncate">
              {row.customerName ?? <span className="text-ink-faint">{t("noCustomer")}</span>}
            </Cell>
            <Cell hideBelow="md" className="max-w-44 truncate">
              {row.soldByName}
            </Cell>
            <Cell numeric hideBelow="lg">
              {row.itemCount}
            </Cell>
            <Cell>
              <StatusBadge status={row.status} />
            </Cell>
            <Cell
              numeric
              label={t("columns.total")}
              className={cn("font-medium", row.status === "voided" && "text-ink-faint line-through")}
            >
              {formatMoney(row.total, "CLP", locale)}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
