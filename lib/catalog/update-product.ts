import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { productColumns } from "./columns";
import { demandWriter } from "./demand-writer";
import type { ChangedProduct } from "./schema";
import { writeProduct } from "./write-product";

/**
 * Changes a product, unless somebody else did since the form was opened.
 *
 * @throws AppError `product.changed` another version stands there now; nothing is merged or lost
 * @throws AppError `product.sku_taken`, `product.barcode_taken` at the field, with the product that holds it
 * @throws AppError `product.not_found`, `organization.read_only`, `access.forbidden`
 */
export async function updateProduct(member: Member, input: ChangedProduct): Promise<void> {
  demandWriter(member);
  const { id, version, sku } = input;
  await writeProduct(member, input, async (db) => {
    const changed = await db
      .updateTable("products")
      .set({ sku, ...productColumns(input) })
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .where("version", "=", version)
      .returning("id")
      .executeTakeFirst();
    if (changed) return;
    const known = await db
      .selectFrom("products")
      .select("id")
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .executeTakeFirst();
    throw known ? new AppError("product.changed", { conflictsWith: id }) : new AppError("product.not_found");
  });
}
