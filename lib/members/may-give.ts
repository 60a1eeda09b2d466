import type { Member } from "@/lib/security/member";
import type { MemberRole, Permission } from "@/lib/security/permissions";
import type { Colleague } from "./list-members";
import type { Role } from "./list-roles";

// What a form offers; `private.update_member` and `private.invite_member` refuse the rest.

/** Whether somebody may give or take a single permission: only what they hold, and never what concerns money owed. */
export function mayGive(editor: Pick<Member, "can">, permission: Permission): boolean {
  return editor.can(permission) && !permission.startsWith("billing.");
}

/** Whether somebody may give a role: only one that may nothing that they may not themselves. */
export function mayGiveRole(editor: Pick<Member, "can" | "role">, { role, permissions }: Role): boolean {
  if (editor.role === "owner") return true;
  return role !== "owner" && permissions.every((permission) => editor.can(permission));
}

/**
 * The roles that a form offers for a colleague, the present one among them. What somebody could not give they do not take
 * either, and nobody changes their own.
 */
export function rolesOffered(
  editor: Pick<Member, "can" | "role" | "memberId">,
  colleague: Pick<Colleague, "id" | "role">,
  roles: readonly Role[],
): Role[] {
  const present = roles.filter(({ role }) => role === colleague.role);
  const changes = colleague.id !== editor.memberId && present.every((role) => mayGiveRole(editor, role));
  return roles.filter((role) => present.includes(role) || (changes && mayGiveRole(editor, role)));
}

/** Where somebody works or shall work. */
export type Place = Pick<Colleague, "allBranches" | "branchIds">;

/**
 * Where somebody may let others work: only where they do themselves.
 *
 * @param own the editor as the list of members has them; without, nowhere
 */
export function reachOf(editor: Pick<Member, "role">, own: Place | undefined): Place {
  return {
    allBranches: editor.role === "owner" || own?.allBranches === true,
    branchIds: own?.branchIds ?? [],
  };
}

/** Whether a place lies within the reach of somebody. */
export function reaches(reach: Place, place: Place): boolean {
  if (reach.allBranches) return true;
  return !place.allBranches && place.branchIds.every((id) => reach.branchIds.includes(id));
}

/** What somebody may give to others. */
export interface Givable {
  readonly roles: readonly MemberRole[];
  readonly reach: Place;
  /** Branches that are archived: nobody works there, so they stand in nobody's way. */
  readonly archived: readonly string[];
}

/** Whether somebody may put a colleague out, or let them in again: only whom they could give all that the person has. */
export function couldGiveAll(
  editor: Pick<Member, "can" | "role">,
  { roles, reach, archived }: Givable,
  colleague: Place & Pick<Colleague, "role" | "granted">,
): boolean {
  if (editor.role === "owner") return true;
  const branchIds = colleague.branchIds.filter((id) => !archived.includes(id));
  const allowed = roles.includes(colleague.role) && reaches(reach, { ...colleague, branchIds });
  return allowed && colleague.granted.every((permission) => mayGive(editor, permission));
}
