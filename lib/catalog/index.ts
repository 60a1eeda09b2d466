export { archiveProducts, listProductIds, restoreProducts } from "./archive-many";
export { archiveProduct, restoreProduct } from "./archive-product";
export { createProduct } from "./create-product";
export { exportProducts, productSheetColumns } from "./export-products";
export { findProduct, getProduct, type Product } from "./get-product";
export { listPriceChanges, type PriceChange } from "./list-price-changes";
export { listProducts, type ProductPage, type ProductRow } from "./list-products";
export { hasCode, holdsAllWords, isPrinted } from "./matching";
export {
  type Category,
  type ChangedProduct,
  categories,
  changedProduct,
  chosenProducts,
  type NewProduct,
  newProduct,
  type ProductFilter,
  type ProductQuery,
  productQuery,
  productReference,
  productsAt,
  productsOfAddress,
} from "./schema";
export { suggestSkus } from "./suggest-sku";
export { unitsIn } from "./units-in";
export { updateProduct } from "./update-product";
