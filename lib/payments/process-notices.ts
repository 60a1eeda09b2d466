import "server-only";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { createAllowance } from "./allowance";
import { applyAutoRenewal, askAboutAutoRenewal, failAutoRenewal } from "./ask-auto-renewal";
import { applyState, type ClaimedNotice, claimNotices, ignoreNotices } from "./claimed-notices";
import { findOwner } from "./find-owner";
import type { Gateway, NativeSubscriptions, PaymentState } from "./gateway";
import { mayCapture } from "./may-capture";
import { areTold, reachingBackTo, readNamedCharges } from "./named-charges";
import type { Outcome } from "./outcome";
import { askingAlone } from "./renewal-lease";
import {
  isOwned,
  type NoticeWorker,
  postpone,
  postponeAfter,
  type Subject,
  waitForOther,
  waitForOwner,
} from "./setbacks";
import { readAutoRenewal, type StoredAutoRenewal } from "./stored-auto-renewal";

const BATCH = 10;
const LEASE_SECONDS = 60;
/** Of hints that name nobody this process takes so many at once, and so many in a minute: each is a question. */
const OF_NOBODY_AT_ONCE = 3;
const ofNobody = createAllowance(60);
/** A checkout younger than this may still be on its way to the gateway. */
const CREATING_GRACE_MS = 120_000;

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
    Math.min(OF_NOBODY_AT_ONCE, ofNobody.left()),
  );
  ofNobody.take(claimed.filter((one) => one.verified_by === "hint" && !isOwned(one)).length);
  await Promise.all(subjectsOf(claimed).map((subject) => processSubject(worker, subject)));
  return claimed.length;
}

function subjectsOf(notices: readonly ClaimedNotice[]): Subject[] {
  const groups = Map.groupBy(notices, (one) => `${one.gateway} ${nameOf(one)}`);
  return [...groups].flatMap(([key, group]) => {
    const [first] = group;
    if (!first) return [];
    const isOurQuestion = group.every(({ verified_by }) => verified_by === "sweep");
    const charges = group.flatMap(({ payment_id }) => payment_id ?? []);
    const isHint = group.every(({ verified_by }) => verified_by === "hint");
    return [{ key, first, events: group.map(({ id }) => id), charges, isOurQuestion, isHint }];
  });
}

function nameOf(notice: ClaimedNotice): string | number {
  const owner = notice.refund_id ?? notice.auto_renewal_id ?? notice.payment_id;
  if (owner !== null) return owner;
  return notice.reference === null ? notice.id : `${notice.reference_kind} ${notice.reference}`;
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
  const found = worker.gateways.find(first.gateway);
  if (found.state !== "on") return postpone(worker, subject, `gateway ${found.state}`);
  const { gateway } = found;
  if (isOwned(first)) return workOwned(worker, subject, gateway);
  const owned = await findOwner(gateway, { ...first, reference: first.reference });
  if (!owned.ok) return postponeAfter(worker, subject, owned.failure);
  if (owned.value === null) return waitForOwner(worker, subject);
  return workOwned(worker, { ...subject, first: owned.value }, gateway);
}

function workOwned(worker: NoticeWorker, subject: Subject, gateway: Gateway): Promise<void> {
  const { first } = subject;
  if (first.refund_id !== null) return workRefund(worker, subject, gateway);
  if (first.auto_renewal_id !== null)
    return workRenewalAlone(worker, subject, gateway, first.auto_renewal_id);
  return workPayment(worker, subject, gateway);
}

async function workRenewalAlone(
  worker: NoticeWorker,
  subject: Subject,
  { subscriptions: native }: Gateway,
  id: string,
): Promise<void> {
  const { organization_id } = subject.first;
  if (organization_id === null || !native) return postpone(worker, subject, "this gateway has no renewals");
  const done = await askingAlone(organization_id, id, () =>
    workAutoRenewal(worker, subject, native, organization_id, id),
  );
  if (done === null) await waitForOther(worker, subject);
}

async function workAutoRenewal(
  worker: NoticeWorker,
  subject: Subject,
  native: NativeSubscriptions,
  organizationId: string,
  id: string,
): Promise<void> {
  const { events } = subject;
  const charges = await readNamedCharges(subject);
  const renewal = reachingBackTo(await readAutoRenewal(organizationId, id), charges);
  const asked = await askAboutAutoRenewal(native, renewal);
  await worker.onStep?.("fetched", subject.key);
  if (!asked.ok) return postponeAfter(worker, subject, asked.failure);
  if (asked.value.state === null) {
    if (!wasNeverSetUp(renewal)) return postpone(worker, subject, "the gateway does not know this renewal");
    await failAutoRenewal(renewal, "never_reached_gateway");
  }
  const isWhole = areTold(charges, asked.value.charges);
  // The question is as old as the reading: what was wished for since then belongs to the next one.
  const applied = await applyAutoRenewal(renewal, asked.value, renewal.readAt, isWhole ? events : []);
  log.info({ subject: "auto_renewal", id, ...applied }, "a gateway's answer was applied");
  if (!isWhole) return postpone(worker, subject, "the gateway's list lacks a charge that a notice names");
  await worker.onStep?.("applied", subject.key);
}

/** A setup of which the gateway, asked by our own reference, knows nothing: nobody ever saw its page. */
function wasNeverSetUp({ status, createdAt, readAt }: StoredAutoRenewal): boolean {
  return status === "creating" && readAt.getTime() - createdAt.getTime() >= CREATING_GRACE_MS;
}

async function workPayment(worker: NoticeWorker, subject: Subject, gateway: Gateway): Promise<void> {
  const { first } = subject;
  const fetched = await gateway.fetchStatus(first.names, () =>
    mayCapture(first.organization_id, first.payment_id),
  );
  await worker.onStep?.("fetched", subject.key);
  if (!fetched.ok) return postponeAfter(worker, subject, fetched.failure);
  const state = fetched.value ?? neverReached(first);
  if (!state && subject.isOurQuestion && isGivenUp(first))
    return ignoreNotices(subject.events, "the gateway does not know this payment, which is over");
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
  const applied = await applyState(kind, first.organization_id, id, state, first.claimed_at, events, () =>
    worker.onStep?.("transitioned", subject.key),
  );
  log.info({ subject: kind, id, ...applied }, "a gateway's answer was applied");
  await worker.onStep?.("applied", subject.key);
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

/** Over without the gateway: it ended between our question and this answer. */
function isGivenUp({ payment_status }: ClaimedNotice): boolean {
  return payment_status === "failed" || payment_status === "cancelled" || payment_status === "expired";
}

function isUnanswerable(fetched: Outcome<unknown>): boolean {
  return !fetched.ok && fetched.failure.kind === "unsupported";
}
