import "server-only";
import type { Member } from "@/lib/security/member";
import type { MemberRole } from "@/lib/security/permissions";

/** An invitation that nobody has answered yet. */
export interface PendingInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly allBranches: boolean;
  readonly branchIds: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly expired: boolean;
}

/** Open invitations of the shop, the newest first; expired ones stay until they are sent again or withdrawn. */
export async function listInvitations(member: Member): Promise<PendingInvitation[]> {
  const now = Date.now();
  const rows = await member.transaction((db) =>
    db
      .selectFrom("invitations")
      .select([
        "id",
        "email",
        "role",
        "all_branches as allBranches",
        "branch_ids as branchIds",
        "created_at as createdAt",
        "expires_at as expiresAt",
      ])
      .where("organization_id", "=", member.organization.id)
      .where("accepted_at", "is", null)
      .where("revoked_at", "is", null)
      .orderBy("created_at", "desc")
      .$narrowType<{ role: MemberRole }>()
      .execute(),
  );
  return rows.map((row) => ({ ...row, expired: row.expiresAt.getTime() <= now }));
}
