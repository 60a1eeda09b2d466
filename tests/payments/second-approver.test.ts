import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { approveRefund, type RefundView, requestRefund } from "@/lib/payments";
import { database } from "@/tests/support/database";
import { APP_URL, open, ownerOf, pay, paymentOf } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row } from "./support/shops";
import { staffMember } from "./support/staff";
import { rightState, tell } from "./support/states";

const flow = flowInHand();
const asking = staffMember();
const another = staffMember();
const support = staffMember({ role: "support" });
const setting = () => ({ gateways: flow.gateways, appUrl: APP_URL });

const order = (paymentId: string, amount?: number, key: string = randomUUID()): Promise<RefundView> =>
  requestRefund(
    asking,
    paymentId,
    { reason: "cobro doble", ...(amount === undefined ? {} : { amount }) },
    key,
    setting(),
  );
const answer = (refundId: string, approve: boolean, who = another) =>
  approveRefund(who, refundId, { approve }, setting());
const refundsAtFlow = async () => (await flow.state()).flow.refunds.length;

/** A payment of 299 000 pesos, above what one person may give back. */
const aLargePayment = async () => pay(flow, await aShop(), { tier: "premium" });

describe("a refund above the limit", () => {
  test("is heard of by the gateway only when another person approved it", async () => {
    const paymentId = await aLargePayment();
    const asked = await order(paymentId);
    expect(asked).toMatchObject({ status: "awaiting_approval", amount: 299_000 });
    expect(await refundsAtFlow()).toBe(0);
    expect(await answer(asked.refundId, true)).toMatchObject({
      refundId: asked.refundId,
      status: "processing",
    });
    expect(await refundsAtFlow()).toBe(1);
    expect(
      await count(
        "public.audit_entries where object_id = $1 and action in ('refund.requested', 'refund.approval_asked', 'refund_approval_asked', 'refund.approved')",
        [paymentId],
      ),
    ).toBe(3);
  });

  test("calls another person, and the same order given again asks no second time", async () => {
    const paymentId = await aLargePayment();
    const key = randomUUID();
    const first = await order(paymentId, undefined, key);
    expect(await order(paymentId, undefined, key)).toEqual(first);
    expect(
      await count(
        "private.outbox where payload ->> 'rule' = 'refund.awaiting_approval' and payload ->> 'subject' = $1",
        [first.refundId],
      ),
    ).toBe(1);
  });

  test("cannot be approved by who asked, by support, by the shop, or without the second factor", async () => {
    const shop = await aShop();
    const { refundId } = await order(await pay(flow, shop, { tier: "premium" }));
    await expect(answer(refundId, true, asking)).rejects.toMatchObject({ code: "approval.same_person" });
    await expect(answer(refundId, false, asking)).rejects.toMatchObject({ code: "approval.same_person" });
    await expect(answer(refundId, true, support)).rejects.toMatchObject({ code: "access.forbidden" });
    await expect(answer(refundId, true, ownerOf(shop))).rejects.toMatchObject({ code: "access.forbidden" });
    await expect(answer(refundId, true, staffMember({ steppedUp: false }))).rejects.toMatchObject({
      code: "access.step_up_required",
    });
    await expect(answer(randomUUID(), true)).rejects.toMatchObject({ code: "not_found" });
    expect(await refundsAtFlow()).toBe(0);
  });

  test("that was declined gives the money free, and is not approved afterwards", async () => {
    const paymentId = await aLargePayment();
    const { refundId } = await order(paymentId);
    await expect(order(paymentId, 1), "what awaits approval is reserved").rejects.toMatchObject({
      code: "payment.not_refundable",
    });
    expect((await answer(refundId, false)).status).toBe("cancelled");
    await expect(answer(refundId, true)).rejects.toMatchObject({ code: "approval.not_pending" });
    expect((await order(paymentId, 50_000)).status).toBe("processing");
  });

  test("approved twice, or by two at once, goes back once", async () => {
    const { refundId } = await order(await aLargePayment());
    const third = staffMember();
    const said = await Promise.allSettled([
      answer(refundId, true),
      answer(refundId, true),
      answer(refundId, true, third),
    ]);
    expect(said.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    expect(await refundsAtFlow()).toBe(1);
    expect(await count("private.refund_approvals where refund_id = $1", [refundId])).toBe(1);
  });

  test("is not approved when the money has gone meanwhile", async () => {
    const shop = await aShop();
    const paymentId = await pay(flow, shop, { tier: "premium" });
    const { refundId } = await order(paymentId, 200_000);
    await tell(shop, paymentId, await rightState(paymentId, "disputed"));
    await expect(answer(refundId, true)).rejects.toMatchObject({ code: "payment.not_refundable" });
    expect(await refundsAtFlow()).toBe(0);
    expect((await answer(refundId, false)).status).toBe("cancelled");
  });

  test("is not asked about at the gateway while it waits", async () => {
    const { refundId } = await order(await aLargePayment());
    await database().owner.query(
      "update public.refunds set created_at = now() - interval '1 hour' where id = $1",
      [refundId],
    );
    await database().owner.query("select private.sweep_payments()");
    expect(
      await count(
        "private.webhook_events e join private.payment_references r using (gateway, reference) where r.refund_id = $1",
        [refundId],
      ),
    ).toBe(0);
  });
});

describe("the limit", () => {
  test.each([
    [100_000, "processing"],
    [100_001, "awaiting_approval"],
  ])("of 100 000 pesos: a refund of %i is %s", async (amount, status) => {
    expect((await order(await aLargePayment(), amount)).status).toBe(status);
  });

  test("is not passed in pieces: what nobody approved counts together", async () => {
    const paymentId = await aLargePayment();
    expect((await order(paymentId, 60_000)).status).toBe("processing");
    const second = await order(paymentId, 60_000);
    expect(second.status).toBe("awaiting_approval");
    await answer(second.refundId, true);
    expect((await order(paymentId, 40_000)).status, "the approved one counts no more").toBe("processing");
    expect((await order(paymentId, 1)).status).toBe("awaiting_approval");
  });

  test("is a dollar limit for dollars, and nothing for a currency that has none", async () => {
    const verdicts = await row(
      `select private.needs_approval('USD', 10000) as hundred, private.needs_approval('USD', 10001) as more,
              private.needs_approval('EUR', 1) as euro`,
    );
    expect(verdicts).toEqual({ hundred: false, more: true, euro: true });
  });

  test("lies where staff can change it, and holds from then on", async () => {
    const paymentId = await aLargePayment();
    await database().owner.query("update private.approval_limits set amount = 300000 where currency = 'CLP'");
    try {
      expect((await order(paymentId)).status).toBe("processing");
    } finally {
      await database().owner.query(
        "update private.approval_limits set amount = 100000 where currency = 'CLP'",
      );
    }
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
  });
});

test("support may look and not refund, however small", async () => {
  const paymentId = await pay(flow, await aShop());
  await expect(
    requestRefund(support, paymentId, { amount: 1, reason: "prueba" }, randomUUID(), setting()),
  ).rejects.toMatchObject({ code: "access.forbidden" });
  await expect(
    requestRefund(
      support,
      (await open(flow, await aShop())).paymentId,
      { reason: "x" },
      randomUUID(),
      setting(),
    ),
  ).rejects.toMatchObject({
    code: "access.forbidden",
  });
});
