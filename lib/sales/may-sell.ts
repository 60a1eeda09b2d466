import type { Member } from "@/lib/security/member";

/** Whether a way to the till is worth showing: the role sells and the plan has a till. */
export function maySell(member: Pick<Member, "can" | "has">): boolean {
  return member.can("sales.create") && member.has("pos");
}
