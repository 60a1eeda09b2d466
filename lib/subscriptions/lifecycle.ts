import type { LifeEventKind, SubscriptionStatus } from "./steps";

/** A subscription, as far as its life depends on it. */
export interface Subscription {
  readonly status: SubscriptionStatus;
  /** When the state began, by the organization's clock. */
  readonly stateSince: Date;
  readonly trialEndsAt: Date | null;
  /** Through when it is paid, periods bought ahead included. */
  readonly paidUntil: Date | null;
  readonly cancelAtPeriodEnd: boolean;
  /** A payment of the shop is disputed: nobody knows yet whether it paid. */
  readonly isDisputed: boolean;
  /** A gateway collects by itself; else the owner pays by link. */
  readonly isCollected: boolean;
}

export type LifeEvent =
  /** @param unconfirmed why it is not known that nobody paid; null when the gateways said so within the hour */
  | { readonly kind: "clock"; readonly unconfirmed: string | null }
  | { readonly kind: "paid" | "upgrade"; readonly paidUntil: Date }
  | { readonly kind: "charge_failed" | "cancel" | "resume" | "downgrade" | "chargeback" }
  /** What the shop still has after money or its dispute went one way or the other; null: nothing that runs. */
  | {
      readonly kind: "dispute_won" | "refund";
      readonly paidUntil: Date | null;
      readonly isDisputed: boolean;
    }
  | { readonly kind: "extend"; readonly until: Date };

/** Mails that the clock brings. */
export type ClockMail =
  | "trial_7"
  | "trial_3"
  | "trial_1"
  | "trial_0"
  | "renewal_coming"
  | "past_due"
  | "charge_failed"
  | "grace"
  | "suspended"
  | "cancelled";

/** What a step brings along. A mail goes out once for its kind and key, whatever is replayed. */
export type Effect =
  | {
      readonly kind: "mail";
      readonly mail: ClockMail;
      readonly key: Date;
      readonly facts?: Readonly<Record<string, string | number | boolean>>;
    }
  /** The period that came due gets its open invoice. */
  | { readonly kind: "invoice" }
  /** Ask the gateways about whatever may still turn out to be paid. */
  | { readonly kind: "ask" }
  /** The step waits, because of what is not known. */
  | { readonly kind: "hold"; readonly because: string };

export interface Transition {
  readonly next: Subscription;
  readonly effects: readonly Effect[];
}

const DAY_MS = 86_400_000;
/** At most so many days are left when a reminder goes out; how many in truth, its mail tells. */
const REMINDER_DAYS = [1, 3, 7] as const;
const RENEWAL_NOTICE_DAYS = 7;
/** Days after the period's end on which a charge is tried or asked for again; day 0 is the step itself. */
const RETRY_DAYS = [5, 3, 1] as const;
const PAST_DUE_DAYS = 7;
const GRACE_DAYS = 7;
const SUSPENDED_DAYS = 45;
/** A subscription with nothing ahead is looked at all the same. */
const LOOK_ANYWAY_DAYS = 365;

/**
 * When a shop that owes is suspended, as long as it does not pay and the gateways confirm that.
 *
 * @param stateSince when it came into `status`
 * @returns null in every state that is not on the way there
 */
export function suspendsAt(status: string, stateSince: Date): Date | null {
  if (status === "past_due") return plusDays(stateSince, PAST_DUE_DAYS + GRACE_DAYS);
  return status === "grace" ? plusDays(stateSince, GRACE_DAYS) : null;
}

/**
 * What an event makes of a subscription. Pure: the clock is the caller's, and so is the world.
 *
 * A step towards suspension needs a confirmed negative: without one the subscription stays as it is, with the
 * reason, and the gateways are asked. Time in a state counts from when it began, not from when it should have.
 *
 * @see docs/decisions/0028 and PAYMENTS.md, "Subscription life cycle and dunning"
 */
export function transition(subscription: Subscription, event: LifeEvent, now: Date): Transition {
  if (subscription.status === "cancelled") return stay(subscription);
  switch (event.kind) {
    case "clock":
      return byClock(subscription, event.unconfirmed, now);
    case "paid":
    case "upgrade":
      return stay(paid(subscription, event.paidUntil, now));
    case "charge_failed":
      return stay(subscription, [{ kind: "ask" }]);
    case "cancel":
      return stay(cancelled(subscription, now));
    case "resume":
      return stay({ ...subscription, cancelAtPeriodEnd: false });
    case "downgrade":
      return stay(subscription); // the plan of the next period is no part of the state
    case "chargeback":
      return stay(settled({ ...subscription, isDisputed: true }, event.kind, now));
    case "dispute_won":
    case "refund": {
      const { paidUntil, isDisputed } = event;
      return stay(settled({ ...subscription, paidUntil, isDisputed }, event.kind, now));
    }
    case "extend":
      return stay(extended(subscription, event.until, now));
  }
}

