import type { ProductFilter } from "@/lib/catalog";

/** The address of the file with all rows of a filter. */
export function exportHref({ search, category, stock, state }: ProductFilter): string {
  const query = new URLSearchParams();
  if (search) query.set("q", search);
  if (category) query.set("category", category);
  if (stock !== "any") query.set("stock", stock);
  if (state !== "active") query.set("state", state);
  return query.size > 0 ? `/api/exports/products?${query}` : "/api/exports/products";
}
