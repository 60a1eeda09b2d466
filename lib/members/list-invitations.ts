import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { MemberRole } from "@/lib/security/permissions";

/** An invitation that nobody has answered yet. */
export interface PendingInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly allBranches: boolean;
  readonly branchIds: readonly string[];
  /** Name of the member who sent it; null when the platform's staff did. */
  readonly invitedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly expired: boolean;
}

/** Open invitations of the shop, the newest first; expired ones stay until they are sent again or withdrawn. */
export async function listInvitations(member: Member): Promise<PendingInvitation[]> {
  const now = Date.now();
  const rows = await member.transaction((db) =>
    db
      .selectFrom("invitations as i")
      .leftJoin("admin_users as m", (join) =>
        join.onRef("m.organization_id", "=", "i.organization_id").onRef("m.user_id", "=", "i.invited_by"),
      )
      .select([
        "i.id",
        "i.email",
        "i.role",
        "i.all_branches as allBranches",
        "i.branch_ids as branchIds",
        "m.full_name as invitedBy",
        "i.created_at as createdAt",
        "i.expires_at as expiresAt",
      ])
      .where("i.organization_id", "=", member.organization.id)
      .where("i.accepted_at", "is", null)
      .where("i.revoked_at", "is", null)
      .orderBy("i.created_at", "desc")
      .$narrowType<{ role: MemberRole }>()
      .execute(),
  );
  return rows.map((row) => ({ ...row, expired: row.expiresAt.getTime() <= now }));
}

/** One open invitation. @throws AppError `invitation.invalid` it was answered or withdrawn meanwhile */
export async function getInvitation(member: Member, id: string): Promise<PendingInvitation> {
  const invitations = await listInvitations(member);
  const invitation = invitations.find((open) => open.id === id);
  if (!invitation) throw new AppError("invitation.invalid");
  return invitation;
}
