import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  approveRefund,
  approveReview,
  type ReviewDecision,
  resolveReview,
  reviewDecision,
} from "@/lib/payments";
import type { PaymentState } from "@/lib/payments/gateway";
import { APP_URL, open, ownerOf, paymentOf, subscriptionOf, tokenOf } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { balancesOf, brokenInvariants } from "./support/ledger";
import { aShop, count, row, type Shop } from "./support/shops";
import { staffMember } from "./support/staff";
import { rightState, tell, tellRefund } from "./support/states";

const flow = flowInHand();
const root = staffMember();
const another = staffMember();
const support = staffMember({ role: "support" });
const setting = () => ({ gateways: flow.gateways, appUrl: APP_URL });

const accept = (receivedMinor: number): ReviewDecision => ({
  decision: "accept",
  receivedMinor,
  reason: "el banco redondeó",
});
const reject: ReviewDecision = { decision: "reject", reason: "no es de este comercio" };
const giveBack: ReviewDecision = { decision: "refund", reason: "pagó otro monto" };
const resolve = (id: string, decision: ReviewDecision, who = root, key: string = randomUUID()) =>
  resolveReview(who, id, decision, key, setting());

/** A payment that came in otherwise than it was asked for. */
async function held(
  change: Partial<PaymentState> = { amountPaidMinor: 98_000 },
  tier: "pro" | "premium" = "pro",
): Promise<{ shop: Shop; id: string }> {
  const shop = await aShop({ tier: "basic" });
  const opened = await open(flow, shop, { tier });
  const id = opened.paymentId;
  await flow.decide(tokenOf(opened), { status: 2 });
  await tell(shop, id, { ...(await rightState(id, "succeeded")), ...change });
  expect((await paymentOf(id)).status).toBe("review");
  return { shop, id };
}

describe("money in review", () => {
  test("is on the books, and for nothing yet", async () => {
    const { shop } = await held();
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 98_000, unapplied: -98_000 });
    expect((await subscriptionOf(shop)).status).toBe("pending_payment");
  });

  test.each<[string, Partial<PaymentState>]>([
    ["without an amount", { amountPaidMinor: null }],
    ["in small letters", { currency: "clp" }],
    ["of a test", { objection: "test-mode" }],
    ["of another merchant", { objection: "foreign-account" }],
    ["with a fraction", { amountPaidMinor: 98_000.5 }],
    ["below nothing", { amountPaidMinor: -98_000 }],
  ])("%s is not on the books: nobody knows that it is there", async (_, change) => {
    const { shop } = await held(change);
    expect(await balancesOf(shop)).toEqual({});
  });

  test("in another currency stands in that currency", async () => {
    const { shop } = await held({ currency: "USD", amountPaidMinor: 10_900 });
    expect(await balancesOf(shop)).toEqual({});
    expect(await balancesOf(shop, "USD")).toEqual({ "gateway:flow": 10_900, unapplied: -10_900 });
  });

  test("accepted as received gives what was bought, and is one payment over what came", async () => {
    const { shop, id } = await held();
    await expect(resolve(id, accept(99_000)), "what came is what the gateway says").rejects.toMatchObject({
      code: "payment.received_differs",
    });
    expect(await resolve(id, accept(98_000))).toMatchObject({
      status: "applied",
      amount: 98_000,
      currency: "CLP",
    });
    expect(await paymentOf(id)).toMatchObject({
      status: "succeeded",
      amount: 98_000,
      reason: "review_accepted",
    });
    expect(await subscriptionOf(shop)).toMatchObject({ status: "active", tier_code: "pro" });
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 98_000, revenue: -98_000 });
    expect(
      await row(
        "select asked_amount, asked_currency, reason from private.review_decisions where payment_id = $1",
        [id],
      ),
    ).toEqual({ asked_amount: 99_000, asked_currency: "CLP", reason: "el banco redondeó" });
    expect(
      await count(
        "public.audit_entries where object_id = $1 and action = 'payment.review_accepted' and actor_name = 'Root'",
        [id],
      ),
    ).toBe(1);
    await expect(resolve(id, accept(98_000))).rejects.toMatchObject({ code: "payment.not_in_review" });
    expect(await brokenInvariants()).toEqual([]);
  });

  test("in another currency can be accepted as that", async () => {
    const { shop, id } = await held({ currency: "USD", amountPaidMinor: 9_000 });
    await resolve(id, accept(9_000));
    expect(await row("select status, amount, currency from public.payments where id = $1", [id])).toEqual({
      status: "succeeded",
      amount: 9_000,
      currency: "USD",
    });
    expect(await balancesOf(shop, "USD")).toEqual({ "gateway:flow": 9_000, revenue: -9_000 });
  });

  test("whose amount the gateway never told is what the person read there", async () => {
    const { shop, id } = await held({ amountPaidMinor: null });
    await resolve(id, accept(99_000));
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 99_000, revenue: -99_000 });
    expect((await subscriptionOf(shop)).status).toBe("active");
  });

  test("that came after the payment had expired can be accepted too", async () => {
    const shop = await aShop();
    const { paymentId: id } = await open(flow, shop);
    await tell(shop, id, await rightState(id, "expired"));
    await tell(shop, id, await rightState(id, "succeeded"));
    await resolve(id, accept(99_000));
    expect((await subscriptionOf(shop)).status).toBe("active");
  });

  test("rejected gives nothing, stays unapplied, and no repeated word of the gateway opens it again", async () => {
    const { shop, id } = await held();
    expect(await resolve(id, reject)).toMatchObject({ decision: "reject", status: "applied", amount: null });
    expect(await paymentOf(id)).toMatchObject({ status: "failed", reason: "review_rejected" });
    expect((await tell(shop, id, await rightState(id, "succeeded"))).verdict).toBe("same");
    expect((await paymentOf(id)).status).toBe("failed");
    expect((await subscriptionOf(shop)).status).toBe("pending_payment");
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 98_000, unapplied: -98_000 });
    expect(
      await count(
        "private.outbox where payload ->> 'rule' = 'payment.review' and payload ->> 'subject' = $1",
        [id],
      ),
    ).toBe(1);
  });

  test("rejected and then paid back, by us or there, leaves the books empty", async () => {
    const there = await held();
    await resolve(there.id, reject);
    await tell(there.shop, there.id, await rightState(there.id, "refunded"));
    const ours = await held();
    await resolve(ours.id, reject);
    const { id: refundId } = await resolveRefund(ours.id);
    await tellRefund(ours.shop, refundId, "succeeded");
    for (const { shop, id } of [there, ours]) {
      expect((await paymentOf(id)).status).toBe("refunded");
      expect(await balancesOf(shop)).toEqual({});
      expect(await row("select paid_at from public.payments where id = $1", [id])).toEqual({ paid_at: null });
    }
  });

  const resolveRefund = async (id: string) => {
    const { requestRefund } = await import("@/lib/payments");
    const refund = await requestRefund(root, id, { reason: "devolver" }, randomUUID(), setting());
    return { id: refund.refundId, amount: refund.amount };
  };

  test("refunded goes back as it came: what was received, not what was asked for", async () => {
    const { shop, id } = await held({ amountPaidMinor: 50_000, underpaid: true });
    const key = randomUUID();
    const made = await resolve(id, giveBack, root, key);
    expect(made).toMatchObject({ decision: "refund", status: "processing", amount: 50_000, currency: "CLP" });
    expect((await resolve(id, giveBack, root, key)).id).toBe(made.id);
    await expect(resolve(id, accept(50_000)), "not while it is on its way back").rejects.toMatchObject({
      code: "payment.not_in_review",
    });
    await tellRefund(shop, made.id, "succeeded");
    expect((await paymentOf(id)).status).toBe("refunded");
    expect(await balancesOf(shop)).toEqual({});
    expect((await subscriptionOf(shop)).status).toBe("pending_payment");
  });

  test("of unknown amount that went back had come", async () => {
    const { shop, id } = await held({ amountPaidMinor: null });
    const { id: refundId, amount } = await resolveRefund(id);
    expect(amount).toBe(99_000);
    await tellRefund(shop, refundId, "succeeded");
    expect((await paymentOf(id)).status).toBe("refunded");
    expect(await balancesOf(shop)).toEqual({});
  });
});

