import { useTranslations } from "next-intl";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Purchase } from "@/lib/customers";

/** What a customer bought, the newest first. */
export function PurchaseTable({ rows }: { rows: readonly Purchase[] }) {
  const t = useTranslations("customers.purchases");
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <Header>{t("receipt")}</Header>
        <Header>{t("date")}</Header>
        <Header>{t("branch")}</Header>
        <Header hideBelow="lg">{t("seller")}</Header>
        <Header numeric hideBelow="lg">
          {t("items")}
        </Header>
        <Header numeric>{t("total")}</Header>
        <Header>{t("state")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead className="tabular">
              <RowLink href={`/orders/${row.id}`}>{row.receiptNumber}</RowLink>
            </Cell>
            <Cell label={t("date")} className="whitespace-nowrap tabular">
              <Moment value={row.createdAt} timeZone={row.timeZone} />
            </Cell>
            <Cell label={t("branch")}>{row.branchName}</Cell>
            <Cell hideBelow="lg">{row.soldBy}</Cell>
            <Cell numeric hideBelow="lg">
              {row.itemCount}
            </Cell>
            <Cell numeric label={t("total")}>
              <Money minor={row.total} />
            </Cell>
            <Cell>
              <StatusBadge status={row.status} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
