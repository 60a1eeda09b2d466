import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { demandWritable } from "@/lib/organizations";
import type { Member } from "@/lib/security/member";

/**
 * Puts a customer out of the way: no search at the till finds it, its sales stay, and it no longer counts.
 * Doing it twice changes nothing.
 *
 * @throws AppError `customer.not_found`, `organization.read_only`
 */
export async function archiveCustomer(member: Member, id: string): Promise<void> {
  await setArchived(member, id, true);
}

/**
 * Takes an archived customer back, as it was.
 *
 * @throws AppError `customer.not_found`, `organization.read_only`
 * @throws AppError `tier.limit_exceeded` its place was taken meanwhile
 */
export async function restoreCustomer(member: Member, id: string): Promise<void> {
  await setArchived(member, id, false);
}

async function setArchived(member: Member, id: string, archived: boolean): Promise<void> {
  demandWritable(member);
  await member.transaction(async (db) => {
    const changed = await db
      .updateTable("customers")
      .set({ archived_at: archived ? sql<Date>`coalesce(archived_at, now())` : null })
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst();
    if (!changed) throw new AppError("customer.not_found");
  });
}
