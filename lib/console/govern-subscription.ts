import "server-only";
import { sql } from "@/lib/db";
import { type Places, refusedAt } from "@/lib/errors";
import type { Caller } from "@/lib/security/session";
import type { EndByStaff, Extension, PlanByStaff, ResumeByStaff } from "./subscriptions-schema";

type Staff = Pick<Caller, "transaction">;

const DAY_MS = 86_400_000;

/** What of a shop exceeds the limits of its new plan. */
export interface Excess {
  readonly metric: "branches" | "users" | "customers" | "products";
  readonly used: number;
  readonly max: number;
}

/**
 * Gives a shop days for nothing, counted from the end that staff saw; it works at once.
 *
 * @throws AppError `input.invalid` when that end has moved meanwhile, `subscription.not_possible`, `access.forbidden`
 */
export async function extendSubscription(
  staff: Staff,
  { organizationId, from, days, reason }: Extension,
): Promise<void> {
  const until = new Date(Date.parse(from) + days * DAY_MS);
  await refusedAt(
    { "input.invalid": ["/days", "subscriptions.endMoved"] },
    staff.transaction((db) =>
      sql`select private.console_extend_subscription(${organizationId}, ${until}, ${reason}, ${from})`.execute(
        db,
      ),
    ),
  );
}

/**
 * Puts a shop on another plan, now or for its next period.
 *
 * @returns what exceeds the new plan's limits; it stays, and nothing more of it can be made
 * @throws AppError `conflict` when it has that plan, `subscription.not_possible`, `payment.tier_unavailable`, `access.forbidden`
 */
export function changePlanByStaff(
  staff: Staff,
  { organizationId, tier, interval, when, reason }: PlanByStaff,
): Promise<readonly Excess[]> {
  return refusedAt(
    {
      conflict: ["/tier", "subscriptions.samePlan"],
      "payment.tier_unavailable": ["/tier", "subscriptions.notOnSale"],
      ...later(when),
    },
    staff.transaction(async (db) => {
      const { rows } = await sql<{ excess: readonly Excess[] }>`
        select private.console_change_plan(${organizationId}, ${tier}, ${interval}, ${when}, ${reason}) as excess`.execute(
        db,
      );
      return rows[0]?.excess ?? [];
    }),
  );
}

/**
 * Ends a subscription when what runs ends, or at once.
 *
 * @throws AppError `subscription.not_possible` when nothing runs or it is ending already, `access.forbidden`
 */
export async function endSubscription(
  staff: Staff,
  { organizationId, when, reason }: EndByStaff,
): Promise<void> {
  await refusedAt(
    later(when),
    staff.transaction((db) =>
      sql`select private.console_cancel_subscription(${organizationId}, ${when}, ${reason})`.execute(db),
    ),
  );
}

/**
 * Takes back an end that staff ordered and that has not come; its owners are told by mail.
 *
 * @throws AppError `subscription.not_possible` when staff ordered none, or it has come; `access.forbidden`
 */
export async function takeBackEnd(staff: Staff, { organizationId, reason }: ResumeByStaff): Promise<void> {
  await staff.transaction((db) =>
    sql`select private.console_resume_subscription(${organizationId}, ${reason})`.execute(db),
  );
}

/** Gives a test shop everybody's time back. What its clock brought about stays. @throws AppError `access.forbidden` */
export async function removeTestClock(staff: Staff, organizationId: string): Promise<void> {
  await staff.transaction((db) =>
    sql`select private.console_remove_test_clock(${organizationId})`.execute(db),
  );
}

/** What cannot wait for the end of a period, because none runs, stands at the choice of when. */
function later(when: "now" | "period_end"): Places {
  return when === "period_end" ? { "subscription.not_possible": ["/when", "subscriptions.nothingRuns"] } : {};
}