/** When the clock next has something to do with a subscription that nothing else happens to. */
export function nextLook(subscription: Subscription, nextPeriodAt: Date | null, now: Date): Date {
  const { status, stateSince, trialEndsAt, paidUntil, isDisputed } = subscription;
  const ahead: (Date | null)[] = [nextPeriodAt];
  if (status === "trialing" && trialEndsAt)
    ahead.push(trialEndsAt, ...REMINDER_DAYS.map((days) => plusDays(trialEndsAt, -days)));
  if (paidUntil && (status === "active" || status === "grace"))
    ahead.push(paidUntil, plusDays(paidUntil, -RENEWAL_NOTICE_DAYS));
  if (status === "past_due")
    ahead.push(...[...RETRY_DAYS, PAST_DUE_DAYS].map((days) => plusDays(stateSince, days)));
  if (status === "grace" && !isDisputed) ahead.push(plusDays(stateSince, GRACE_DAYS));
  if (status === "suspended") ahead.push(plusDays(stateSince, SUSPENDED_DAYS));
  const later = ahead.flatMap((at) => (at && at > now ? [at.getTime()] : []));
  return later.length > 0 ? new Date(Math.min(...later)) : plusDays(now, LOOK_ANYWAY_DAYS);
}

function byClock(subscription: Subscription, unconfirmed: string | null, now: Date): Transition {
  switch (subscription.status) {
    case "trialing":
      return onTrial(subscription, now);
    case "active":
      return whileActive(subscription, unconfirmed, now);
    case "past_due":
      return whilePastDue(subscription, unconfirmed, now);
    case "grace":
      return inGrace(subscription, unconfirmed, now);
    case "suspended":
      return daysIn(subscription, now) < SUSPENDED_DAYS
        ? stay(subscription)
        : towardsSuspension(subscription, "cancelled", unconfirmed, now);
    default:
      return stay(subscription);
  }
}

/** An ended trial is read-only at once, whatever is known of payments; its step takes nothing more away. */
function onTrial(subscription: Subscription, now: Date): Transition {
  const { trialEndsAt, cancelAtPeriodEnd } = subscription;
  if (!trialEndsAt) return stay(subscription);
  if (now >= trialEndsAt) {
    return cancelAtPeriodEnd
      ? step(subscription, "cancelled", now, [mail("cancelled", trialEndsAt)])
      : step(subscription, "expired", now, [mail("trial_0", trialEndsAt)]);
  }
  const due = cancelAtPeriodEnd
    ? undefined
    : REMINDER_DAYS.find((days) => now >= plusDays(trialEndsAt, -days));
  const days = Math.ceil((trialEndsAt.getTime() - now.getTime()) / DAY_MS);
  return stay(subscription, due ? [mail(`trial_${due}`, trialEndsAt, { days })] : []);
}

function whileActive(subscription: Subscription, unconfirmed: string | null, now: Date): Transition {
  const { paidUntil, cancelAtPeriodEnd, isCollected } = subscription;
  if (!paidUntil) return stay(subscription);
  if (now >= paidUntil) {
    if (cancelAtPeriodEnd) return step(subscription, "cancelled", now, [mail("cancelled", paidUntil)]);
    return towardsSuspension(subscription, "past_due", unconfirmed, now, [
      { kind: "invoice" },
      mail("past_due", paidUntil, { isCollected }),
    ]);
  }
  const isSoon = !cancelAtPeriodEnd && !isCollected && now >= plusDays(paidUntil, -RENEWAL_NOTICE_DAYS);
  return stay(subscription, isSoon ? [mail("renewal_coming", paidUntil)] : []);
}

function whilePastDue(subscription: Subscription, unconfirmed: string | null, now: Date): Transition {
  const { stateSince, isCollected } = subscription;
  const elapsed = daysIn(subscription, now);
  if (elapsed >= PAST_DUE_DAYS) return towardsSuspension(subscription, "grace", unconfirmed, now);
  const day = RETRY_DAYS.find((days) => elapsed >= days);
  if (!day) return stay(subscription);
  const nextDay = RETRY_DAYS.toReversed().find((days) => days > day) ?? PAST_DUE_DAYS;
  const facts = { day, isCollected, retryOn: plusDays(stateSince, nextDay).toISOString() };
  return stay(subscription, [{ kind: "ask" }, mail("charge_failed", plusDays(stateSince, day), facts)]);
}

