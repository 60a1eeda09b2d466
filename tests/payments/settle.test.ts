import { describe, expect, test } from "vitest";
import type { PaymentState, ReportedStatus } from "@/lib/payments/gateway";
import { database } from "@/tests/support/database";
import {
  mailsOf,
  notify,
  open,
  pay,
  paymentOf,
  subscriptionOf,
  tokenOf,
  workInbox,
} from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row, type Shop } from "./support/shops";

const flow = flowInHand();
const days = (count: number) => new Date(Date.now() + count * 86_400_000);
const inDays = (instant: Date | null) =>
  Math.round(((instant?.getTime() ?? 0) - Date.now()) / 86_400_000) + 0; // no minus zero

/** What the gateway would have to say for everything to be right. */
async function rightState(paymentId: string, normalized: ReportedStatus): Promise<PaymentState> {
  const { amount, reference } = await row<{ amount: number; reference: string }>(
    "select p.amount, r.reference from public.payments p join private.payment_references r on r.payment_id = p.id and r.kind = 'order' where p.id = $1",
    [paymentId],
  );
  return {
    normalized,
    rawStatus: normalized,
    reference,
    amountExpectedMinor: amount,
    amountPaidMinor: amount,
    amountRefundedMinor: normalized === "refunded" ? amount : normalized === "partially_refunded" ? 1_000 : 0,
    currency: "CLP",
    underpaid: false,
    reason: null,
    updatedAt: null,
    objection: null,
    references: [],
  };
}

async function tell(
  shop: Shop,
  paymentId: string,
  state: PaymentState,
): Promise<{ verdict: string; from: string; to: string }> {
  const { applied } = await row<{ applied: { verdict: string; from: string; to: string } }>(
    "select private.apply_payment_state($1, $2, $3, now(), '{}') as applied",
    [shop.id, paymentId, JSON.stringify(state)],
  );
  return applied;
}

async function anOpenPayment(options?: Parameters<typeof aShop>[0]): Promise<{ shop: Shop; id: string }> {
  const shop = await aShop(options);
  return { shop, id: (await open(flow, shop)).paymentId };
}

describe("money that arrived", () => {
  test("activates the subscription, applies the tier's limits, leaves an audit entry and one mail", async () => {
    const shop = await aShop({ tier: "basic" });
    const paymentId = await pay(flow, shop);
    expect(await paymentOf(paymentId)).toMatchObject({ status: "succeeded", refunded_amount: 0 });
    const subscription = await subscriptionOf(shop);
    expect(subscription).toMatchObject({ status: "active", tier_code: "pro" });
    expect(inDays(subscription.current_period_end)).toBeGreaterThanOrEqual(28);
    expect(
      await row(
        "select max_count from public.usage_counters where organization_id = $1 and metric = 'customers'",
        [shop.id],
      ),
    ).toEqual({ max_count: 2_000 });
    expect(
      await count(
        "public.audit_entries where organization_id = $1 and action in ('payment.succeeded', 'subscription.activated')",
        [shop.id],
      ),
    ).toBe(2);
    expect(await mailsOf(shop)).toEqual(["activated"]);
    expect(await count("private.webhook_events where status = 'received'")).toBe(0);
  });

  test("told a hundred times more changes nothing and sends nothing", async () => {
    const shop = await aShop();
    const paymentId = await pay(flow, shop);
    const before = await subscriptionOf(shop);
    const state = await rightState(paymentId, "succeeded");
    for (let repeat = 0; repeat < 100; repeat += 1)
      expect((await tell(shop, paymentId, state)).verdict).toBe("same");
    expect(await subscriptionOf(shop)).toEqual(before);
    expect(await mailsOf(shop)).toEqual(["activated"]);
    expect(await count("private.payment_ledger where payment_id = $1", [paymentId])).toBe(1);
  });

  test("told by sixteen workers at once gives one period", async () => {
    const { shop, id } = await anOpenPayment();
    const state = await rightState(id, "succeeded");
    const verdicts = await Promise.all(Array.from({ length: 16 }, () => tell(shop, id, state)));
    expect(verdicts.filter(({ verdict }) => verdict === "apply")).toHaveLength(1);
    expect(await count("private.payment_ledger where payment_id = $1", [id])).toBe(1);
    expect(await mailsOf(shop)).toHaveLength(1);
  });

  test("that was refused tells the payer and leaves the subscription alone", async () => {
    const shop = await aShop({ tier: "basic" });
    const opened = await open(flow, shop);
    await flow.decide(tokenOf(opened), { status: 3 });
    await notify(tokenOf(opened));
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("failed");
    expect((await subscriptionOf(shop)).status).toBe("pending_payment");
    expect(await mailsOf(shop)).toEqual(["failed"]);
  });

  test("never came, and an hour after its page closed the payment expires", async () => {
    const { shop, id } = await anOpenPayment();
    await database().owner.query(
      "update public.payments set expires_at = now() - interval '59 minutes' where id = $1",
      [id],
    );
    expect((await tell(shop, id, await rightState(id, "pending"))).verdict).toBe("same");
    await database().owner.query(
      "update public.payments set expires_at = now() - interval '61 minutes' where id = $1",
      [id],
    );
    expect((await tell(shop, id, await rightState(id, "pending"))).to).toBe("expired");
  });
});

