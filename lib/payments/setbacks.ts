import "server-only";
import { backOffMs, outageWaitMs } from "./back-off";
import { type ClaimedNotice, postponeNotices } from "./claimed-notices";
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
}

const UNKNOWN_REFERENCE_CEILING_MS = 30 * 60_000;
const OTHER_WORKER_MS = 5_000;

/** Puts notices back that failed for a reason of their own. */
export function postpone(worker: NoticeWorker, { events, first }: Subject, why: string): Promise<void> {
  return postponeNotices(events, worker.name, backOffMs(first.attempts), why, "failure");
}

/** Puts notices back whose question the gateway did not answer. */
export function postponeAfter(worker: NoticeWorker, subject: Subject, failure: Failure): Promise<void> {
  const { events, first } = subject;
  const why = `${failure.kind}: ${failure.code} ${failure.detail}`.trim();
  // A gateway that is away, or that we hold back from, is no fault of the notice; nonsense in its answer may be.
  const isAway =
    failure.kind === "rate-limited" || (failure.kind === "unavailable" && failure.code !== "malformed");
  if (!isAway) return postpone(worker, subject, why);
  const waitMs = outageWaitMs(first.claimed_at.getTime() - first.received_at.getTime());
  return postponeNotices(events, worker.name, Math.max(waitMs, failure.retryAfterMs ?? 0), why, "outage");
}

/** Another worker is setting up the same renewal: no fault of the notice, and soon over. */
export function waitForOther(worker: NoticeWorker, { events }: Subject): Promise<void> {
  return postponeNotices(events, worker.name, OTHER_WORKER_MS, "another worker sets this up", "outage");
}

/** The name is not ours, or not yet: our own commit may still be under way. Not kept for ever. */
export function waitForOwner(worker: NoticeWorker, { events, first }: Subject): Promise<void> {
  const delayMs = Math.min(backOffMs(first.attempts), UNKNOWN_REFERENCE_CEILING_MS);
  return postponeNotices(events, worker.name, delayMs, "unknown reference", "unknown-reference");
}