describe("who may decide about it", () => {
  test("platform staff who may write, in a session that has stepped up; nobody of the shop", async () => {
    const { shop, id } = await held();
    for (const who of [support, ownerOf(shop)])
      for (const decision of [accept(98_000), reject, giveBack])
        await expect(resolve(id, decision, who)).rejects.toMatchObject({ code: "access.forbidden" });
    await expect(resolve(id, reject, staffMember({ steppedUp: false }))).rejects.toMatchObject({
      code: "access.step_up_required",
    });
    expect((await paymentOf(id)).status).toBe("review");
  });

  test("an acceptance above the limit awaits another person, who may decline", async () => {
    const { shop, id } = await held({ amountPaidMinor: 298_000 }, "premium");
    const asked = await resolve(id, accept(298_000));
    expect(asked.status).toBe("awaiting_approval");
    expect((await paymentOf(id)).status).toBe("review");
    await expect(resolve(id, reject)).rejects.toMatchObject({ code: "approval.pending" });
    await expect(approveReview(root, asked.id, { approve: true })).rejects.toMatchObject({
      code: "approval.same_person",
    });
    await expect(approveReview(support, asked.id, { approve: true })).rejects.toMatchObject({
      code: "access.forbidden",
    });
    expect(
      await approveReview(another, asked.id, { approve: false, reason: "falta el comprobante" }),
    ).toMatchObject({
      status: "declined",
    });
    await expect(approveReview(another, asked.id, { approve: true })).rejects.toMatchObject({
      code: "approval.not_pending",
    });
    const again = await resolve(id, accept(298_000), another);
    expect(await approveReview(root, again.id, { approve: true })).toMatchObject({ status: "applied" });
    expect(await subscriptionOf(shop)).toMatchObject({ status: "active", tier_code: "premium" });
  });

  test("what the gateway gave back meanwhile cannot be approved", async () => {
    const { shop, id } = await held({ amountPaidMinor: 298_000 }, "premium");
    const asked = await resolve(id, accept(298_000));
    await tell(shop, id, await rightState(id, "refunded"));
    await expect(approveReview(another, asked.id, { approve: true })).rejects.toMatchObject({
      code: "payment.not_in_review",
    });
  });

  test("a refund of it above the limit awaits another person as well", async () => {
    const { id } = await held({ amountPaidMinor: 298_000 }, "premium");
    const asked = await resolve(id, giveBack);
    expect(asked.status).toBe("awaiting_approval");
    expect((await flow.state()).flow.refunds).toHaveLength(0);
    expect((await approveRefund(another, asked.id, { approve: true }, setting())).status).toBe("processing");
  });

  test.each([
    { decision: "accept", reason: "sin monto" },
    { decision: "accept", receivedMinor: 0, reason: "nada llegó" },
    { decision: "accept", receivedMinor: 1.5, reason: "con fracción" },
    { decision: "reject", reason: "no" },
    { decision: "forget", reason: "olvidarlo" },
  ])("%j is no decision", (decision) => {
    expect(reviewDecision.safeParse(decision).success).toBe(false);
  });
});
