import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";

export interface Swept {
  readonly asked: number;
  readonly begun: number;
  readonly letGo: number;
}

/**
 * Asks about payments, refunds and automatic renewals that should have moved, begins paid periods whose day has come, and
 * lets hints go that turned out to be nobody's. Idempotent: one notice per payment and age bucket; a period begins once.
 */
export function sweepPayments(): Promise<Swept> {
  return asService(async (db) => {
    const { rows } = await sql<Swept>`
      select private.sweep_payments() + private.sweep_auto_renewals() as asked, private.apply_due_periods() as begun,
             private.let_hints_of_nobody_go() as "letGo"`.execute(db);
    return rows[0] ?? { asked: 0, begun: 0, letGo: 0 };
  });
}

/**
 * Empties the payloads of notices older than ninety days and deletes what our own sweep asked and settled by then; hints
 * that named nobody go after a week. Some thousands a transaction, until there are none. Idempotent.
 */
export async function purgeNoticePayloads(): Promise<number> {
  let all = 0;
  for (;;) {
    const purged = await purgeSomeNotices();
    if (purged === 0) return all;
    all += purged;
  }
}

function purgeSomeNotices(): Promise<number> {
  return asService(async (db) => {
    const { rows } = await sql<{ purged: number }>`select private.purge_notice_payloads() as purged`.execute(
      db,
    );
    return rows[0]?.purged ?? 0;
  });
}

export interface InboxHealth {
  readonly waiting: number;
  readonly dead: number;
  /** Seconds for which the notice that waits longest has been due; hints that name nobody wait on purpose. */
  readonly oldestSeconds: number;
  readonly review: number;
}

/** What the health line and the probes say of payments. */
export function inboxHealth(): Promise<InboxHealth> {
  return asService(async (db) => {
    const { rows } = await sql<InboxHealth>`
      select count(*)::int as waiting,
             coalesce(extract(epoch from now() - min(e.next_attempt_at) filter (where e.next_attempt_at <= now() and not e.names_nobody)), 0)::int as "oldestSeconds",
             (select count(*)::int from private.webhook_events d where d.status = 'dead') as dead,
             (select count(*)::int from public.payments p where p.status = 'review') as review
      from private.webhook_events e where e.status = 'received'`.execute(db);
    return rows[0] ?? { waiting: 0, dead: 0, oldestSeconds: 0, review: 0 };
  });
}
