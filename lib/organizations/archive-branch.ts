import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { demandWritable } from "./demand-writable";

/**
 * Closes a branch: nobody sells there any more, its sales stay, and it no longer counts.
 *
 * @throws AppError `branch.last` the shop needs at least one
 * @throws AppError `branch.cash_session_open` a drawer would be out of reach
 * @throws AppError `branch.has_stock` goods would be; with how many `units`
 * @throws AppError `branch.not_found`, `organization.read_only`
 */
export async function archiveBranch(member: Member, id: string): Promise<void> {
  await setArchived(member, id, true);
}

/**
 * Opens an archived branch again, with its people and its stock.
 *
 * @throws AppError `tier.limit_exceeded` its place was taken meanwhile
 * @throws AppError `branch.name_taken` its name was
 * @throws AppError `branch.not_found`, `organization.read_only`
 */
export async function restoreBranch(member: Member, id: string): Promise<void> {
  await setArchived(member, id, false);
}

async function setArchived(member: Member, id: string, archived: boolean): Promise<void> {
  demandWritable(member);
  await member.transaction(
    async (db) => {
      const changed = await db
        .updateTable("branches")
        .set({ archived_at: archived ? sql<Date>`coalesce(archived_at, now())` : null })
        .where("organization_id", "=", member.organization.id)
        .where("id", "=", id)
        .returning("id")
        .executeTakeFirst();
      if (!changed) throw new AppError("branch.not_found");
    },
    AppError.naming({ unique: "branch.name_taken" }),
  );
}
