import "server-only";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { backOffMs, outageWaitMs } from "./back-off";
import {
  applyState,
  type ClaimedNotice,
  claimNotices,
  ignoreNotices,
  postponeNotices,
} from "./claimed-notices";
import type { Gateways } from "./factory";
import type { Gateway, PaymentState } from "./gateway";
import type { Failure, Outcome } from "./outcome";

export interface NoticeWorker {
  readonly gateways: Gateways;
  /** Unique among running workers; holds the leases. */
  readonly name: string;
  /** Notices taken at once. */
  readonly batch?: number;
  readonly leaseSeconds?: number;
  /** Told of each step of each subject; a worker that dies at any of them loses nothing. */
  onStep?(step: "claimed" | "fetched" | "applied", subject: string): void | Promise<void>;
}

const BATCH = 10;
const LEASE_SECONDS = 60;
/** A checkout younger than this may still be on its way to the gateway. */
const CREATING_GRACE_MS = 120_000;
const UNKNOWN_REFERENCE_CEILING_MS = 30 * 60_000;

/** Notices about one payment or refund, answered by one question to the gateway. */
interface Subject {
  readonly key: string;
  readonly first: ClaimedNotice;
  readonly events: readonly number[];
}

/**
 * Works one batch of the inbox: asks the gateway about each payment that a notice names and applies the answer.
 * No transaction is open while a gateway is asked. Safe to run in any number of processes.
 *
 * @returns how many notices were taken; 0 when none is due
 */
export async function processNotices(worker: NoticeWorker): Promise<number> {
  const claimed = await claimNotices(
    worker.name,
    worker.batch ?? BATCH,
    worker.leaseSeconds ?? LEASE_SECONDS,
  );
  await Promise.all(subjectsOf(claimed).map((subject) => processSubject(worker, subject)));
  return claimed.length;
}

function subjectsOf(notices: readonly ClaimedNotice[]): Subject[] {
  const groups = Map.groupBy(
    notices,
    (one) => `${one.gateway} ${one.refund_id ?? one.payment_id ?? one.reference ?? one.id}`,
  );
  return [...groups].flatMap(([key, group]) => {
    const [first] = group;
    return first ? [{ key, first, events: group.map(({ id }) => id) }] : [];
  });
}

async function processSubject(worker: NoticeWorker, subject: Subject): Promise<void> {
  try {
    await worker.onStep?.("claimed", subject.key);
    await work(worker, subject);
  } catch (error) {
    const known = AppError.fromDatabase(error);
    log.error({ err: known, subject: subject.key }, "a notice could not be processed");
    // A database that is away is no fault of the notice: its lease runs out and somebody tries again.
    if (known instanceof AppError && ["server.unavailable", "server.timeout"].includes(known.code)) return;
    await postpone(worker, subject, known.message);
  }
}

async function work(worker: NoticeWorker, subject: Subject): Promise<void> {
  const { first, events } = subject;
  if (first.reference === null) return ignoreNotices(events, "names no payment");
  if (first.payment_id === null) return waitForOwner(worker, subject);
  const found = worker.gateways.find(first.gateway);
  if (found.state !== "on") return postpone(worker, subject, `gateway ${found.state}`);
  return first.refund_id === null
    ? workPayment(worker, subject, found.gateway)
    : workRefund(worker, subject, found.gateway);
}

async function workPayment(worker: NoticeWorker, subject: Subject, gateway: Gateway): Promise<void> {
  const { first } = subject;
  const fetched = await gateway.fetchStatus(first.names);
  await worker.onStep?.("fetched", subject.key);
  if (!fetched.ok) return postponeAfter(worker, subject, fetched.failure);
  const state = fetched.value ?? neverReached(first);
  if (!state) return postpone(worker, subject, "the gateway does not know this payment");
  await apply(worker, subject, "payment", state);
}

async function workRefund(worker: NoticeWorker, subject: Subject, gateway: Gateway): Promise<void> {
  const fetched = await gateway.fetchRefund(subject.first.names);
  await worker.onStep?.("fetched", subject.key);
  if (fetched.ok && fetched.value) return apply(worker, subject, "refund", fetched.value);
  if (isUnanswerable(fetched)) {
    // Nobody can be asked what became of it: people must look at the gateway's own pages.
    return apply(worker, subject, "refund", {
      normalized: "unknown",
      rawStatus: "cannot be asked about",
      amountMinor: null,
      references: [],
    });
  }
  if (!fetched.ok) return postponeAfter(worker, subject, fetched.failure);
  return postpone(worker, subject, "the gateway does not know this refund");
}

async function apply(
  worker: NoticeWorker,
  subject: Subject,
  kind: "payment" | "refund",
  state: object,
): Promise<void> {
  const { first, events } = subject;
  const id = kind === "payment" ? first.payment_id : first.refund_id;
  if (first.organization_id === null || id === null) return;
  const applied = await applyState(kind, first.organization_id, id, state, first.claimed_at, events);
  log.info({ subject: kind, id, ...applied }, "a gateway's answer was applied");
  await worker.onStep?.("applied", subject.key);
}

/** The name is not ours, or not yet: our own commit may still be under way. Not kept for ever. */
function waitForOwner(worker: NoticeWorker, { events, first }: Subject): Promise<void> {
  const delayMs = Math.min(backOffMs(first.attempts), UNKNOWN_REFERENCE_CEILING_MS);
  return postponeNotices(events, worker.name, delayMs, "unknown reference", "unknown-reference");
}

/** A checkout of which the gateway, asked by our own reference, knows nothing: the call was never carried out. */
function neverReached(notice: ClaimedNotice): PaymentState | null {
  const age = notice.claimed_at.getTime() - (notice.payment_created_at?.getTime() ?? 0);
  if (notice.payment_status !== "creating" || age < CREATING_GRACE_MS) return null;
  return {
    normalized: "failed",
    rawStatus: "not found",
    reference: null,
    amountExpectedMinor: null,
    amountPaidMinor: null,
    amountRefundedMinor: 0,
    currency: null,
    underpaid: false,
    reason: "never_reached_gateway",
    updatedAt: null,
    objection: null,
    references: [],
  };
}

function postpone(worker: NoticeWorker, { events, first }: Subject, why: string): Promise<void> {
  return postponeNotices(events, worker.name, backOffMs(first.attempts), why, "failure");
}

function postponeAfter(worker: NoticeWorker, subject: Subject, failure: Failure): Promise<void> {
  const { events, first } = subject;
  const why = `${failure.kind}: ${failure.code} ${failure.detail}`.trim();
  // A gateway that is away, or that we hold back from, is no fault of the notice; nonsense in its answer may be.
  const isAway =
    failure.kind === "rate-limited" || (failure.kind === "unavailable" && failure.code !== "malformed");
  if (!isAway) return postpone(worker, subject, why);
  const waitMs = outageWaitMs(first.claimed_at.getTime() - first.received_at.getTime());
  return postponeNotices(events, worker.name, Math.max(waitMs, failure.retryAfterMs ?? 0), why, "outage");
}

function isUnanswerable(fetched: Outcome<unknown>): boolean {
  return !fetched.ok && fetched.failure.kind === "unsupported";
}
