"use server";

import {
  archiveProduct,
  changedProduct,
  createProduct,
  newProduct,
  productReference,
  restoreProduct,
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
