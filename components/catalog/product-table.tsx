import { useLocale, useTranslations } from "next-intl";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import type { BulkActs } from "@/components/ui/selection";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import type { ProductRow } from "@/lib/catalog";
import { formatMoney } from "@/lib/money";
import { StockCount } from "./stock-count";

/** Stock is shown to who may see it; the sum over branches where there are several. */
export type StockShown = "none" | "branch" | "branches";

export interface ProductTableProps {
  /** What may be done with several at once, by whom it may. */
  bulk?: BulkActs | undefined;
  rows: readonly ProductRow[];
  view: TableView;
  stock: StockShown;
}

/** The products of one page of the list. */
export function ProductTable({ rows, view, stock, bulk }: ProductTableProps) {
  const t = useTranslations("products");
  return (
    <ListTable
      caption={t("caption")}
      columns={useColumns(stock)}
      rows={rows}
      bulk={bulk}
      id={({ id }) => id}
      view={view}
      href={({ id }) => `/products/${id}`}
      mark={({ archivedAt }) => archivedAt && <StatusBadge status="archived" className="ml-2" />}
    />
  );
}

/** How the list is looked at. */
export function ProductViewMenu({ stock }: Pick<ProductTableProps, "stock">) {
  return <ViewMenu columns={columnChoices(useColumns(stock))} />;
}

function useColumns(stock: StockShown): ListColumn<ProductRow>[] {
  const t = useTranslations("products");
  const locale = useLocale();
  const here: ListColumn<ProductRow> = {
    key: "stock",
    heading: t("columns.stock"),
    sorts: true,
    numeric: true,
    labelled: true,
    value: (row) => <StockCount units={row.stock} lowAt={row.lowStockAt} />,
  };
  const everywhere: ListColumn<ProductRow> = {
    key: "everywhere",
    heading: t("columns.everywhere"),
    numeric: true,
    hideBelow: "md",
    className: "text-ink-soft",
    value: ({ stockEverywhere }) => stockEverywhere,
  };
  return [
    { key: "name", heading: t("columns.name"), sorts: true, value: ({ name }) => name },
    {
      key: "sku",
      heading: t("columns.sku"),
      sorts: true,
      className: "whitespace-nowrap text-ink-soft tabular",
      value: ({ sku }) => sku,
    },
    {
      key: "category",
      heading: t("columns.category"),
      hideBelow: "lg",
      className: "text-ink-soft",
      value: ({ category }) => t(`category.${category}`),
    },
    ...(stock === "none" ? [] : [here]),
    ...(stock === "branches" ? [everywhere] : []),
    {
      key: "price",
      heading: t("columns.price"),
      sorts: true,
      numeric: true,
      side: true,
      className: "whitespace-nowrap",
      value: ({ price }) => formatMoney(price, "CLP", locale),
    },
  ];
}
