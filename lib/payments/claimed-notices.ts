import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { MOST_ATTEMPTS } from "./back-off";
import type { Reference } from "./gateway";

/** A notice that this worker holds, and whose payment, refund or renewal it is about. */
export interface ClaimedNotice {
  readonly id: number;
  readonly gateway: string;
  readonly kind: string;
  readonly reference_kind: string | null;
  readonly reference: string | null;
  readonly verified_by: string;
  readonly attempts: number;
  readonly received_at: Date;
  readonly claimed_at: Date;
  /** Null while the reference is nobody's. */
  readonly organization_id: string | null;
  readonly payment_id: string | null;
  readonly payment_status: string | null;
  readonly payment_created_at: Date | null;
  readonly refund_id: string | null;
  /** Set for a renewal, and for what one collected: both are asked about through the renewal. */
  readonly auto_renewal_id: string | null;
  /** Everything by which the gateway may be asked, the notified name first. */
  readonly names: readonly Reference[];
}

/** What applying a state came to; see `private.apply_payment_state`. */
export interface Applied {
  readonly verdict: "apply" | "same" | "review" | "illegal";
  readonly from: string;
  readonly to: string;
  readonly reason?: string | null;
}

/**
 * Takes due notices for one worker, with a lease.
 *
 * @param ofNobody how many of them may be hints that name nobody; they come last
 */
export function claimNotices(
  worker: string,
  limit: number,
  leaseSeconds: number,
  ofNobody: number,
): Promise<ClaimedNotice[]> {
  return asService(async (db) => {
    const { rows } = await sql<ClaimedNotice>`
      select * from private.claim_notices(${worker}, ${limit}, make_interval(secs => ${leaseSeconds}), ${ofNobody})`.execute(
      db,
    );
    return rows;
  });
}

/**
 * Applies a fetched state and closes what it settles, in one transaction.
 *
 * @param beforeCommit told inside the transaction, when all that is left is to commit it
 */
export function applyState(
  subject: "payment" | "refund",
  organizationId: string,
  id: string,
  state: object,
  fetchedAt: Date,
  events: readonly number[],
  beforeCommit?: () => void | Promise<void>,
): Promise<Applied> {
  const call =
    subject === "payment"
      ? sql<{
          applied: Applied;
        }>`select private.apply_payment_state(${organizationId}, ${id}, ${JSON.stringify(state)}::jsonb, ${fetchedAt}, ${events}::bigint[]) as applied`
      : sql<{
          applied: Applied;
        }>`select private.apply_refund_state(${organizationId}, ${id}, ${JSON.stringify(state)}::jsonb, ${fetchedAt}, ${events}::bigint[]) as applied`;
  return asService(async (db) => {
    const { rows } = await call.execute(db);
    const [row] = rows;
    if (!row) throw new Error("a state was applied without an answer");
    await beforeCommit?.();
    return row.applied;
  });
}

/**
 * Why a notice goes back, and when it is given up:
 * `failure` its own, after fourteen; `outage` the gateway's, after three days and not counted against it;
 * `unknown-reference` after a day.
 */
export type Setback = "failure" | "outage" | "unknown-reference";

export interface Postponement {
  readonly events: readonly number[];
  readonly worker: string;
  readonly delayMs: number;
  readonly why: string;
  readonly setback: Setback;
  /** Whether the name turned out to be one of ours. */
  readonly isOwned: boolean;
}

/**
 * Puts notices back for later, or declares them dead, which people hear of once an hour. Hints that name nobody die of
 * nothing: the sweep lets them go.
 */
export function postponeNotices(postponement: Postponement): Promise<void> {
  const { events, worker, delayMs, why, setback, isOwned } = postponement;
  return asService(async (db) => {
    await sql`
      with put_back as (
        update private.webhook_events e set
          attempts = e.attempts + ${setback === "outage" ? 0 : 1}, last_error = left(${why}, 500), locked_by = null, locked_until = null,
          next_attempt_at = now() + make_interval(secs => ${delayMs / 1_000}),
          names_nobody = e.names_nobody and not ${isOwned},
          status = case when e.names_nobody and not ${isOwned} then 'received'
                        when case ${setback}
                          when 'failure' then e.attempts + 1 >= ${MOST_ATTEMPTS}
                          when 'outage' then e.received_at < now() - interval '3 days'
                          else e.received_at < now() - interval '24 hours' end then 'dead' else 'received' end
        where e.id = any (${events}::bigint[]) and e.status = 'received' and e.locked_by = ${worker}
        returning e.id, e.gateway, e.status)
      select private.alert_of_dead_notice(p.gateway, p.id, ${why}) from put_back p where p.status = 'dead'`.execute(
      db,
    );
  });
}

/** Gives up the leases of a worker that stops. */
export function releaseNotices(worker: string): Promise<void> {
  return asService(async (db) => {
    await sql`update private.webhook_events set locked_by = null, locked_until = null
      where status = 'received' and locked_by = ${worker}`.execute(db);
  });
}

/** Notes notices that ask for nothing. */
export function ignoreNotices(events: readonly number[], why: string): Promise<void> {
  return asService(async (db) => {
    await sql`update private.webhook_events set status = 'ignored', last_error = ${why}, locked_by = null, locked_until = null
      where id = any (${events}::bigint[]) and status = 'received'`.execute(db);
  });
}
