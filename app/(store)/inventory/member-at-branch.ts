import "server-only";
import { redirect } from "next/navigation";
import { type Member, type MemberBranch, requireMember } from "@/lib/security/member";
import type { Permission } from "@/lib/security/permissions";

/** The member behind a form that moves goods, and the branch where; who works in none is sent to the list. */
export async function memberAtBranch(
  permission: Permission,
): Promise<{ member: Member; branch: MemberBranch }> {
  const member = await requireMember(permission);
  return { member, branch: member.branch ?? redirect("/inventory") };
}
