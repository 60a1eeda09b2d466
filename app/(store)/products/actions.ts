"use server";

import {
  archiveProduct,
  archiveProducts,
  changedProduct,
  chosenProducts,
  createProduct,
  listProductIds,
  newProduct,
  productReference,
  productsOfAddress,
  restoreProduct,
  restoreProducts,
  updateProduct,
} from "@/lib/catalog";
import { memberAction } from "@/lib/security/action";

const permission = "products.write" as const;

export const createProductAction = memberAction(
  newProduct,
  async (member, input) => ({ id: await createProduct(member, input) }),
  { permission },
);

export const updateProductAction = memberAction(changedProduct, updateProduct, { permission });

export const archiveProductAction = memberAction(
  productReference,
  (member, { id }) => archiveProduct(member, id),
  { permission },
);

export const restoreProductAction = memberAction(
  productReference,
  (member, { id }) => restoreProduct(member, id),
  { permission },
);

/** Answers the ids of all products that the query of the list's address leaves. */
export const productIdsAction = memberAction(productsOfAddress, listProductIds, { permission });

export const archiveProductsAction = memberAction(
  chosenProducts,
  (member, { ids }) => archiveProducts(member, ids),
  { permission },
);

export const restoreProductsAction = memberAction(
  chosenProducts,
  (member, { ids }) => restoreProducts(member, ids),
  { permission },
);