describe("money that is not the money we asked for goes to people and grants nothing", () => {
  const changes: Record<string, Partial<PaymentState>> = {
    "a hundredth of the price": { amountExpectedMinor: 990, amountPaidMinor: 990 },
    "a hundred times the price": { amountExpectedMinor: 9_900_000, amountPaidMinor: 9_900_000 },
    "one peso less": { amountExpectedMinor: 98_999, amountPaidMinor: 98_999 },
    "one peso more": { amountExpectedMinor: 99_001, amountPaidMinor: 99_001 },
    "the fee taken off": { amountPaidMinor: 94_500 },
    "nothing paid": { amountPaidMinor: 0 },
    "a negative amount": { amountPaidMinor: -99_000 },
    "no paid amount": { amountPaidMinor: null },
    "no expected amount": { amountExpectedMinor: null },
    "no amount at all": { amountExpectedMinor: null, amountPaidMinor: null },
    "another order's amount asked, ours paid": { amountExpectedMinor: 49_000 },
    "our amount asked, another paid": { amountPaidMinor: 49_000 },
    "more than a double holds": { amountPaidMinor: 9_007_199_254_740_991 },
    dollars: { currency: "USD" },
    "pesos of another country": { currency: "ARS" },
    "no currency": { currency: null },
    "the currency in small letters": { currency: "clp" },
    "somebody else's order": { reference: "00000000000000000000000000000000" },
    "no order": { reference: null },
    "a test payment": { objection: "test-mode" },
    "another merchant's account": { objection: "foreign-account" },
    "a part in another coin": { underpaid: true },
  };

  test.each(Object.keys(changes))("%s", async (what) => {
    const { shop, id } = await anOpenPayment({ tier: "basic" });
    const state = { ...(await rightState(id, "succeeded")), ...changes[what] };
    expect(await tell(shop, id, state)).toMatchObject({ verdict: "review", to: "review" });
    expect((await paymentOf(id)).status).toBe("review");
    expect(await subscriptionOf(shop)).toMatchObject({ status: "pending_payment", tier_code: "basic" });
    expect(await count("private.payment_ledger where payment_id = $1", [id])).toBe(0);
    expect(await count("private.security_events where kind = 'payment.review' and subject = $1", [id])).toBe(
      1,
    );
    expect(
      await count("private.outbox where name = 'alert.raise' and payload ->> 'subject' = $1", [id]),
    ).toBe(1);
    expect(await mailsOf(shop)).toEqual(["review"]);
    // Hearing it again neither alarms again nor lets it through.
    expect((await tell(shop, id, await rightState(id, "succeeded"))).verdict).toBe("same");
    expect(await mailsOf(shop)).toEqual(["review"]);
  });

  test("the fields of two real payments swapped send both to review", async () => {
    const mine = await anOpenPayment();
    const theirs = await anOpenPayment();
    const [one, other] = [await rightState(mine.id, "succeeded"), await rightState(theirs.id, "succeeded")];
    await tell(mine.shop, mine.id, { ...one, reference: other.reference });
    await tell(theirs.shop, theirs.id, { ...other, reference: one.reference });
    expect([(await paymentOf(mine.id)).status, (await paymentOf(theirs.id)).status]).toEqual([
      "review",
      "review",
    ]);
  });

  test("a lie of the gateway's wire ends there too", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    await flow.decide(tokenOf(opened), {
      status: 2,
      lies: { amount: 990, paymentData: { amount: 990, currency: "CLP" } },
    });
    await notify(tokenOf(opened));
    await workInbox(flow);
    expect(await paymentOf(opened.paymentId)).toMatchObject({ status: "review", reason: "amount_differs" });
  });
});

