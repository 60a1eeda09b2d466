import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Reference, RefundRequest } from "@/lib/payments/gateway";
import { failureOf, valueOf } from "../contract-driver";
import { named, paypalInHand } from "../support/paypal";
import { aRefund, payerOf, token } from "./payer";

const paypal = paypalInHand();
const { paid, stateOf } = payerOf(paypal);

describe("a refund", () => {
  const ask = (payment: readonly Reference[], change: Partial<RefundRequest> = {}) =>
    paypal.gateway.refund(aRefund(payment, change));

  test("of a part leaves the payment partly refunded, and the rest the whole of it", async () => {
    const { names } = await paid();
    expect(valueOf(await ask(names))).toMatchObject({ normalized: "succeeded", amountMinor: 1_000 });
    expect(await stateOf(names)).toMatchObject({
      normalized: "partially_refunded",
      amountRefundedMinor: 1_000,
    });
    valueOf(await ask(names, { money: { amountMinor: 1_990, currency: "USD" } }));
    expect(await stateOf(names)).toMatchObject({ normalized: "refunded", amountRefundedMinor: 2_990 });
  });

  test("sent again with its key is one refund", async () => {
    const { names } = await paid();
    const same = { idempotencyKey: randomUUID(), reference: token() };
    const [first, again] = [valueOf(await ask(names, same)), valueOf(await ask(names, same))];
    expect(again).toEqual(first);
    expect((await paypal.state()).paypal.refunds).toHaveLength(1);
  });

  test("that PayPal takes its time for is under way until it is through", async () => {
    const { names } = await paid();
    const { references } = valueOf(await ask(names));
    const id = named(references, "refund");
    await paypal.control("refunds", { id, status: "PENDING" });
    expect(valueOf(await paypal.gateway.fetchRefund(references))?.normalized).toBe("processing");
    await paypal.control("refunds", { id, status: "FAILED" });
    expect(valueOf(await paypal.gateway.fetchRefund(references))?.normalized).toBe("failed");
  });

  test("whose answer was lost is known by our own name once a notice brings PayPal's", async () => {
    const { names } = await paid();
    const reference = token();
    await paypal.fault("POST v2/payments/captures/{}/refund", "lost-answer");
    expect(failureOf(await ask(names, { reference }))).toBe("unknown-outcome");
    const ours = [{ kind: "refund_order", value: reference }];
    expect(failureOf(await paypal.gateway.fetchRefund(ours))).toBe("unsupported");
    const [made] = (await paypal.state()).paypal.refunds;
    expect(valueOf(await paypal.gateway.identify({ kind: "refund", value: made?.id ?? "" }))).toEqual(
      ours[0],
    );
  });
});
