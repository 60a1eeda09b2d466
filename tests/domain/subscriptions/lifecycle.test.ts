import { describe, expect, test } from "vitest";
import { type LifeEvent, nextLook, type Subscription, transition } from "@/lib/subscriptions/lifecycle";
import type { SubscriptionStatus } from "@/lib/subscriptions/steps";

const start = new Date("2026-03-01T12:00:00Z");
const day = (count: number) => new Date(start.getTime() + count * 86_400_000);
const known: LifeEvent = { kind: "clock", unconfirmed: null };
const unknown: LifeEvent = { kind: "clock", unconfirmed: "payment_open" };

const aSubscription = (over: Partial<Subscription> = {}): Subscription => ({
  status: "active",
  stateSince: start,
  trialEndsAt: null,
  paidUntil: day(30),
  cancelAtPeriodEnd: false,
  isDisputed: false,
  isCollected: false,
  ...over,
});
const trial = aSubscription({ status: "trialing", trialEndsAt: day(14), paidUntil: null });

/** The states and mails of a subscription to which nothing happens but time, looked at whenever it is due. */
function live(subscription: Subscription, days: number, event: LifeEvent = known): string[] {
  const story: string[] = [];
  const told = new Set<string>();
  let [current, now] = [subscription, start];
  while (now <= day(days)) {
    const { next, effects } = transition(current, event, now);
    const at = Math.round((now.getTime() - start.getTime()) / 86_400_000);
    for (const effect of effects) {
      if (effect.kind === "invoice") story.push(`${at} invoice`);
      if (effect.kind !== "mail" || told.has(`${effect.mail} ${effect.key.toISOString()}`)) continue;
      told.add(`${effect.mail} ${effect.key.toISOString()}`);
      story.push(`${at} ✉ ${effect.mail}`);
    }
    if (next.status === current.status) now = nextLook(next, null, now);
    else story.push(`${at} → ${next.status}`);
    current = next;
  }
  return story;
}

describe("time alone", () => {
  test("reminds a trial three times, ends it and leaves it readable", () => {
    expect(live(trial, 200)).toEqual([
      "7 ✉ trial_7",
      "11 ✉ trial_3",
      "13 ✉ trial_1",
      "14 ✉ trial_0",
      "14 → expired",
    ]);
  });

  test.each([
    [14, 7, 7],
    [5, 0, 5],
    [5, 0.5, 5],
    [2, 0, 2],
    [1, 0.2, 1],
  ])(
    "reminds a trial of %i days, looked at after %d, of the %i days that are left in truth",
    (days, after, left) => {
      const { effects } = transition({ ...trial, trialEndsAt: day(days) }, known, day(after));
      expect(effects).toMatchObject([{ kind: "mail", key: day(days), facts: { days: left } }]);
    },
  );

  test("takes an unpaid shop through past due and grace into suspension, and ends it after 45 days", () => {
    expect(live(aSubscription(), 200)).toEqual([
      "23 ✉ renewal_coming",
      "30 invoice",
      "30 ✉ past_due",
      "30 → past_due",
      "31 ✉ charge_failed",
      "33 ✉ charge_failed",
      "35 ✉ charge_failed",
      "37 ✉ grace",
      "37 → grace",
      "44 ✉ suspended",
      "44 → suspended",
      "89 ✉ cancelled",
      "89 → cancelled",
    ]);
  });

  test("tells a shop whose gateway collects nothing before the charge", () => {
    expect(live(aSubscription({ isCollected: true }), 25)).toEqual([]);
  });

  test("ends what the owner cancelled when it runs out, without dunning", () => {
    expect(live(aSubscription({ cancelAtPeriodEnd: true }), 200)).toEqual([
      "30 ✉ cancelled",
      "30 → cancelled",
    ]);
    expect(live({ ...trial, cancelAtPeriodEnd: true }, 200)).toEqual(["14 ✉ cancelled", "14 → cancelled"]);
  });

  test("begins to count when a state begins: a worker that was away for a month takes no day from anybody", () => {
    const late = transition(aSubscription(), known, day(60)).next;
    expect(late).toMatchObject({ status: "past_due", stateSince: day(60) });
    expect(transition(late, known, day(66)).next.status).toBe("past_due");
    expect(transition(late, known, day(67)).next.status).toBe("grace");
  });

  test("stops at nobody's door while a payment is disputed", () => {
    const disputed = transition(aSubscription(), { kind: "chargeback" }, day(1)).next;
    expect(live(disputed, 300)).toEqual([]);
  });
});

