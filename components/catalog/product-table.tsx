import { useLocale, useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import { Header, SortHeader, Table, TableHead } from "@/components/ui/table";
import { type Column, TableRows } from "@/components/ui/table-rows";
import type { TableView } from "@/components/ui/table-view";
import type { ProductRow } from "@/lib/catalog";
import { formatMoney } from "@/lib/money";
import { StockCount } from "./stock-count";

export interface ProductTableProps {
  rows: readonly ProductRow[];
  view: TableView;
  /** Stock is shown to who may see it; the sum over branches where there are several. */
  stock: "none" | "branch" | "branches";
}

/** The products of one page of the list. */
export function ProductTable({ rows, view, stock }: ProductTableProps) {
  const t = useTranslations("products");
  const locale = useLocale();
  const columns: Column[] = [
    {},
    { className: "whitespace-nowrap text-ink-soft tabular" },
    { hideBelow: "lg", className: "text-ink-soft" },
    ...(stock === "none" ? [] : [{ numeric: true, label: t("columns.stock") }]),
    ...(stock === "branches"
      ? [{ numeric: true, hideBelow: "md" as const, className: "text-ink-soft" }]
      : []),
    { numeric: true, side: true, className: "whitespace-nowrap" },
  ];
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <SortHeader view={view} column="name">
          {t("columns.name")}
        </SortHeader>
        <SortHeader view={view} column="sku">
          {t("columns.sku")}
        </SortHeader>
        <Header hideBelow="lg">{t("columns.category")}</Header>
        {stock !== "none" && (
          <SortHeader view={view} column="stock" numeric>
            {t("columns.stock")}
          </SortHeader>
        )}
        {stock === "branches" && (
          <Header numeric hideBelow="md">
            {t("columns.everywhere")}
          </Header>
        )}
        <SortHeader view={view} column="price" numeric>
          {t("columns.price")}
        </SortHeader>
      </TableHead>
      <TableRows
        columns={columns}
        rows={rows.map((row) => ({
          id: row.id,
          href: `/products/${row.id}`,
          values: [
            row.name,
            row.sku,
            t(`category.${row.category}`),
            ...(stock === "none"
              ? []
              : [<StockCount key="stock" units={row.stock} lowAt={row.lowStockAt} />]),
            ...(stock === "branches" ? [row.stockEverywhere] : []),
            formatMoney(row.price, "CLP", locale),
          ],
          mark: row.archivedAt && <StatusBadge status="archived" className="ml-2" />,
        }))}
      />
    </Table>
  );
}
