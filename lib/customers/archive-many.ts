import "server-only";
import { sql } from "@/lib/db";
import { demandWritable } from "@/lib/organizations";
import { MOST_CHOSEN } from "@/lib/paging/address";
import type { Member } from "@/lib/security/member";
import { matching } from "./matching";
import type { CustomerFilter } from "./schema";

/** Ids of the customers that a filter leaves, as many as may be changed at once. */
export async function listCustomerIds(member: Member, filter: CustomerFilter): Promise<readonly string[]> {
  const found = await member.transaction((db) =>
    db
      .selectFrom("customers")
      .select("customers.id")
      .where(matching(member.organization.id, filter))
      .orderBy("customers.sort_name")
      .orderBy("customers.id")
      .limit(MOST_CHOSEN)
      .execute(),
  );
  return found.map(({ id }) => id);
}

/**
 * Puts several customers out of the way, all of them or none; those that are already stay as they are.
 *
 * @returns the ids of those that it changed
 * @throws AppError `organization.read_only`
 */
export function archiveCustomers(member: Member, ids: readonly string[]): Promise<readonly string[]> {
  return setArchived(member, ids, true);
}

/**
 * Takes several archived customers back, all of them or none.
 *
 * @returns the ids of those that it changed
 * @throws AppError `organization.read_only`, `tier.limit_exceeded` there is not room for all of them
 */
export function restoreCustomers(member: Member, ids: readonly string[]): Promise<readonly string[]> {
  return setArchived(member, ids, false);
}

async function setArchived(
  member: Member,
  ids: readonly string[],
  archived: boolean,
): Promise<readonly string[]> {
  demandWritable(member);
  const changed = await member.transaction((db) =>
    db
      .updateTable("customers")
      .set({ archived_at: archived ? sql<Date>`now()` : null })
      .where("organization_id", "=", member.organization.id)
      .where("id", "in", ids)
      .where("archived_at", archived ? "is" : "is not", null)
      .returning("id")
      .execute(),
  );
  return changed.map(({ id }) => id);
}
