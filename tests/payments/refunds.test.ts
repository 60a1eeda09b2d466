import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { approveRefund, createGateways, newRefund, type RefundView, requestRefund } from "@/lib/payments";
import type { Gateway } from "@/lib/payments/gateway";
import { database } from "@/tests/support/database";
import {
  APP_URL,
  mailsOf,
  notify,
  open,
  ownerOf,
  pay,
  paymentOf,
  subscriptionOf,
  tokenOf,
  workInbox,
} from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row } from "./support/shops";
import { staffMember } from "./support/staff";
import { rightState, tell } from "./support/states";

const flow = flowInHand();
const asStaff = staffMember();
const another = staffMember();

const order = (
  paymentId: string,
  amount?: number,
  key: string = randomUUID(),
  who = asStaff,
): Promise<RefundView> =>
  requestRefund(who, paymentId, { reason: "cobro doble", ...(amount === undefined ? {} : { amount }) }, key, {
    gateways: flow.gateways,
    appUrl: APP_URL,
  });

/** Another one of the staff says yes. */
const approved = ({ refundId }: RefundView) =>
  approveRefund(another, refundId, { approve: true }, { gateways: flow.gateways, appUrl: APP_URL });

/** Lets the payer accept a refund at Flow, and the worker hear of it. */
async function accepted(): Promise<void> {
  const refund = (await flow.state()).flow.refunds.at(-1);
  await flow.decideRefund(refund?.token ?? "", "refunded");
  await notify(refund?.token ?? "");
  await workInbox(flow);
}