describe("the order of events", () => {
  const steps: ReportedStatus[] = ["pending", "processing", "succeeded", "partially_refunded", "refunded"];

  test("of one life does not matter: every permutation ends in the same state", async () => {
    const shop = await aShop();
    for (const order of permutations(steps)) {
      const id = (await open(flow, shop)).paymentId;
      for (const status of order) await tell(shop, id, await rightState(id, status));
      // Money seen first through its refund was never usable: it ends refunded all the same.
      expect((await paymentOf(id)).status, order.join(" → ")).toBe("refunded");
    }
  }, 60_000);

  const legal: Record<string, readonly string[]> = {
    creating: [
      "pending",
      "processing",
      "succeeded",
      "failed",
      "cancelled",
      "expired",
      "partially_refunded",
      "refunded",
      "disputed",
    ],
    pending: [
      "processing",
      "succeeded",
      "failed",
      "cancelled",
      "expired",
      "partially_refunded",
      "refunded",
      "disputed",
    ],
    processing: ["succeeded", "failed", "cancelled", "expired", "partially_refunded", "refunded", "disputed"],
    succeeded: ["partially_refunded", "refunded", "disputed"],
    partially_refunded: ["refunded", "disputed"],
    disputed: ["succeeded", "partially_refunded", "refunded"],
    review: ["refunded"],
    failed: [],
    cancelled: [],
    expired: [],
    refunded: [],
  };
  const reported: ReportedStatus[] = [
    "pending",
    "processing",
    "succeeded",
    "failed",
    "cancelled",
    "expired",
    "partially_refunded",
    "refunded",
    "disputed",
  ];

  test.each(Object.keys(legal))("from %s leads only where the lattice allows", async (from) => {
    for (const to of reported) {
      const { verdict } = await row<{ verdict: string }>(
        "select private.payment_transition($1, $2) as verdict",
        [from, to],
      );
      expect(verdict === "apply", `${from} → ${to}`).toBe(legal[from]?.includes(to));
    }
  });

  test("late money after %s waits for a person", async () => {
    for (const dead of ["failed", "cancelled", "expired"] as const) {
      const { shop, id } = await anOpenPayment();
      await tell(shop, id, await rightState(id, dead));
      await tell(shop, id, await rightState(id, "succeeded"));
      expect(await paymentOf(id)).toMatchObject({ status: "review", reason: `paid_after_${dead}` });
      expect((await subscriptionOf(shop)).status).toBe("pending_payment");
    }
  });

  test("an impossible step changes nothing and is counted", async () => {
    const { shop, id } = await anOpenPayment();
    await tell(shop, id, await rightState(id, "succeeded"));
    const counter = () =>
      row<{ n: number }>(
        "select coalesce(sum(n), 0)::int as n from private.payment_counters where name = 'illegal_transition'",
      );
    const { n: before } = await counter();
    expect((await tell(shop, id, await rightState(id, "pending"))).verdict).toBe("illegal");
    expect((await tell(shop, id, await rightState(id, "failed"))).verdict).toBe("illegal");
    expect((await counter()).n).toBe(before + 2);
    expect((await paymentOf(id)).status).toBe("succeeded");
  });

  test("an answer from before a dispute does not end it, nor makes the last question older", async () => {
    const { shop, id } = await anOpenPayment();
    const asked = async (status: ReportedStatus, secondsAgo: number) =>
      (
        await row<{ applied: { verdict: string } }>(
          "select private.apply_payment_state($1, $2, $3, now() - make_interval(secs => $4), '{}') as applied",
          [shop.id, id, JSON.stringify(await rightState(id, status)), secondsAgo],
        )
      ).applied.verdict;
    await asked("succeeded", 60);
    await asked("disputed", 20);
    expect(await asked("succeeded", 40)).toBe("same");
    expect(await paymentOf(id)).toMatchObject({ status: "disputed" });
    expect((await subscriptionOf(shop)).status).toBe("grace");
    expect(
      await count("public.payments where id = $1 and checked_at > now() - interval '30 seconds'", [id]),
    ).toBe(1);
    expect(await asked("succeeded", 0)).toBe("apply");
    expect(await paymentOf(id)).toMatchObject({ status: "succeeded" });
  });

  test("an older answer than the one applied is not applied", async () => {
    const { shop, id } = await anOpenPayment();
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds));
    await tell(shop, id, { ...(await rightState(id, "processing")), updatedAt: at(10) });
    expect((await tell(shop, id, { ...(await rightState(id, "failed")), updatedAt: at(5) })).verdict).toBe(
      "same",
    );
    expect(
      (await tell(shop, id, { ...(await rightState(id, "succeeded")), updatedAt: at(20) })).verdict,
    ).toBe("apply");
  });
});

