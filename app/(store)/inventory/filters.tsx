import { FilterSelect } from "@/components/ui/filter-select";
import { SearchInput } from "@/components/ui/search-input";
import { FilterChips, TableToolbar } from "@/components/ui/table-tools";
import type { TableView } from "@/components/ui/table-view";
import { categories } from "@/lib/catalog";
import { getTranslations } from "@/lib/i18n";
import type { StockQuery } from "@/lib/inventory";

/** What narrows the shelves, and what does now. */
export async function Filters({ view, query }: { view: TableView; query: StockQuery }) {
  const [t, products] = await Promise.all([getTranslations("inventory"), getTranslations("products")]);
  const chips = [
    query.search && { label: t("filters.search"), value: query.search, href: view.without("q") },
    query.category && {
      label: t("filters.category"),
      value: products(`category.${query.category}`),
      href: view.without("category"),
    },
    query.stock === "low" && {
      label: t("filters.stock"),
      value: t("filters.low"),
      href: view.without("stock"),
    },
  ].filter((chip) => chip !== false && chip !== "" && chip !== null);
  return (
    <>
      <TableToolbar>
        <SearchInput label={t("search")} placeholder={t("searchPlaceholder")} />
        <FilterSelect
          name="category"
          label={t("filters.allCategories")}
          options={categories
            .filter((value) => value !== "service")
            .map((value) => ({ value, label: products(`category.${value}`) }))}
        />
        <FilterSelect
          name="stock"
          label={t("filters.anyStock")}
          options={[{ value: "low", label: t("filters.low") }]}
        />
      </TableToolbar>
      <FilterChips chips={chips} clearHref={view.without("q", "category", "stock")} />
    </>
  );
}
