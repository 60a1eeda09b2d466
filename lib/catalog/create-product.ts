import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { productColumns } from "./columns";
import { demandWriter } from "./demand-writer";
import type { NewProduct } from "./schema";
import { nextSkus } from "./suggest-sku";
import { writeProduct } from "./write-product";

/** Two people who create at once are given the same free code; the second takes the next one. */
const MOST_TRIES = 4;

/**
 * Records a product. Without a code it is given the next one of its category.
 *
 * @returns the new product's id
 * @throws AppError `product.sku_taken`, `product.barcode_taken` at the field, with the product that holds it
 * @throws AppError `tier.limit_exceeded`, `organization.read_only`, `access.forbidden`
 */
export async function createProduct(member: Member, input: NewProduct): Promise<string> {
  demandWriter(member);
  for (let tries = 1; ; tries++) {
    try {
      return await insert(member, input);
    } catch (error) {
      const given = input.sku !== null || !(error instanceof AppError) || error.code !== "product.sku_taken";
      if (given || tries === MOST_TRIES) throw error;
    }
  }
}

function insert(member: Member, input: NewProduct): Promise<string> {
  return writeProduct(member, input, async (db) => {
    const sku = input.sku ?? (await nextSkus(db, member))[input.category];
    const { id } = await db
      .insertInto("products")
      .values({ sku, ...productColumns(input) })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  });
}
