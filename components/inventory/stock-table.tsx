import { useTranslations } from "next-intl";
import { StockCount } from "@/components/catalog/stock-count";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import type { StockRow } from "@/lib/inventory";

export interface StockTableProps {
  rows: readonly StockRow[];
  view: TableView;
  /** All branches that the member works in; first the one that the list is sorted for. */
  branches: readonly { readonly id: string; readonly name: string }[];
}

/** Columns that fit; a shop with more branches sees its own and the sum. */
const MOST_BRANCHES = 4;

/** Units on the shelves, by branch. */
export function StockTable({ rows, view, branches }: StockTableProps) {
  const t = useTranslations("inventory");
  return (
    <ListTable
      caption={t("caption")}
      columns={useColumns(branches)}
      rows={rows}
      view={view}
      href={({ id }) => `/products/${id}/movements`}
    />
  );
}

/** How the list is looked at. */
export function StockViewMenu({ branches }: Pick<StockTableProps, "branches">) {
  return <ViewMenu columns={columnChoices(useColumns(branches))} />;
}

function useColumns(branches: StockTableProps["branches"]): ListColumn<StockRow>[] {
  const t = useTranslations("inventory.columns");
  const shown = branches.slice(0, branches.length > MOST_BRANCHES ? 1 : MOST_BRANCHES);
  const total: ListColumn<StockRow> = {
    key: "total",
    heading: t("total"),
    numeric: true,
    labelled: true,
    className: "font-medium",
    // Levels of archived branches are there too, and are no goods to sell.
    value: ({ levels }) => branches.reduce((sum, { id }) => sum + (levels[id] ?? 0), 0),
  };
  return [
    { key: "product", heading: t("product"), value: ({ name }) => name },
    {
      key: "sku",
      heading: t("sku"),
      hideBelow: "lg",
      className: "whitespace-nowrap text-ink-soft tabular",
      value: ({ sku }) => sku,
    },
    ...shown.map(
      ({ id, name }, index): ListColumn<StockRow> => ({
        key: id,
        heading: name,
        numeric: true,
        side: index === 0,
        labelled: index > 0,
        value: ({ levels, lowStockAt }) => (
          <StockCount
            units={levels[id] ?? null}
            lowAt={lowStockAt}
            {...(index > 0 && { className: "font-normal" })}
          />
        ),
      }),
    ),
    ...(branches.length > 1 ? [total] : []),
    {
      key: "low",
      heading: t("lowStockAt"),
      numeric: true,
      hideBelow: "lg",
      className: "text-ink-soft",
      value: ({ lowStockAt }) => lowStockAt,
    },
  ];
}
