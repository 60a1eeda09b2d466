import type { ReactNode } from "react";
import { StockViewMenu } from "@/components/inventory/stock-table";
import { FilterSelect } from "@/components/ui/filter-select";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, TableToolbar } from "@/components/ui/table-tools";
import type { TableView } from "@/components/ui/table-view";
import { categories } from "@/lib/catalog";
import { getTranslations } from "@/lib/i18n";
import type { StockQuery } from "@/lib/inventory";
import type { Member } from "@/lib/security/member";

/** What narrows the shelves, and what does now. */
export async function Filters({
  view,
  query,
  branches,
  views,
}: {
  view: TableView;
  query: StockQuery;
  branches: Member["branches"];
  /** The menu of saved views. */
  views: ReactNode;
}) {
  const [t, products] = await Promise.all([getTranslations("inventory"), getTranslations("products")]);
  const chips = [
    ...view.chip("q", t("filters.search"), query.search),
    ...view.chip("category", t("filters.category"), query.category && products(`category.${query.category}`)),
    ...view.chip("stock", t("filters.stock"), query.stock === "low" && t("filters.low")),
  ];
  return (
    <>
      <TableToolbar
        actions={
          <>
            {views}
            <StockViewMenu branches={branches} />
          </>
        }
      >
        <SearchInput label={t("search")} placeholder={t("searchPlaceholder")} />
        <FilterSelect
          name="category"
          label={t("filters.category")}
          anyLabel={t("filters.allCategories")}
          options={categories
            .filter((value) => value !== "service")
            .map((value) => ({ value, label: products(`category.${value}`) }))}
        />
        <FilterSelect
          name="stock"
          label={t("filters.stock")}
          anyLabel={t("filters.anyStock")}
          options={[{ value: "low", label: t("filters.low") }]}
        />
      </TableToolbar>
      <FilterChips chips={chips} clearHref={view.bare} />
    </>
  );
}
