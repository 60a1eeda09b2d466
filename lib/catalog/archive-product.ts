import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { demandWriter } from "./demand-writer";

/**
 * Takes a product off sale: no till finds it, its sales and stock stay, and it no longer counts.
 * Doing it twice changes nothing.
 *
 * @throws AppError `product.not_found`, `organization.read_only`
 */
export async function archiveProduct(member: Member, id: string): Promise<void> {
  await setArchived(member, id, true);
}

/**
 * Puts an archived product on sale again, as it was.
 *
 * @throws AppError `product.not_found`, `organization.read_only`
 * @throws AppError `tier.limit_exceeded` its place was taken meanwhile
 */
export async function restoreProduct(member: Member, id: string): Promise<void> {
  await setArchived(member, id, false);
}

async function setArchived(member: Member, id: string, archived: boolean): Promise<void> {
  demandWriter(member);
  await member.transaction(async (db) => {
    const changed = await db
      .updateTable("products")
      .set({ archived_at: archived ? sql<Date>`coalesce(archived_at, now())` : null })
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst();
    if (!changed) throw new AppError("product.not_found");
  });
}
