import "server-only";
import { type DB, type Kysely, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { type Colleague, findColleague } from "./list-members";
import { writeMember } from "./write-member";

/**
 * Lets a member in no longer, from their next statement on; place, role and branches stay theirs. Invitations that they
 * sent and nobody answered are withdrawn, and views that they shared are hidden until they are back.
 *
 * @returns how many invitations were withdrawn
 * @throws AppError `member.out_of_reach` they have a role, a permission or a branch that the member could not give
 * @throws AppError as `changeAccess`
 */
export function suspendMember(member: Member, id: string): Promise<number> {
  return changeStatus(member, id, "suspended");
}

/**
 * Takes a member out of the shop, from their next statement on; the place is free for somebody else. For the rest as
 * `suspendMember`.
 *
 * @returns how many invitations were withdrawn
 * @throws AppError as `suspendMember`
 */
export function removeMember(member: Member, id: string): Promise<number> {
  return changeStatus(member, id, "removed");
}

/**
 * Lets a suspended or removed member in again, as they were. Invitations that were withdrawn stay so.
 *
 * @throws AppError `tier.limit_exceeded` their place was taken meanwhile
 * @throws AppError as `suspendMember`
 */
export async function restoreMember(member: Member, id: string): Promise<void> {
  await changeStatus(member, id, "active");
}

async function changeStatus(member: Member, id: string, status: Colleague["status"]): Promise<number> {
  const colleague = await findColleague(member, id);
  if (!colleague) throw new AppError("member.not_found");
  return member.transaction(async (db) => {
    const before = await countOpenInvitations(db, colleague);
    await writeMember(db, { ...colleague, status });
    return before - (await countOpenInvitations(db, colleague));
  });
}

async function countOpenInvitations(db: Kysely<DB>, { userId }: Colleague): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from public.invitations
    where organization_id = private.current_org() and invited_by = ${userId} and accepted_at is null and revoked_at is null`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}
