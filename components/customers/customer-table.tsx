import { useTranslations } from "next-intl";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, SortHeader, Table, TableBody, TableHead } from "@/components/ui/table";
import type { TableView } from "@/components/ui/table-view";
import type { CustomerRow } from "@/lib/customers";

/** A customer with number and telephone written for people. */
export type ListedCustomer = Omit<CustomerRow, "rut" | "phone"> & {
  readonly document: string | null;
  readonly phone: string | null;
};

/** The customers of one page of the list. */
export function CustomerTable({
  rows,
  view,
  timeZone,
}: {
  rows: readonly ListedCustomer[];
  view: TableView;
  timeZone: string;
}) {
  const t = useTranslations("customers");
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <SortHeader view={view} column="name">
          {t("columns.name")}
        </SortHeader>
        <Header>{t("columns.rut")}</Header>
        <Header>{t("columns.phone")}</Header>
        <Header className="max-xl:hidden">{t("columns.email")}</Header>
        <Header hideBelow="lg">{t("columns.comuna")}</Header>
        <SortHeader view={view} column="created" hideBelow="lg">
          {t("columns.created")}
        </SortHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead className="min-w-44">
              <RowLink href={`/customers/${row.id}`}>{row.name}</RowLink>
              {row.archivedAt && <StatusBadge status="archived" className="ml-2" />}
            </Cell>
            <Cell label={t("columns.rut")} className="whitespace-nowrap tabular">
              {row.document}
            </Cell>
            <Cell label={t("columns.phone")} className="whitespace-nowrap tabular">
              {row.phone}
            </Cell>
            <Cell className="max-w-64 truncate max-xl:hidden">{row.email}</Cell>
            <Cell hideBelow="lg">{row.comuna}</Cell>
            <Cell hideBelow="lg" className="whitespace-nowrap tabular">
              <Moment value={row.createdAt} timeZone={timeZone} as="day" />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
