import "server-only";
import { redirect } from "next/navigation";
import { type Member, type MemberBranch, requireMember } from "@/lib/security/member";
import type { Permission } from "@/lib/security/permissions";

/**
 * The member behind a form that moves goods, and the branch where; who works in none is sent to the list.
 *
 * @param wish id of another of the member's branches, as an address may name it
 */
export async function memberAtBranch(
  permission: Permission,
  wish?: unknown,
): Promise<{ member: Member; branch: MemberBranch }> {
  const member = await requireMember(permission);
  const wished = member.branches.find(({ id }) => id === wish);
  return { member, branch: wished ?? member.branch ?? redirect("/inventory") };
}
