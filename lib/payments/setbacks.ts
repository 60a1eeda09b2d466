import "server-only";
import { backOffMs, hintOfNobodyWaitMs, outageWaitMs } from "./back-off";
import { type ClaimedNotice, type Postponement, postponeNotices } from "./claimed-notices";
import type { Gateways } from "./factory";
import type { Failure } from "./outcome";

export type NoticeStep = "claimed" | "fetched" | "transitioned" | "applied";

export interface NoticeWorker {
  readonly gateways: Gateways;
  /** Unique among running workers; holds the leases. */
  readonly name: string;
  /** Notices taken at once. */
  readonly batch?: number;
  readonly leaseSeconds?: number;
  /**
   * Told of each step of each subject; a worker that dies at any of them loses nothing. `transitioned` is told inside
   * the applying transaction, before its commit.
   */
  onStep?(step: NoticeStep, subject: string): void | Promise<void>;
}

/** Notices about one payment, refund or renewal, answered by one question to the gateway. */
export interface Subject {
  readonly key: string;
  readonly first: ClaimedNotice;
  readonly events: readonly number[];
  /** The payments that they name by themselves. */
  readonly charges: readonly string[];
  /** All of them are questions of our own sweep: no gateway claims to know anything. */
  readonly isOurQuestion: boolean;
  /** All of them are unsigned: anybody may have sent them. */
  readonly isHint: boolean;
}

/** Whether the name is one of ours. */
export function isOwned({ payment_id, auto_renewal_id }: ClaimedNotice): boolean {
  return payment_id !== null || auto_renewal_id !== null;
}

const UNKNOWN_REFERENCE_CEILING_MS = 30 * 60_000;
const OTHER_WORKER_MS = 5_000;

/** Puts notices back that failed for a reason of their own. */
export function postpone(worker: NoticeWorker, subject: Subject, why: string): Promise<void> {
  return putBack(worker, subject, { delayMs: waitMs(subject), why, setback: "failure" });
}

/** Puts notices back whose question the gateway did not answer. */
export function postponeAfter(worker: NoticeWorker, subject: Subject, failure: Failure): Promise<void> {
  const { first } = subject;
  const why = `${failure.kind}: ${failure.code} ${failure.detail}`.trim();
  // A gateway that is away, or that we hold back from, is no fault of the notice; nonsense in its answer may be.
  const isAway =
    failure.kind === "rate-limited" || (failure.kind === "unavailable" && failure.code !== "malformed");
  if (!isAway) return postpone(worker, subject, why);
  const delayMs = Math.max(
    outageWaitMs(first.claimed_at.getTime() - first.received_at.getTime()),
    failure.retryAfterMs ?? 0,
  );
  return putBack(worker, subject, { delayMs, why, setback: "outage" });
}

/** Another worker is setting up the same renewal: no fault of the notice, and soon over. */
export function waitForOther(worker: NoticeWorker, subject: Subject): Promise<void> {
  const why = "another worker sets this up";
  return putBack(worker, subject, { delayMs: OTHER_WORKER_MS, why, setback: "outage" });
}

/** The name is not ours, or not yet: our own commit may still be under way. Not kept for ever. */
export function waitForOwner(worker: NoticeWorker, subject: Subject): Promise<void> {
  const delayMs = Math.min(waitMs(subject), UNKNOWN_REFERENCE_CEILING_MS);
  return putBack(worker, subject, { delayMs, why: "unknown reference", setback: "unknown-reference" });
}

function waitMs({ first, isHint }: Subject): number {
  return isHint && !isOwned(first) ? hintOfNobodyWaitMs(first.attempts) : backOffMs(first.attempts);
}

function putBack(
  worker: NoticeWorker,
  { events, first }: Subject,
  how: Pick<Postponement, "delayMs" | "why" | "setback">,
): Promise<void> {
  return postponeNotices({ ...how, events, worker: worker.name, isOwned: isOwned(first) });
}
