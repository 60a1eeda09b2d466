import { useLocale, useTranslations } from "next-intl";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import type { BulkActs } from "@/components/ui/selection";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import type { CustomerRow } from "@/lib/customers";
import { businessDate, formatDay, formatInstant } from "@/lib/time";

/** A customer with number and telephone written for people. */
export type ListedCustomer = Omit<CustomerRow, "rut" | "phone"> & {
  readonly document: string | null;
  readonly phone: string | null;
};

export interface CustomerTableProps {
  /** What may be done with several at once, by whom it may. */
  bulk?: BulkActs | undefined;
  rows: readonly ListedCustomer[];
  view: TableView;
  timeZone: string;
}

/** The customers of one page of the list. */
export function CustomerTable({ rows, view, timeZone, bulk }: CustomerTableProps) {
  const t = useTranslations("customers");
  return (
    <ListTable
      caption={t("caption")}
      columns={useColumns(timeZone)}
      rows={rows}
      bulk={bulk}
      id={({ id }) => id}
      view={view}
      href={({ id }) => `/customers/${id}`}
      mark={({ archivedAt }) => archivedAt && <StatusBadge status="archived" className="ml-2" />}
    />
  );
}

/** How the list is looked at. */
export function CustomerViewMenu({ timeZone }: Pick<CustomerTableProps, "timeZone">) {
  return <ViewMenu columns={columnChoices(useColumns(timeZone))} />;
}

function useColumns(timeZone: string): ListColumn<ListedCustomer>[] {
  const t = useTranslations("customers.columns");
  const locale = useLocale();
  const figures = "whitespace-nowrap tabular";
  return [
    { key: "name", heading: t("name"), sorts: true, className: "min-w-44", value: ({ name }) => name },
    { key: "rut", heading: t("rut"), labelled: true, className: figures, value: (row) => row.document },
    { key: "phone", heading: t("phone"), labelled: true, className: figures, value: ({ phone }) => phone },
    {
      key: "email",
      heading: t("email"),
      hideBelow: "xl",
      className: "max-w-64 truncate",
      value: ({ email }) => email,
    },
    { key: "comuna", heading: t("comuna"), hideBelow: "lg", value: ({ comuna }) => comuna },
    {
      key: "created",
      heading: t("created"),
      sorts: true,
      hideBelow: "lg",
      className: figures,
      value: ({ createdAt }) => ({
        at: createdAt.toISOString(),
        text: formatDay(businessDate(createdAt, timeZone), locale),
        tip: formatInstant(createdAt, timeZone, locale),
      }),
    },
  ];
}
