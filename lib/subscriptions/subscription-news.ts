import type { Member } from "@/lib/security/member";

/** How the shop stands with its subscription, as far as its people must know. */
export type SubscriptionNews =
  | { readonly kind: "trial"; readonly days: number }
  | { readonly kind: "readOnly" | "pastDue" | "grace" | "suspended" };

const DAY_MS = 86_400_000;

/** What people of the shop must know about its subscription; null while all is well. */
export function subscriptionNews(
  member: Pick<Member, "organization" | "subscription" | "can">,
  now = new Date(),
): SubscriptionNews | null {
  if (member.organization.status === "suspended") return { kind: "suspended" };
  if (member.organization.readOnly) return { kind: "readOnly" };
  if (!member.can("billing.read")) return null;
  const { status, trialEndsAt } = member.subscription ?? {};
  if (status === "past_due") return { kind: "pastDue" };
  if (status === "grace") return { kind: "grace" };
  if (status !== "trialing" || !trialEndsAt) return null;
  return { kind: "trial", days: Math.max(0, Math.round((Date.parse(trialEndsAt) - now.getTime()) / DAY_MS)) };
}
