import "server-only";
import { type DB, type Kysely, sql } from "@/lib/db";
import { inBatches, type Stretch, stretch } from "@/lib/paging";
import type { Caller } from "@/lib/security/session";
import { filterInput, type PaymentFilter } from "./payments-schema";

const ROWS_AT_ONCE = 2_000;

/** One payment of some shop; money in minor units. */
export interface PaymentRow {
  readonly id: string;
  readonly organization_id: string;
  readonly organization: string;
  readonly gateway: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly refunded_amount: number;
  readonly test_mode: boolean;
  readonly tier: string;
  readonly billing_interval: string;
  readonly reason: string | null;
  readonly payer_email: string;
  /** Our name for it at the gateway, and the gateway's first own one. */
  readonly reference: string | null;
  readonly gateway_reference: string | null;
  readonly created_at: Date;
  readonly paid_at: Date | null;
}

/** What the payments of a filter come to, in one currency; test money stands apart. Minor units. */
export interface PaymentTotal {
  readonly currency: string;
  readonly test_mode: boolean;
  readonly payments: number;
  readonly paid_payments: number;
  readonly paid_amount: number;
  readonly refunded_amount: number;
}

/** Money that waits for a second person. */
export interface WaitingApproval {
  readonly kind: "refund" | "review";
  readonly id: string;
  readonly payment_id: string;
  readonly organization: string;
  readonly gateway: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly asked_by: string | null;
  readonly asked_by_me: boolean;
  readonly asked_at: Date;
  readonly test_mode: boolean;
}

/**
 * One page of the payments of all shops. How many there are is told by their totals.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export function listPayments(staff: Caller, filter: PaymentFilter): Promise<readonly PaymentRow[]> {
  return staff.transaction((db) => readPayments(db, filter, stretch(filter)));
}

/** What all payments of a filter come to, not only those of a page. @throws as `listPayments` */
export function totalPayments(staff: Caller, filter: PaymentFilter): Promise<readonly PaymentTotal[]> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<PaymentTotal>`
      select * from private.console_payment_totals(${filterInput(filter)}::jsonb)`.execute(db);
    return rows;
  });
}

/**
 * All payments of a filter, batch after batch, for a file. Each batch is its own transaction and goes on after the last row
 * of the one before; who takes them is written down before the first one leaves.
 *
 * @throws as `listPayments`
 */
export async function exportPayments(
  staff: Caller,
  filter: PaymentFilter,
): Promise<AsyncGenerator<PaymentRow[]>> {
  const rows = countPayments(await totalPayments(staff, filter));
  await staff.transaction((db) =>
    sql`select private.console_note_export(${filterInput(filter)}::jsonb, ${rows}::int)`.execute(db),
  );
  return inBatches<PaymentRow>(ROWS_AT_ONCE, (from) =>
    staff.transaction((db) => readPayments(db, filter, { limit: ROWS_AT_ONCE, offset: 0 }, from)),
  );
}

/** How many payments there are in all lines of their totals. */
export function countPayments(totals: readonly PaymentTotal[]): number {
  return totals.reduce((sum, { payments }) => sum + payments, 0);
}

/** Refunds and acceptances above the limit that nobody has said yes or no to, the oldest first. */
export function listApprovals(staff: Caller): Promise<readonly WaitingApproval[]> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<WaitingApproval>`select * from private.console_approvals()`.execute(db);
    return rows;
  });
}

async function readPayments(
  db: Kysely<DB>,
  filter: PaymentFilter,
  { limit, offset }: Stretch,
  after?: PaymentRow,
): Promise<PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    select * from private.console_payments(${filterInput(filter)}::jsonb, ${limit}, ${offset}, ${after?.id ?? null}::uuid)`.execute(
    db,
  );
  return rows;
}
