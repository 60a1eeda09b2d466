import "server-only";
import { sql } from "@/lib/db";
import { MOST_CHOSEN } from "@/lib/paging/address";
import type { Member } from "@/lib/security/member";
import { demandWriter } from "./demand-writer";
import { matching } from "./matching";
import type { ProductFilter } from "./schema";

/** Ids of the products that a filter leaves, as many as may be changed at once. */
export async function listProductIds(member: Member, filter: ProductFilter): Promise<readonly string[]> {
  const found = await member.transaction((db) =>
    db
      .selectFrom("products")
      .select("products.id")
      .where(matching(member.organization.id, member.branch?.id ?? null, filter))
      .orderBy("products.sort_name")
      .orderBy("products.id")
      .limit(MOST_CHOSEN)
      .execute(),
  );
  return found.map(({ id }) => id);
}

/**
 * Takes several products off sale, all of them or none; those that are already stay as they are.
 *
 * @returns the ids of those that it changed
 * @throws AppError `organization.read_only`
 */
export function archiveProducts(member: Member, ids: readonly string[]): Promise<readonly string[]> {
  return setArchived(member, ids, true);
}

/**
 * Puts several archived products on sale again, all of them or none.
 *
 * @returns the ids of those that it changed
 * @throws AppError `organization.read_only`, `tier.limit_exceeded` there is not room for all of them
 */
export function restoreProducts(member: Member, ids: readonly string[]): Promise<readonly string[]> {
  return setArchived(member, ids, false);
}

async function setArchived(
  member: Member,
  ids: readonly string[],
  archived: boolean,
): Promise<readonly string[]> {
  demandWriter(member);
  const changed = await member.transaction((db) =>
    db
      .updateTable("products")
      .set({ archived_at: archived ? sql<Date>`now()` : null })
      .where("organization_id", "=", member.organization.id)
      .where("id", "in", ids)
      .where("archived_at", archived ? "is" : "is not", null)
      .returning("id")
      .execute(),
  );
  return changed.map(({ id }) => id);
}
