import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { Category } from "./schema";

/** Everything that the shop knows of a product. */
export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly name: string;
  readonly category: Category;
  readonly brand: string | null;
  /** Whole pesos, IVA included. */
  readonly price: number;
  /** Whole pesos, net. */
  readonly cost: number | null;
  readonly taxKind: "taxable" | "exempt";
  readonly tracksStock: boolean;
  readonly allowsNegative: boolean;
  readonly lowStockAt: number | null;
  /** Sent back with a change, so that nobody overwrites what they have not seen. */
  readonly version: number;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** @throws AppError `product.not_found` none of that id in this organization */
export async function getProduct(member: Member, id: string): Promise<Product> {
  const product = await findProduct(member, id);
  if (!product) throw new AppError("product.not_found");
  return product;
}

/** A product of the member's organization, or null. */
export async function findProduct(member: Member, id: string): Promise<Product | null> {
  const found = await member.transaction((db) =>
    db
      .selectFrom("products")
      .select([
        "id",
        "sku",
        "barcode",
        "name",
        "category",
        "brand",
        "price",
        "cost",
        "tax_kind as taxKind",
        "tracks_stock as tracksStock",
        "allows_negative as allowsNegative",
        "low_stock_at as lowStockAt",
        "version",
        "archived_at as archivedAt",
        "created_at as createdAt",
        "updated_at as updatedAt",
      ])
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .$narrowType<Pick<Product, "category" | "taxKind">>()
      .executeTakeFirst(),
  );
  return found ?? null;
}