describe("the period that was paid for", () => {
  test("begins when the trial ends, and the tier holds at once", async () => {
    const shop = await aShop({ tier: "pro", status: "trialing", trialEndsAt: days(10) });
    await pay(flow, shop, { tier: "premium" });
    const subscription = await subscriptionOf(shop);
    expect(subscription).toMatchObject({ status: "active", tier_code: "premium" });
    expect(inDays(subscription.current_period_start)).toBe(10);
    expect(inDays(subscription.current_period_end)).toBeGreaterThanOrEqual(38);
  });

  test("begins now when the trial has already ended", async () => {
    const shop = await aShop({ status: "trialing", trialEndsAt: days(-5) });
    await pay(flow, shop);
    expect(inDays((await subscriptionOf(shop)).current_period_start)).toBe(0);
  });

  test("follows the running one when the same tier is paid again: nothing is lost, nothing doubled", async () => {
    const shop = await aShop({ status: "active", periodStart: days(-10), periodEnd: days(20) });
    await pay(flow, shop);
    const subscription = await subscriptionOf(shop);
    expect(inDays(subscription.current_period_start)).toBe(-10);
    expect(inDays(subscription.current_period_end)).toBeGreaterThanOrEqual(48);
    expect(await mailsOf(shop)).toEqual(["received"]);
  });

  test("begins now for a dearer tier", async () => {
    const shop = await aShop({
      tier: "basic",
      status: "active",
      periodStart: days(-10),
      periodEnd: days(20),
    });
    await pay(flow, shop, { tier: "pro" });
    const subscription = await subscriptionOf(shop);
    expect(subscription.tier_code).toBe("pro");
    expect(inDays(subscription.current_period_start)).toBe(0);
    expect(inDays(subscription.current_period_end)).toBeLessThanOrEqual(31);
  });

  test("of a cheaper tier begins when the running one ends, and the tier changes that day", async () => {
    const shop = await aShop({ tier: "pro", status: "active", periodStart: days(-10), periodEnd: days(20) });
    const paymentId = await pay(flow, shop, { tier: "basic" });
    expect(await subscriptionOf(shop)).toMatchObject({ tier_code: "pro", status: "active" });
    expect(inDays((await subscriptionOf(shop)).current_period_end)).toBeGreaterThanOrEqual(48);
    const { owner } = database();
    await owner.query("select private.apply_due_periods()");
    expect((await subscriptionOf(shop)).tier_code).toBe("pro");
    await owner.query(
      "update private.payment_ledger set period_start = now() - interval '1 second' where payment_id = $1",
      [paymentId],
    );
    await owner.query("select private.apply_due_periods()");
    expect((await subscriptionOf(shop)).tier_code).toBe("basic");
    expect(
      await row(
        "select max_count from public.usage_counters where organization_id = $1 and metric = 'customers'",
        [shop.id],
      ),
    ).toEqual({ max_count: 500 });
    expect(await row("select private.apply_due_periods() as n")).toEqual({ n: 0 });
  });

  test.each(["past_due", "grace"])("of a shop that is %s continues from what was paid", async (status) => {
    const shop = await aShop({ status, periodStart: days(-35), periodEnd: days(-5) });
    await pay(flow, shop);
    const subscription = await subscriptionOf(shop);
    expect(subscription.status).toBe("active");
    expect(inDays(subscription.current_period_start)).toBe(-5);
    expect(inDays(subscription.current_period_end)).toBeLessThanOrEqual(26);
  });

  test("covers today even when the debt is older than a period", async () => {
    const shop = await aShop({ status: "past_due", periodStart: days(-200), periodEnd: days(-170) });
    await pay(flow, shop);
    expect(inDays((await subscriptionOf(shop)).current_period_end)).toBeGreaterThanOrEqual(28);
  });

  test.each(["suspended", "expired", "pending_payment"])(
    "of a shop that is %s begins now",
    async (status) => {
      const shop = await aShop({ status, periodStart: days(-90), periodEnd: days(-60) });
      await pay(flow, shop);
      expect((await subscriptionOf(shop)).status).toBe("active");
      expect(inDays((await subscriptionOf(shop)).current_period_start)).toBe(0);
    },
  );

  test("of a shop that had cancelled is a subscription anew", async () => {
    const shop = await aShop({ status: "cancelled" });
    await pay(flow, shop);
    expect(await subscriptionOf(shop)).toMatchObject({ status: "active", tier_code: "pro" });
    expect(await count("public.subscriptions where organization_id = $1", [shop.id])).toBe(2);
  });

  test("paid twice by mistake is two periods", async () => {
    const shop = await aShop();
    await pay(flow, shop);
    await pay(flow, shop);
    expect(inDays((await subscriptionOf(shop)).current_period_end)).toBeGreaterThanOrEqual(58);
  });

  test.each([
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z", "month", "2026-02-28T12:00:00Z"],
    ["2026-01-31T12:00:00Z", "2026-02-28T12:00:00Z", "month", "2026-03-31T12:00:00Z"],
    ["2026-01-31T12:00:00Z", "2026-03-31T12:00:00Z", "month", "2026-04-30T12:00:00Z"],
    ["2024-02-29T00:30:00Z", "2024-02-29T00:30:00Z", "year", "2025-02-28T00:30:00Z"],
    ["2024-02-29T00:30:00Z", "2027-02-28T00:30:00Z", "year", "2028-02-29T00:30:00Z"],
    ["2026-04-04T03:30:00Z", "2026-04-04T03:30:00Z", "month", "2026-05-04T03:30:00Z"],
  ])("anchored %s, from %s for a %s, ends %s", async (anchor, start, interval, end) => {
    const { at } = await row<{ at: Date }>("select private.next_period_end($1, $2, $3) as at", [
      anchor,
      start,
      interval,
    ]);
    expect(at).toEqual(new Date(end));
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
