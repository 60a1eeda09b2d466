import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { type Colleague, findColleague } from "./list-members";
import { writeMember } from "./write-member";

/**
 * Lets a member in no longer, from their next statement on; place, role and branches stay theirs. Invitations that they
 * sent and nobody answered are withdrawn.
 *
 * @throws AppError as `changeAccess`
 */
export function suspendMember(member: Member, id: string): Promise<void> {
  return changeStatus(member, id, "suspended");
}

/**
 * Takes a member out of the shop, from their next statement on; the place is free for somebody else. Invitations that
 * they sent are withdrawn, and the views that they shared are theirs alone.
 *
 * @throws AppError as `changeAccess`
 */
export function removeMember(member: Member, id: string): Promise<void> {
  return changeStatus(member, id, "removed");
}

/**
 * Lets a suspended or removed member in again, as they were.
 *
 * @throws AppError `tier.limit_exceeded` their place was taken meanwhile
 * @throws AppError as `changeAccess`
 */
export function restoreMember(member: Member, id: string): Promise<void> {
  return changeStatus(member, id, "active");
}

async function changeStatus(member: Member, id: string, status: Colleague["status"]): Promise<void> {
  const colleague = await findColleague(member, id);
  if (!colleague) throw new AppError("member.not_found");
  await member.transaction((db) => writeMember(db, { ...colleague, status }));
}
