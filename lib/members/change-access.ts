import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { Permission } from "@/lib/security/permissions";
import { type Colleague, findColleague } from "./list-members";
import { listRoles, type Role } from "./list-roles";
import { mayGive } from "./may-give";
import type { MemberAccess } from "./schema";
import { writeMember } from "./write-member";

/**
 * Changes role, branches and single permissions of a member. An owner keeps every permission: a shop must not lock
 * itself out. Branches that are archived stay as they were, so that they come back with their people.
 *
 * @throws AppError `member.not_found`
 * @throws AppError `conflict` somebody else changed them since the form was opened; nothing is merged or lost
 * @throws AppError `member.self_change` one's own role, or branches without being an owner
 * @throws AppError `member.last_owner`
 * @throws AppError `access.forbidden` lacks `users.manage`, touches an owner without being one, or gives what they lack:
 *   a role, a permission, a branch
 * @throws AppError `member.out_of_reach` takes what they could not give: a role, a permission, a branch
 * @throws AppError `organization.read_only`
 */
export async function changeAccess(member: Member, input: MemberAccess): Promise<void> {
  const [colleague, roles, active] = await Promise.all([
    findColleague(member, input.id),
    listRoles(member),
    activeBranches(member),
  ]);
  const role = roles.find((candidate) => candidate.role === input.role);
  if (!colleague || !role) throw new AppError("member.not_found");
  const archived = colleague.branchIds.filter((id) => !active.has(id));
  await member.transaction((db) =>
    writeMember(db, {
      id: input.id,
      role: input.role,
      status: colleague.status,
      allBranches: input.allBranches,
      branchIds: input.allBranches ? archived : [...input.branchIds, ...archived],
      updatedAt: input.updatedAt,
      ...singlePermissions(member, colleague, role, input.permissions),
    }),
  );
}

async function activeBranches(member: Member): Promise<Set<string>> {
  const rows = await member.transaction((db) =>
    db
      .selectFrom("branches")
      .select("id")
      .where("organization_id", "=", member.organization.id)
      .where("archived_at", "is", null)
      .execute(),
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * What differs from the role. Permissions that the editor may not give stay as they were: their boxes are shown
 * but cannot be ticked, so a form says nothing about them.
 */
function singlePermissions(
  editor: Member,
  colleague: Colleague,
  { role, permissions: ofRole }: Role,
  ticked: readonly Permission[],
): Pick<Colleague, "granted" | "revoked"> {
  if (role === "owner") return { granted: [], revoked: [] };
  const givable = (permission: Permission) => mayGive(editor, permission);
  const granted = ticked.filter((permission) => givable(permission) && !ofRole.includes(permission));
  const revoked = ofRole.filter((permission) => givable(permission) && !ticked.includes(permission));
  return {
    granted: [...granted, ...colleague.granted.filter((permission) => !givable(permission))],
    revoked: [
      ...revoked,
      // Whatever the role: with another one later, what was taken must not come back by the way.
      ...colleague.revoked.filter((permission) => !givable(permission)),
    ],
  };
}
