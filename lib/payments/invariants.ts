import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";

/** An invariant that does not hold, and some of what breaks it. */
export interface BrokenInvariant {
  readonly name: string;
  readonly violations: number;
  readonly sample: string | null;
}

/**
 * Looks at what must always be true (`private.invariant_violations` says what) and alerts people: once when it
 * breaks, again when it grows or lasts a day. Idempotent otherwise. Each invariant is a transaction of its own.
 *
 * @throws AggregateError what kept some of them from being looked at; the others were
 */
export async function checkInvariants(): Promise<readonly BrokenInvariant[]> {
  const broken: BrokenInvariant[] = [];
  const failures: unknown[] = [];
  for (const name of await invariantNames()) {
    try {
      broken.push(...(await checkInvariant(name)));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "some invariants could not be looked at");
  return broken;
}

function invariantNames(): Promise<readonly string[]> {
  return asService(async (db) => {
    const { rows } = await sql<{ name: string }>`select unnest(private.invariant_names()) as name`.execute(
      db,
    );
    return rows.map(({ name }) => name);
  });
}

function checkInvariant(name: string): Promise<readonly BrokenInvariant[]> {
  return asService(async (db) => {
    const { rows } = await sql<BrokenInvariant>`select * from private.check_invariant(${name})`.execute(db);
    return rows;
  });
}

/** Some seconds of reading: far from the statement's limit of a minute. */
const ENTRIES_A_LOOK = 500_000;

/** Goes on verifying the audit trails of all shops, those looked at longest ago first; the invariant tells what broke. */
export async function verifyAuditTrails(): Promise<void> {
  await asService((db) => sql`select private.verify_audit_chains(${ENTRIES_A_LOOK})`.execute(db));
}

/** A count for the graphs: `kind` says of what, `labels` of which. */
export interface PaymentMetric {
  readonly kind: "event" | "invariant" | "reconciliation";
  readonly name: string;
  readonly gateway: string | null;
  readonly n: number;
}

/**
 * What has been counted of payments since the beginning (illegal transitions, refused notices), how the invariants
 * stood at the last look, and how many differences the newest comparison with each gateway left.
 */
export function paymentMetrics(): Promise<readonly PaymentMetric[]> {
  return asService(async (db) => {
    const { rows } = await sql<PaymentMetric>`
      select 'event' as kind, c.name, c.gateway, c.n from private.payment_counters c
      union all
      select 'invariant', i.name, null, i.violations from private.invariants i
      union all
      (select distinct on (r.gateway) 'reconciliation', 'findings', r.gateway, r.findings::bigint from private.reconciliation_runs r
       order by r.gateway, r.day desc)
      order by 1, 2, 3`.execute(db);
    return rows;
  });
}
