import "server-only";
import type { Member } from "@/lib/security/member";
import { inviteMember } from "./invite-member";
import { getInvitation } from "./list-invitations";

/**
 * Sends an open invitation again, with a new link and another week; the old link is dead.
 *
 * @throws AppError `invitation.invalid` it was answered or withdrawn meanwhile
 * @throws AppError whatever `inviteMember` refuses
 */
export async function resendInvitation(member: Member, id: string): Promise<void> {
  const { email, role, allBranches, branchIds } = await getInvitation(member, id);
  await inviteMember(member, { email, role, allBranches, branchIds: [...branchIds] });
}
