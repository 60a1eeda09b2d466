import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { AppError, refusedAt } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { Invitation } from "./schema";

/**
 * Invites a person by mail; an open invitation to the same address is replaced. Places already promised to others
 * count, so that nobody accepts an invitation only to be refused; the database counts again when it is accepted.
 *
 * @returns the invitation's id
 * @throws AppError `invitation.already_member` at the field
 * @throws AppError `tier.limit_exceeded` no place is left
 * @throws AppError `access.forbidden` lacks `users.manage`, gives a role or a branch that they do not hold, or replaces
 *   an invitation to a role that they could not give
 * @throws AppError `organization.read_only`
 */
export async function inviteMember(member: Member, input: Invitation): Promise<string> {
  return refusedAt(
    { "invitation.already_member": ["/email", "members.refusals.alreadyMember"] },
    member.transaction(async (db) => {
      await demandPlace(db, member.organization.id, input.email);
      const { rows } = await sql<{ id: string }>`
        select private.invite_member(${input.email}, ${input.role}, ${input.allBranches},
                                     ${input.allBranches ? [] : input.branchIds}::uuid[]) as id`.execute(db);
      return rows[0]?.id ?? "";
    }),
  );
}

async function demandPlace(db: Kysely<DB>, organizationId: string, email: string): Promise<void> {
  const counter = await db
    .selectFrom("usage_counters")
    .select(["n", "max_count as max"])
    .where("organization_id", "=", organizationId)
    .where("metric", "=", "users")
    .executeTakeFirst();
  if (!counter || counter.max === null) return;
  const { promised } = await db
    .selectFrom("invitations")
    .select((eb) => eb.fn.countAll<number>().as("promised"))
    .where("organization_id", "=", organizationId)
    .where("email", "<>", email)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirstOrThrow();
  const used = counter.n + promised;
  if (used >= counter.max)
    throw new AppError("tier.limit_exceeded", { metric: "users", used, max: counter.max });
}