function inGrace(subscription: Subscription, unconfirmed: string | null, now: Date): Transition {
  const { paidUntil, cancelAtPeriodEnd, isDisputed } = subscription;
  if (isDisputed) return stay(subscription); // an open dispute is no confirmed negative: people decide
  if (cancelAtPeriodEnd && (!paidUntil || now >= paidUntil))
    return step(subscription, "cancelled", now, [mail("cancelled", paidUntil ?? now)]);
  return daysIn(subscription, now) < GRACE_DAYS
    ? stay(subscription)
    : towardsSuspension(subscription, "suspended", unconfirmed, now);
}

/** Missing information and gateways that are away never stop a shop: the step waits, and asks. */
function towardsSuspension(
  subscription: Subscription,
  status: "past_due" | "grace" | "suspended" | "cancelled",
  unconfirmed: string | null,
  now: Date,
  effects: readonly Effect[] = [mail(status, now)],
): Transition {
  return unconfirmed === null
    ? step(subscription, status, now, effects)
    : stay(subscription, [{ kind: "ask" }, { kind: "hold", because: unconfirmed }]);
}

function paid(subscription: Subscription, paidUntil: Date, now: Date): Subscription {
  const status = subscription.status === "grace" && subscription.isDisputed ? "grace" : "active";
  return moved({ ...subscription, paidUntil, cancelAtPeriodEnd: false }, status, now);
}

/** What is paid, or the trial, runs out; where nothing runs, it ends now. */
function cancelled(subscription: Subscription, now: Date): Subscription {
  const { status, paidUntil } = subscription;
  const runsOut = status === "active" || status === "trialing" || (paidUntil !== null && paidUntil > now);
  return runsOut ? { ...subscription, cancelAtPeriodEnd: true } : moved(subscription, "cancelled", now);
}

/**
 * After a refund or a dispute the state follows from what the shop still has. One that had already lost its access
 * gets it back by paying, not by being paid back.
 */
function settled(subscription: Subscription, event: LifeEventKind, now: Date): Subscription {
  const { status, paidUntil, trialEndsAt, isDisputed } = subscription;
  const isPaid = paidUntil !== null && paidUntil > now;
  if (status === "pending_payment") return subscription;
  if (status === "suspended" || status === "expired")
    return event === "dispute_won" && isPaid
      ? moved(subscription, isDisputed ? status : "active", now)
      : subscription;
  if (isDisputed) return moved(subscription, "grace", now);
  if (status === "past_due") return subscription;
  if (isPaid) return moved(subscription, "active", now);
  if (trialEndsAt && trialEndsAt > now) return moved(subscription, "trialing", now);
  if (status === "grace")
    return event === "dispute_won" ? moved(subscription, "past_due", now) : subscription;
  return moved(subscription, "grace", now);
}

function extended(subscription: Subscription, until: Date, now: Date): Subscription {
  const { status, isDisputed } = subscription;
  if (status === "trialing" || status === "expired" || status === "pending_payment")
    return moved({ ...subscription, trialEndsAt: until }, "trialing", now);
  const isHeld = status === "grace" && isDisputed;
  return moved({ ...subscription, paidUntil: until }, isHeld ? "grace" : "active", now);
}

function stay(next: Subscription, effects: readonly Effect[] = []): Transition {
  return { next, effects };
}

function step(
  subscription: Subscription,
  status: SubscriptionStatus,
  now: Date,
  effects: readonly Effect[],
): Transition {
  return { next: moved(subscription, status, now), effects };
}

/** A state that stays keeps its beginning; an intention to leave ends with what could be left. */
function moved(subscription: Subscription, status: SubscriptionStatus, now: Date): Subscription {
  if (status === subscription.status) return subscription;
  const isOpen = status === "active" || status === "trialing" || status === "grace";
  return {
    ...subscription,
    status,
    stateSince: now,
    cancelAtPeriodEnd: subscription.cancelAtPeriodEnd && isOpen,
  };
}

function mail(kind: ClockMail, key: Date, facts?: Extract<Effect, { kind: "mail" }>["facts"]): Effect {
  return facts ? { kind: "mail", mail: kind, key, facts } : { kind: "mail", mail: kind, key };
}

function daysIn(subscription: Subscription, now: Date): number {
  return (now.getTime() - subscription.stateSince.getTime()) / DAY_MS;
}

function plusDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}
