import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { control } from "@/scripts/sandbox/control";
import type { ChaosGateway } from "./gateways";
import { attack, decide, type Fate, misbehave, randomFate } from "./payer";
import { keepWorkers, type StartWorker } from "./workers";

/** What the bad afternoon is played on. */
export interface ChaosArena {
  /** Connections of the migration role. */
  readonly owner: Pool;
  readonly sandboxUrl: string;
  /** Where the product is reached, by browsers and by gateways. */
  readonly appUrl: string;
  readonly gateways: readonly ChaosGateway[];
  /** Opens a payment as the owner of one of the shops; throws when it is refused, or nobody answers. */
  open(gateway: string, n: number, key: string): Promise<{ paymentId: string; redirectUrl: string }>;
  readonly startWorker: StartWorker;
  /** Takes every connection away, as a crash does. */
  crashDatabase(): Promise<void>;
  /** Stops a worker where it stands, with what it holds; `wake` lets it go on. */
  hangWorker(): { wake(): void };
}

export interface ChaosScale {
  readonly payments: number;
  readonly crashes: number;
  /** The afternoon is over when so many workers have died, and not before. */
  readonly kills: number;
  /** A worker is shot this soon after it is ready, in milliseconds. */
  readonly shootAfterMs: number;
  /** How long a gateway that hangs says nothing, in milliseconds. */
  readonly hangingMs: number;
  /** How long everything may take to settle once the gateways are well again, in milliseconds. */
  readonly settleWithinMs: number;
}

export interface Chaos {
  /** What became of each checkout whose page a payer saw, by our payment. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Tries that a gateway, the database or our own caution refused. */
  readonly refused: number;
  readonly forged: number;
  readonly crashes: number;
  readonly workersKilled: Readonly<Record<string, number>>;
}

const PARALLEL = 8;
/** Of the checkouts whose payer does not pay, and of all others. */
const ATTACKED = { unpaid: 0.5, paid: 0.02 };
const ROUND_MS = 1_500;

/**
 * A bad afternoon: gateways that fail and hang, notices shuffled, doubled, lost and forged, workers killed at every
 * step and at random, one of them hung, the database crashed. Ends when everything has settled, or time is up.
 */
export async function playChaos(arena: ChaosArena, scale: ChaosScale): Promise<Chaos> {
  await misbehave(arena.sandboxUrl, arena.gateways, scale.hangingMs);
  const workers = keepWorkers(arena.startWorker, scale.shootAfterMs);
  try {
    const played = await openAndDecide(arena, scale);
    while (workers.killed() < scale.kills) await sleep(100);
    await control(arena.sandboxUrl, "heal", {});
    workers.calm();
    await settle(arena.owner, scale.settleWithinMs);
    return { ...played, workersKilled: await workers.stop() };
  } finally {
    await workers.stop();
  }
}

async function openAndDecide(arena: ChaosArena, scale: ChaosScale): Promise<Omit<Chaos, "workersKilled">> {
  const fates = new Map<string, Fate>();
  const count = { started: 0, refused: 0, forged: 0, crashes: 0 };
  const share = scale.payments / (scale.crashes + 1);
  const hangAt = Math.floor(share / 2);
  let hung: { wake(): void } | null = null;

  async function pass(): Promise<void> {
    const n = count.started++;
    const gateway = arena.gateways[n % arena.gateways.length];
    if (!gateway) throw new Error("no gateway");
    const opened = await openStubbornly(arena, gateway.id, n);
    count.refused += opened.refused;
    if (!opened.page || fates.size >= scale.payments) return;
    const visit = { ...arena, gateway, page: new URL(opened.page) };
    const fate = randomFate();
    fates.set(opened.paymentId, fate);
    if (fates.size === hangAt) hung = arena.hangWorker();
    await decide(visit, fate);
    if (Math.random() < (fate === "pay" ? ATTACKED.paid : ATTACKED.unpaid))
      count.forged += await attack(visit);
    if (count.crashes < scale.crashes && fates.size >= share * (count.crashes + 1)) {
      count.crashes += 1;
      await arena.crashDatabase();
    }
  }
  try {
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        while (fates.size < scale.payments) await pass();
      }),
    );
  } finally {
    // What it was asked before it hung is old by now: its answers must change nothing.
    (hung as { wake(): void } | null)?.wake();
  }
  return { fates, refused: count.refused, forged: count.forged, crashes: count.crashes };
}

interface Opened {
  readonly paymentId: string;
  /** Null: it was given up, and nobody saw a page. */
  readonly page: string | null;
  readonly refused: number;
}

/** A person presses the button again; it is the same order. */
async function openStubbornly(arena: ChaosArena, gateway: string, n: number): Promise<Opened> {
  const key = `chaos-${n}`;
  for (let refused = 0; refused < 3; refused += 1) {
    try {
      const { paymentId, redirectUrl } = await arena.open(gateway, n, key);
      return { paymentId, page: redirectUrl, refused };
    } catch {
      await sleep(200);
    }
  }
  return { paymentId: "", page: null, refused: 3 };
}

/** Hours pass: leases run out, waiting ends, payments grow old enough for the sweep, pages close. */
async function settle(owner: Pool, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { rows } = await owner.query<{ unsettled: number }>(
      `select (select count(*) from public.payments where status in ('creating', 'pending', 'processing'))
            + (select count(*) from private.webhook_events e where e.status = 'received' and exists (
                 select from private.payment_references r where r.gateway = e.gateway and r.reference = e.reference)) as unsettled`,
    );
    if (Number(rows[0]?.unsettled) === 0 || Date.now() > deadline) return;
    // What a worker holds at this very moment is left to the next round.
    await owner.query(
      `update private.webhook_events set next_attempt_at = least(next_attempt_at, now()), locked_until = least(locked_until, now())
       where id in (select id from private.webhook_events where status = 'received' for update skip locked)`,
    );
    await owner.query(
      `update public.payments set created_at = created_at - interval '6 hours', expires_at = expires_at - interval '6 hours'
       where id in (select id from public.payments where status in ('creating', 'pending', 'processing') for update skip locked)`,
    );
    await owner.query("select private.sweep_payments()");
    await sleep(ROUND_MS);
  }
}