describe("a refund", () => {
  test("is under way until Flow says that the money went back", async () => {
    const shop = await aShop();
    const paymentId = await pay(flow, shop);
    const refund = await order(paymentId, 20_000);
    expect(refund).toMatchObject({ paymentId, status: "processing", amount: 20_000, currency: "CLP" });
    expect(await paymentOf(paymentId)).toMatchObject({ status: "succeeded", refunded_amount: 0 });
    await accepted();
    expect(await paymentOf(paymentId)).toMatchObject({
      status: "partially_refunded",
      refunded_amount: 20_000,
    });
    expect((await subscriptionOf(shop)).status).toBe("active");
    expect(await mailsOf(shop)).toEqual(["activated", "refunded"]);
  });

  test("of everything takes the period back: nobody keeps a tier that was paid back", async () => {
    const shop = await aShop({ tier: "basic" });
    const paymentId = await pay(flow, shop, { tier: "premium" });
    await approved(await order(paymentId));
    await accepted();
    expect(await paymentOf(paymentId)).toMatchObject({ status: "refunded", refunded_amount: 299_000 });
    expect((await subscriptionOf(shop)).status).toBe("grace");
    expect((await subscriptionOf(shop)).current_period_end?.getTime()).toBeLessThanOrEqual(
      Date.now() + 1_000,
    );
  });

  test("of an upgrade gives back the period that the upgrade had ended", async () => {
    const shop = await aShop({ tier: "basic" });
    await pay(flow, shop, { tier: "basic" });
    const before = await subscriptionOf(shop);
    const upgrade = await pay(flow, shop, { tier: "premium" });
    expect((await subscriptionOf(shop)).tier_code).toBe("premium");
    await approved(await order(upgrade));
    await accepted();
    expect(await subscriptionOf(shop)).toMatchObject({
      status: "active",
      tier_code: "basic",
      current_period_end: before.current_period_end,
    });
  });

  test("in the trial gives the trial back", async () => {
    const shop = await aShop({ status: "trialing", trialEndsAt: new Date(Date.now() + 5 * 86_400_000) });
    const paymentId = await pay(flow, shop);
    await order(paymentId);
    await accepted();
    expect((await subscriptionOf(shop)).status).toBe("trialing");
  });

  test("of a month bought ahead in the trial leaves the first month where it was: after the trial", async () => {
    const shop = await aShop({ status: "trialing", trialEndsAt: new Date(Date.now() + 5 * 86_400_000) });
    await pay(flow, shop);
    const before = await subscriptionOf(shop);
    const ahead = await pay(flow, shop);
    await order(ahead);
    await accepted();
    expect(await subscriptionOf(shop)).toMatchObject({
      status: "active",
      current_period_end: before.current_period_end,
    });
  });

  test("in parts ends whole, and Flow's unchanged word about the payment does not undo it", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    await flow.decide(tokenOf(opened), { status: 2 });
    await notify(tokenOf(opened));
    await workInbox(flow);
    await order(opened.paymentId, 40_000);
    await accepted();
    await order(opened.paymentId);
    await accepted();
    expect(await paymentOf(opened.paymentId)).toMatchObject({ status: "refunded", refunded_amount: 99_000 });
    await notify(tokenOf(opened)); // an old callback, replayed: Flow still says 2, paid
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("refunded");
    expect((await subscriptionOf(shop)).status).toBe("grace");
  });

  test("that the payer rejects leaves the money free for another", async () => {
    const paymentId = await pay(flow, await aShop());
    await order(paymentId);
    const refund = (await flow.state()).flow.refunds.at(-1);
    await flow.decideRefund(refund?.token ?? "", "rejected");
    await notify(refund?.token ?? "");
    await workInbox(flow);
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
    expect((await order(paymentId)).status).toBe("processing");
  });

  test("is found by the sweep when its callback was lost", async () => {
    const paymentId = await pay(flow, await aShop());
    const { refundId } = await order(paymentId);
    await flow.decideRefund((await flow.state()).flow.refunds.at(-1)?.token ?? "", "refunded");
    await database().owner.query(
      "update public.refunds set created_at = now() - interval '3 minutes' where id = $1",
      [refundId],
    );
    await database().owner.query("select private.sweep_payments()");
    await workInbox(flow);
    expect((await paymentOf(paymentId)).status).toBe("refunded");
  });

  test("asked about while Flow is away is asked about again", async () => {
    const paymentId = await pay(flow, await aShop());
    await order(paymentId);
    const token = (await flow.state()).flow.refunds.at(-1)?.token ?? "";
    await flow.decideRefund(token, "refunded");
    await flow.fault("refund/getStatus", "error500");
    await notify(token);
    await workInbox(flow);
    expect(await count("private.webhook_events where reference = $1 and status = 'received'", [token])).toBe(
      1,
    );
    await database().owner.query(
      "update private.webhook_events set next_attempt_at = now() where reference = $1",
      [token],
    );
    await workInbox(flow);
    expect((await paymentOf(paymentId)).status).toBe("refunded");
  });

  test("whose answer was lost is unknown, alarms people, and is never sent again", async () => {
    const paymentId = await pay(flow, await aShop());
    await flow.fault("refund/create", "lost-answer");
    const key = randomUUID();
    const refund = await order(paymentId, undefined, key);
    expect(refund.status).toBe("unknown");
    expect((await order(paymentId, undefined, key)).refundId).toBe(refund.refundId);
    expect((await flow.state()).flow.refunds).toHaveLength(1);
    expect(
      await count("private.outbox where name = 'alert.raise' and payload ->> 'subject' = $1", [
        refund.refundId,
      ]),
    ).toBe(1);
    await expect(order(paymentId), "what may be on its way stays reserved").rejects.toMatchObject({
      code: "payment.not_refundable",
    });
  });

  test("that Flow refuses is failed, and may be ordered again", async () => {
    const paymentId = await pay(flow, await aShop());
    await flow.fault("refund/create", "rate-limited");
    expect((await order(paymentId)).status).toBe("failed");
    const later = { ...flow, gateways: flow.renewed() };
    const again = requestRefund(asStaff, paymentId, { reason: "otra vez" }, randomUUID(), {
      gateways: later.gateways,
      appUrl: APP_URL,
    });
    expect((await again).status).toBe("processing");
  });

  test("of another amount than ordered is not believed", async () => {
    const paymentId = await pay(flow, await aShop());
    const { refundId } = await order(paymentId, 10_000);
    const lie = { normalized: "succeeded", rawStatus: "refunded", amountMinor: 99_000, references: [] };
    await database().owner.query(
      "select private.apply_refund_state(r.organization_id, r.id, $2, now(), '{}') from public.refunds r where r.id = $1",
      [refundId, JSON.stringify(lie)],
    );
    expect(await paymentOf(paymentId)).toMatchObject({ status: "succeeded", refunded_amount: 0 });
    expect(await row("select status from public.refunds where id = $1", [refundId])).toEqual({
      status: "unknown",
    });
  });
});