describe("what is not known", () => {
  test.each([
    ["active", 30],
    ["past_due", 7],
    ["grace", 7],
    ["suspended", 45],
  ] as const)("never moves a shop that is %s towards suspension, however long it lasts", (status, days) => {
    const subscription = aSubscription({ status });
    for (const at of [days, days + 1, days + 400]) {
      const { next, effects } = transition(subscription, unknown, day(at));
      expect(next).toEqual(subscription);
      expect(effects).toEqual([{ kind: "ask" }, { kind: "hold", because: "payment_open" }]);
      expect(transition(subscription, known, day(at)).next.status).not.toBe(status);
    }
  });

  test("does not hold back an owner who leaves", () => {
    expect(transition(aSubscription({ cancelAtPeriodEnd: true }), unknown, day(30)).next.status).toBe(
      "cancelled",
    );
  });
});

describe("an event", () => {
  const paidUntil = day(60);
  const nothing = { paidUntil: null, isDisputed: false };
  const cases: [SubscriptionStatus, LifeEvent, SubscriptionStatus, Partial<Subscription>?][] = [
    ["pending_payment", { kind: "paid", paidUntil }, "active"],
    ["trialing", { kind: "paid", paidUntil }, "active"],
    ["active", { kind: "paid", paidUntil }, "active"],
    ["past_due", { kind: "paid", paidUntil }, "active"],
    ["grace", { kind: "paid", paidUntil }, "active"],
    ["grace", { kind: "paid", paidUntil }, "grace", { isDisputed: true }],
    ["suspended", { kind: "paid", paidUntil }, "active"],
    ["expired", { kind: "paid", paidUntil }, "active"],
    ["cancelled", { kind: "paid", paidUntil }, "cancelled"],
    ["active", { kind: "upgrade", paidUntil }, "active"],
    ["active", { kind: "downgrade" }, "active"],
    ["active", { kind: "charge_failed" }, "active"],
    ["past_due", { kind: "charge_failed" }, "past_due"],
    ["active", { kind: "cancel" }, "active"],
    ["trialing", { kind: "cancel" }, "trialing"],
    ["past_due", { kind: "cancel" }, "cancelled", { paidUntil: start }],
    ["suspended", { kind: "cancel" }, "cancelled", { paidUntil: start }],
    ["active", { kind: "resume" }, "active", { cancelAtPeriodEnd: true }],
    ["active", { kind: "chargeback" }, "grace"],
    ["past_due", { kind: "chargeback" }, "grace"],
    ["suspended", { kind: "chargeback" }, "suspended"],
    ["grace", { kind: "dispute_won", paidUntil, isDisputed: false }, "active", { isDisputed: true }],
    ["grace", { kind: "dispute_won", paidUntil, isDisputed: true }, "grace", { isDisputed: true }],
    ["grace", { kind: "dispute_won", ...nothing }, "past_due", { isDisputed: true }],
    ["grace", { kind: "dispute_won", ...nothing }, "trialing", { isDisputed: true, trialEndsAt: day(20) }],
    ["active", { kind: "refund", ...nothing }, "grace"],
    ["active", { kind: "refund", ...nothing }, "trialing", { trialEndsAt: day(20) }],
    ["active", { kind: "refund", paidUntil, isDisputed: false }, "active"],
    ["suspended", { kind: "refund", ...nothing }, "suspended"],
    ["expired", { kind: "extend", until: day(40) }, "trialing"],
    ["suspended", { kind: "extend", until: day(40) }, "active"],
  ];

  test.each(cases)("finds a shop %s, is %j, and leaves it %s", (from, event, to, over = {}) => {
    const { next } = transition(aSubscription({ status: from, ...over }), event, day(10));
    expect(next.status).toBe(to);
    if (from !== to) expect(next.stateSince).toEqual(day(10));
  });

  test("of paying takes back a cancellation, and so does resuming", () => {
    const leaving = aSubscription({ cancelAtPeriodEnd: true });
    expect(transition(leaving, { kind: "paid", paidUntil }, day(1)).next.cancelAtPeriodEnd).toBe(false);
    expect(transition(leaving, { kind: "resume" }, day(1)).next.cancelAtPeriodEnd).toBe(false);
  });
});
