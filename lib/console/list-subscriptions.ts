import "server-only";
import { type DB, type Kysely, sql } from "@/lib/db";
import { type Stretch, stretch } from "@/lib/paging";
import type { Caller } from "@/lib/security/session";
import { everyRow } from "./every-row";
import type { SubscriptionFilter } from "./subscriptions-schema";

/** The subscription of some shop; pesos a month at list price. */
export interface SubscriptionRow {
  readonly organization_id: string;
  readonly organization: string;
  readonly status: string;
  readonly tier: string;
  readonly version: number;
  readonly billing_interval: "month" | "year";
  /** When the trial ends or the next period is due. */
  readonly next_due_at: Date | null;
  /** The gateway that collects by itself. */
  readonly collected_by: string | null;
  readonly monthly_value: number;
  readonly cancel_at_period_end: boolean;
  /** Why a step towards suspension waits. */
  readonly held_because: string | null;
  readonly is_test: boolean;
  /** The hour of its test clock. */
  readonly clock_at: Date | null;
  readonly created_at: Date;
}

/** What the subscriptions of a filter come to; pesos a month, test shops apart. */
export interface SubscriptionTotals {
  readonly subscriptions: number;
  readonly trialing: number;
  readonly paying: number;
  /** Past due or in grace. */
  readonly owing: number;
  readonly monthly_value: number;
  readonly test_monthly_value: number;
  /** Every version of a plan that some shop has, whatever the filter. */
  readonly versions: readonly number[];
}

/**
 * One page of the subscriptions of all shops. How many there are is told by their totals.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export function listSubscriptions(
  staff: Caller,
  filter: SubscriptionFilter,
): Promise<readonly SubscriptionRow[]> {
  return staff.transaction((db) => readSubscriptions(db, filter, stretch(filter)));
}

/** What all subscriptions of a filter come to, not only those of a page. @throws as `listSubscriptions` */
export function totalSubscriptions(staff: Caller, filter: SubscriptionFilter): Promise<SubscriptionTotals> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<SubscriptionTotals>`
      select * from private.console_subscription_totals(${inputOf(filter)}::jsonb)`.execute(db);
    const [totals] = rows;
    if (!totals) throw new Error("console_subscription_totals answered nothing");
    return totals;
  });
}

/** All subscriptions of a filter, for a file; who took them is written down before they leave. */
export async function exportSubscriptions(
  staff: Caller,
  filter: SubscriptionFilter,
): Promise<readonly SubscriptionRow[]> {
  const rows = await everyRow(staff, (db, part) => readSubscriptions(db, filter, part));
  await staff.transaction((db) =>
    sql`select private.console_note_subscription_export(${inputOf(filter)}::jsonb, ${rows.length})`.execute(
      db,
    ),
  );
  return rows;
}

async function readSubscriptions(db: Kysely<DB>, filter: SubscriptionFilter, { limit, offset }: Stretch) {
  const { rows } = await sql<SubscriptionRow>`
    select * from private.console_subscriptions(${inputOf(filter)}::jsonb, ${limit}, ${offset})`.execute(db);
  return rows;
}

function inputOf({ page: _page, size: _size, ...filter }: SubscriptionFilter): string {
  return JSON.stringify(filter);
}