describe("who may refund, and how much", () => {
  test("two orders for everything at once: one is taken", async () => {
    const paymentId = await pay(flow, await aShop());
    const settled = await Promise.allSettled([order(paymentId), order(paymentId), order(paymentId)]);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await flow.state()).flow.refunds).toHaveLength(1);
  });

  test.each([99_001, 100_000_000])("not %i of 99000", async (amount) => {
    await expect(order(await pay(flow, await aShop()), amount)).rejects.toMatchObject({
      code: "payment.not_refundable",
    });
  });

  test.each([0, -1, 1.5, "99000", null])("the amount %j is no amount", (amount) => {
    expect(newRefund.safeParse({ amount, reason: "x" }).success).toBe(false);
  });

  test("nothing of a payment whose dispute has taken the money, nor the part that went back before it", async () => {
    const shop = await aShop();
    const paymentId = await pay(flow, shop);
    await order(paymentId, 9_000);
    await accepted();
    await tell(shop, paymentId, await rightState(paymentId, "disputed", 9_000));
    for (const amount of [undefined, 1, 90_000])
      await expect(order(paymentId, amount)).rejects.toMatchObject({ code: "payment.not_refundable" });
    expect(await count("public.refunds where payment_id = $1", [paymentId])).toBe(1);
    expect((await subscriptionOf(shop)).status).toBe("grace");
  });

  test("nothing of a payment that was not made", async () => {
    const opened = await open(flow, await aShop());
    await expect(order(opened.paymentId)).rejects.toMatchObject({ code: "payment.not_refundable" });
    await expect(order(randomUUID())).rejects.toMatchObject({ code: "payment.not_found" });
    await expect(order("x")).rejects.toMatchObject({ code: "payment.not_found" });
  });

  test("not the shop's owner, nor staff without the second factor", async () => {
    const shop = await aShop();
    const paymentId = await pay(flow, shop);
    await expect(order(paymentId, 1_000, randomUUID(), ownerOf(shop))).rejects.toMatchObject({
      code: "access.forbidden",
    });
    const without = staffMember({ steppedUp: false });
    await expect(order(paymentId, 1_000, randomUUID(), without)).rejects.toMatchObject({
      code: "access.step_up_required",
    });
    const support = staffMember({ role: "support" });
    await expect(order(paymentId, 1_000, randomUUID(), support)).rejects.toMatchObject({
      code: "access.forbidden",
    });
    expect(await count("public.refunds where payment_id = $1", [paymentId])).toBe(0);
  });

  test("another order under a used key is a conflict", async () => {
    const paymentId = await pay(flow, await aShop());
    const key = randomUUID();
    await order(paymentId, 10_000, key);
    await expect(order(paymentId, 20_000, key)).rejects.toMatchObject({ code: "idempotency.key_reused" });
  });

  test("a gateway that cannot do it is asked nothing and nothing stays reserved", async () => {
    const paymentId = await pay(flow, await aShop());
    const whole: Gateway = {
      ...flow.gateway,
      capabilities: { ...flow.gateway.capabilities, partialRefund: false },
    };
    const gateways = createGateways([{ id: "flow", configure: () => () => whole }], null);
    const part = requestRefund(asStaff, paymentId, { amount: 1_000, reason: "x" }, randomUUID(), {
      gateways,
      appUrl: APP_URL,
    });
    await expect(part).rejects.toMatchObject({ code: "payment.not_refundable" });
    expect(await count("public.refunds where payment_id = $1", [paymentId])).toBe(0);
  });

  test("whatever is ordered and decided in whatever order, never more goes back than came in", async () => {
    const paymentId = await pay(flow, await aShop());
    const step = fc.oneof(
      fc.record({ kind: fc.constant("order" as const), amount: fc.integer({ min: 1, max: 60_000 }) }),
      fc.record({
        kind: fc.constant("decide" as const),
        status: fc.constantFrom("refunded", "rejected", "canceled"),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        for (const one of steps) {
          if (one.kind === "order") await order(paymentId, one.amount).catch(() => undefined);
          else {
            const open = (await flow.state()).flow.refunds.find((refund) => refund.status === "created");
            if (!open) continue;
            await flow.decideRefund(open.token, one.status);
            await notify(open.token);
            await workInbox(flow);
          }
        }
        const { refunded_amount, amount } = await paymentOf(paymentId);
        const { n } = await row<{ n: number }>(
          "select coalesce(sum(amount), 0)::int as n from public.refunds where payment_id = $1 and status = 'succeeded'",
          [paymentId],
        );
        expect(refunded_amount).toBe(n);
        expect(refunded_amount).toBeLessThanOrEqual(amount);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
