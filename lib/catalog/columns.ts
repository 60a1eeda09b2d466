import type { NewProduct } from "./schema";

/** A product's fields under the names of their columns, the code apart: it may have to be found first. */
export function productColumns(input: Omit<NewProduct, "sku">) {
  return {
    barcode: input.barcode,
    name: input.name,
    category: input.category,
    brand: input.brand,
    price: input.price,
    cost: input.cost,
    tax_kind: input.exempt ? "exempt" : "taxable",
    tracks_stock: input.tracksStock,
    allows_negative: input.allowsNegative,
    low_stock_at: input.lowStockAt,
  };
}
