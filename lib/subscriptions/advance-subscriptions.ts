import "server-only";
import { type DB, type Kysely, sql, type Work } from "@/lib/db";
import { log } from "@/lib/log";
import { type Effect, nextLook, type Subscription, transition } from "./lifecycle";
import type { SubscriptionStatus } from "./steps";

/** Transactions outside the tenant wall: subscriptions of all shops come due. */
export type AsService = <T>(work: Work<T>) => Promise<T>;

export interface Advance {
  readonly looked: number;
  readonly moved: number;
  /** Steps towards suspension that wait, because it is not known whether somebody paid. */
  readonly held: number;
}

/** `private.take_subscription()`; instants as JSON carries them. */
interface Taken {
  readonly id: string;
  readonly status: SubscriptionStatus;
  readonly stateSince: string;
  readonly trialEndsAt: string | null;
  readonly paidUntil: string | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly isDisputed: boolean;
  readonly isCollected: boolean;
  readonly nextPeriodAt: string | null;
  readonly unconfirmed: string | null;
  readonly now: string;
  /** Until when a test clock is to play; null without one. */
  readonly target: string | null;
}

const BATCH = 100;
/** Ten years of a test clock have some hundred instants; more means that the clock does not move. */
const MOST_TURNS = 5_000;

/**
 * Lets the clock act on every subscription that is due: steps, invoices, mails, paid periods that begin. A test clock
 * plays each due instant on its way in order. Safe to run twice and from several workers: each shop is one
 * transaction under its subscription's lock, and what another worker holds is left to it.
 */
export async function advanceSubscriptions(asService: AsService): Promise<Advance> {
  const total = { looked: 0, moved: 0, held: 0 };
  let after: string | null = null;
  for (;;) {
    const due: readonly string[] = await dueAfter(asService, after);
    for (const organizationId of due) {
      const advance = await advanceOrganization(asService, organizationId).catch((error: unknown) => {
        // One shop's trouble is not the others': the next tick tries again, and the log says so each time.
        log.error({ err: error, organizationId }, "a subscription was not advanced");
        return { moved: 0, held: false };
      });
      total.looked += 1;
      total.moved += advance.moved;
      total.held += advance.held ? 1 : 0;
    }
    after = due.at(-1) ?? null;
    if (due.length < BATCH) return total;
  }
}

/** The same for one organization. */
export function advanceOrganization(
  asService: AsService,
  organizationId: string,
): Promise<{ readonly moved: number; readonly held: boolean }> {
  return asService(async (db) => {
    let moved = 0;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const taken = await take(db, organizationId);
      if (!taken) return { moved, held: false };
      const outcome = await takeStep(db, organizationId, taken);
      if (outcome === "moved") moved += 1;
      if (outcome === "held" || outcome === "done") return { moved, held: outcome === "held" };
    }
    throw new Error("a test clock does not come to its target");
  });
}

async function dueAfter(asService: AsService, after: string | null): Promise<readonly string[]> {
  return asService(async (db) => {
    const { rows } = await sql<{ organization_id: string }>`
      select organization_id from private.due_subscriptions(${after}::uuid, ${BATCH})`.execute(db);
    return rows.map((row) => row.organization_id);
  });
}

async function take(db: Kysely<DB>, organizationId: string): Promise<Taken | null> {
  await sql`select private.apply_due_periods(${organizationId})`.execute(db);
  const { rows } = await sql<{ taken: Taken | null }>`
    select private.take_subscription(${organizationId}) as taken`.execute(db);
  return rows[0]?.taken ?? null;
}

async function takeStep(
  db: Kysely<DB>,
  organizationId: string,
  taken: Taken,
): Promise<"moved" | "on" | "held" | "done"> {
  const now = new Date(taken.now);
  const before = subscriptionOf(taken);
  const { next, effects } = transition(before, { kind: "clock", unconfirmed: taken.unconfirmed }, now);
  if (next.status !== before.status) {
    const { rows } = await sql<{ stepped: boolean }>`
      select private.transition_subscription(${organizationId}, ${taken.id}, ${before.status}, ${next.status}, 'clock', ${now})
        as stepped`.execute(db);
    if (!rows[0]?.stepped) return "done"; // under its lock nobody else moved it; if so, the next tick looks again
  }
  await carryOut(db, organizationId, taken.id, effects, now);
  if (next.status !== before.status) return "moved";
  if (effects.some(({ kind }) => kind === "hold")) {
    await sql`select private.set_next_step(${organizationId}, ${taken.id}, null)`.execute(db);
    return "held";
  }
  const look = nextLook(next, taken.nextPeriodAt ? new Date(taken.nextPeriodAt) : null, now);
  if (taken.target !== null && now < new Date(taken.target)) {
    await sql`select private.move_clock(${organizationId}, ${look})`.execute(db);
    return "on";
  }
  await sql`select private.set_next_step(${organizationId}, ${taken.id}, ${look})`.execute(db);
  return "done";
}

async function carryOut(
  db: Kysely<DB>,
  organizationId: string,
  subscriptionId: string,
  effects: readonly Effect[],
  now: Date,
): Promise<void> {
  if (effects.length === 0) return;
  await sql`select private.carry_out(${organizationId}, ${subscriptionId}, ${JSON.stringify(effects)}::jsonb, ${now})`.execute(
    db,
  );
}

function subscriptionOf({ status, stateSince, trialEndsAt, paidUntil, ...rest }: Taken): Subscription {
  return {
    status,
    stateSince: new Date(stateSince),
    trialEndsAt: trialEndsAt === null ? null : new Date(trialEndsAt),
    paidUntil: paidUntil === null ? null : new Date(paidUntil),
    cancelAtPeriodEnd: rest.cancelAtPeriodEnd,
    isDisputed: rest.isDisputed,
    isCollected: rest.isCollected,
  };
}
