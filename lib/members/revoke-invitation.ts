import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/**
 * Withdraws an invitation: its link is dead from now on.
 *
 * @throws AppError `invitation.invalid` it was answered or withdrawn before
 * @throws AppError `access.forbidden` lacks `users.manage`, or could not give the role that it promises
 */
export async function revokeInvitation(member: Member, id: string): Promise<void> {
  await member.transaction((db) => sql`select private.revoke_invitation(${id}::uuid)`.execute(db));
}
