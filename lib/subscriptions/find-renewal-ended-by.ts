import "server-only";
import type { Member } from "@/lib/security/member";
import type { PlanChangeKind } from "./quote-payment";
import { collecting } from "./schema";

interface Purchase {
  readonly tier: string;
  readonly interval: "month" | "year";
  readonly change: PlanChangeKind;
}

/**
 * The automatic renewal that a purchase would end, as `private.stop_other_renewals` ends it: any for an upgrade, else one
 * that collects another plan.
 *
 * @returns null when nothing is collected, or what is bought is what it collects
 */
export function findRenewalEndedBy(
  member: Pick<Member, "transaction" | "organization">,
  { tier, interval, change }: Purchase,
): Promise<{ readonly gateway: string } | null> {
  return member.transaction(async (db) => {
    const renewals = await db
      .selectFrom("auto_renewals")
      .select(["gateway", "tier_code", "next_tier_code", "billing_interval"])
      .where("organization_id", "=", member.organization.id)
      .where("status", "in", [...collecting])
      .where("cancel_requested_at", "is", null)
      .orderBy("created_at", "desc")
      .execute();
    const ended = renewals.find(
      (one) =>
        change === "upgrade" ||
        one.billing_interval !== interval ||
        ![one.tier_code, one.next_tier_code].includes(tier),
    );
    return ended ? { gateway: ended.gateway } : null;
  });
}
