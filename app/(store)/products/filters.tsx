import type { ReactNode } from "react";
import { ProductViewMenu, type StockShown } from "@/components/catalog/product-table";
import { FilterSelect } from "@/components/ui/filter-select";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, TableToolbar } from "@/components/ui/table-tools";
import type { TableView } from "@/components/ui/table-view";
import { categories, type ProductQuery } from "@/lib/catalog";
import { getTranslations } from "@/lib/i18n";

/** What narrows the list of products, and what does now. */
export async function Filters({
  view,
  query,
  stock,
  views,
}: {
  view: TableView;
  query: ProductQuery;
  stock: StockShown;
  /** The menu of saved views. */
  views: ReactNode;
}) {
  const t = await getTranslations("products");
  const chips = [
    ...view.chip("q", t("filters.search"), query.search),
    ...view.chip("category", t("filters.category"), query.category && t(`category.${query.category}`)),
    ...view.chip("stock", t("filters.stock"), query.stock !== "any" && t("filters.low")),
    ...view.chip("state", t("filters.state"), query.state !== "active" && t(`filters.${query.state}`)),
  ];
  return (
    <>
      <TableToolbar
        actions={
          <>
            {views}
            <ProductViewMenu stock={stock} />
          </>
        }
      >
        <SearchInput label={t("search")} placeholder={t("searchPlaceholder")} />
        <FilterSelect
          name="category"
          label={t("filters.category")}
          anyLabel={t("filters.allCategories")}
          options={categories.map((value) => ({ value, label: t(`category.${value}`) }))}
        />
        {stock !== "none" && (
          <FilterSelect
            name="stock"
            label={t("filters.stock")}
            anyLabel={t("filters.anyStock")}
            options={[{ value: "low", label: t("filters.low") }]}
          />
        )}
        <FilterSelect
          name="state"
          label={t("filters.state")}
          anyLabel={t("filters.active")}
          options={(["archived", "all"] as const).map((value) => ({ value, label: t(`filters.${value}`) }))}
        />
      </TableToolbar>
      <FilterChips chips={chips} clearHref={view.bare} />
    </>
  );
}
