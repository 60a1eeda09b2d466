import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { PlanChangeKind } from "./quote-payment";
import type { Cancellation, PlanChange } from "./schema";

/** What a plan change would mean to the shop. */
export interface PlanPreview {
  readonly change: PlanChangeKind;
  /** When a smaller plan would begin, as an ISO instant; null where nothing runs. */
  readonly from: string | null;
  /**
   * What the shop has beyond the plan's limits. It stays and can be read and changed; nothing is created until there
   * is room again.
   */
  readonly excess: readonly { readonly metric: string; readonly used: number; readonly max: number }[];
}

/**
 * What another plan would mean, before it is decided.
 *
 * @throws AppError `payment.tier_unavailable`, `subscription.not_possible`, `access.forbidden`
 */
export function previewPlan(
  member: Pick<Member, "transaction">,
  plan: Pick<PlanChange, "tier" | "interval">,
): Promise<PlanPreview> {
  return member.transaction(async (db) => {
    const { rows } = await sql<{ preview: PlanPreview }>`
      select private.preview_plan(${plan.tier}, ${plan.interval}) as preview`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("preview_plan answered nothing");
    return row.preview;
  });
}

/**
 * Plans a smaller plan for the next period; naming the present plan takes that back. A gateway that collects by
 * itself is told to stop, since it would go on collecting the old price.
 *
 * @throws AppError `subscription.exceeds_limits` with the excess, unless it was accepted; `subscription.not_possible`
 *   for a dearer plan, which is bought; `payment.tier_unavailable`, `access.forbidden`
 */
export function planDowngrade(
  member: Pick<Member, "transaction">,
  { tier, interval, acceptsExcess }: PlanChange,
): Promise<void> {
  return member.transaction(async (db) => {
    await sql`select private.plan_downgrade(${tier}, ${interval}, ${acceptsExcess})`.execute(db);
  });
}

/**
 * The shop leaves: what is paid, or the trial, runs out, and then it ends without dunning. Where nothing runs, at once.
 *
 * @throws AppError `subscription.not_possible`, `access.forbidden`
 */
export function cancelSubscription(
  member: Pick<Member, "transaction">,
  { reason }: Cancellation,
): Promise<void> {
  return member.transaction(async (db) => {
    await sql`select private.cancel_subscription(${reason ?? null})`.execute(db);
  });
}

/**
 * The shop stays after all, as long as it has not ended and its owner ended it. A renewal that was stopped has to be
 * agreed to again.
 *
 * @throws AppError `subscription.ended_by_staff` – paying for the next period is the way to go on then –,
 *   `subscription.not_possible`, `access.forbidden`
 */
export function resumeSubscription(member: Pick<Member, "transaction">): Promise<void> {
  return member.transaction(async (db) => {
    await sql`select private.resume_subscription()`.execute(db);
  });
}
