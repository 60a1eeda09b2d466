import { useLocale, useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import { Header, SortHeader, Table, TableHead } from "@/components/ui/table";
import { type Column, TableRows } from "@/components/ui/table-rows";
import type { TableView } from "@/components/ui/table-view";
import type { CustomerRow } from "@/lib/customers";
import { businessDate, formatDay, formatInstant } from "@/lib/time";

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
  const locale = useLocale();
  const columns: Column[] = [
    { className: "min-w-44" },
    { label: t("columns.rut"), className: "whitespace-nowrap tabular" },
    { label: t("columns.phone"), className: "whitespace-nowrap tabular" },
    { className: "max-w-64 truncate max-xl:hidden" },
    { hideBelow: "lg" },
    { hideBelow: "lg", className: "whitespace-nowrap tabular" },
  ];
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
      <TableRows
        columns={columns}
        rows={rows.map(({ id, name, document, phone, email, comuna, createdAt, archivedAt }) => ({
          id,
          href: `/customers/${id}`,
          values: [name, document, phone, email, comuna, dayOf(createdAt, timeZone, locale)],
          mark: archivedAt && <StatusBadge status="archived" className="ml-2" />,
        }))}
      />
    </Table>
  );
}

function dayOf(instant: Date, timeZone: string, locale: string) {
  return {
    at: instant.toISOString(),
    text: formatDay(businessDate(instant, timeZone), locale),
    tip: formatInstant(instant, timeZone, locale),
  };
}
