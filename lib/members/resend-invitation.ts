import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { inviteMember } from "./invite-member";
import { listInvitations } from "./list-invitations";

/**
 * Sends an open invitation again, with a new link and another week; the old link is dead.
 *
 * @throws AppError `invitation.invalid` it was answered or withdrawn meanwhile
 * @throws AppError whatever `inviteMember` refuses
 */
export async function resendInvitation(member: Member, id: string): Promise<void> {
  const invitations = await listInvitations(member);
  const invitation = invitations.find((open) => open.id === id);
  if (!invitation) throw new AppError("invitation.invalid");
  const { email, role, allBranches, branchIds } = invitation;
  await inviteMember(member, { email, role, allBranches, branchIds: [...branchIds] });
}
