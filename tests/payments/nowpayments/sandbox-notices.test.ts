import { describe, expect, test } from "vitest";
import { aNumber, aText, type Heard, keys, notices, sandboxOnTheWire } from "../support/wire";
import { bodyOf, nowPaymentsOnTheWire, signatureOf } from "./wire";

// NOWPayments' stand-in against shared/gateways/nowpayments.md: signed notices of each change.

const wire = sandboxOnTheWire();
const { open, press, decide } = nowPaymentsOnTheWire(wire);
const statusesOf = (heard: readonly Heard[]) => heard.map((one) => bodyOf(one)["payment_status"]);
const isSigned = (heard: Heard, secret?: string) =>
  heard.headers["x-nowpayments-sig"] === signatureOf(bodyOf(heard), secret);

test("these tests sign as the worked example does, whatever the order of the keys", () => {
  const body = {
    payment_status: "finished",
    price_amount: 29.9,
    payment_id: 5077125051,
    order_id: "sub_0042",
    fee: { withdrawalFee: 0, depositFee: 0.0985, currency: "btc" },
  };
  expect(signatureOf(body, "np-example-secret")).toBe(
    "0698c1f889d9aeb494def6233453a107f6d10634e974543f153a593249cf7755bd3a16d9f69d4f0c487c531fd51afb5c42876cd75e6f5300a927062796b0b866",
  );
});

describe("a notice", () => {
  test("is posted as JSON to the invoice's address and tells the whole payment", async () => {
    const invoice = await open();
    await decide(invoice, { coin: "trx", status: "finished", callback: true });
    const heard = (await notices(wire.shop, 2)).find((one) => bodyOf(one)["payment_status"] === "finished");
    expect(heard?.method).toBe("POST");
    expect(heard?.url.pathname).toBe("/nowpayments");
    expect(heard?.headers["content-type"]).toBe("application/json");
    expect(heard && bodyOf(heard)).toEqual({
      payment_id: aNumber,
      parent_payment_id: null,
      invoice_id: Number(invoice.id),
      payment_status: "finished",
      pay_address: aText,
      payin_extra_id: null,
      price_amount: 29.9,
      price_currency: "usd",
      pay_amount: 119.6,
      actually_paid: 119.6,
      actually_paid_at_fiat: 0,
      pay_currency: "trx",
      order_id: "pay_42",
      order_description: "Opttius Pro, 1 month",
      purchase_id: aText,
      outcome_amount: aNumber,
      outcome_currency: "trx",
      payment_extra_ids: null,
      fee: { currency: "trx", depositFee: aNumber, withdrawalFee: 0, serviceFee: 0 },
    });
  });

  test("is signed with the secret for notices, fees and all", async () => {
    await decide(await open(), { status: "finished", callback: true });
    for (const heard of await notices(wire.shop, 2)) {
      expect(heard.headers["x-nowpayments-sig"]).toMatch(/^[0-9a-f]{128}$/);
      expect(isSigned(heard)).toBe(true);
      expect(isSigned(heard, keys.nowpaymentsApiKey)).toBe(false);
      const { fee: _left, ...rest } = bodyOf(heard);
      expect(signatureOf({ ...rest, fee: {} })).not.toBe(heard.headers["x-nowpayments-sig"]);
    }
  });

  test("comes for every step, and for nothing else", async () => {
    await press(await open(), "approve");
    const heard = await notices(wire.shop, 5);
    expect(statusesOf(heard).sort()).toEqual(["confirmed", "confirming", "finished", "sending", "waiting"]);
    expect(new Set(heard.map((one) => bodyOf(one)["payment_id"])).size).toBe(1);
  });

  test("of a stray coin lists the payments that belong to it, and is signed with that list", async () => {
    await press(await open(), "wrong");
    const heard = await notices(wire.shop, 3);
    const stray = heard.find((one) => bodyOf(one)["parent_payment_id"] !== null);
    if (!stray) throw new Error("no stray payment was told of");
    expect(bodyOf(stray)["payment_extra_ids"]).toEqual([bodyOf(stray)["parent_payment_id"]]);
    expect(isSigned(stray)).toBe(true);
  });

  test("by a forger is of a finished payment under another signature", async () => {
    const invoice = await open();
    await decide(invoice, { status: "waiting" });
    await notices(wire.shop, 1);
    await wire.order("callbacks", { gateway: "nowpayments", mode: "forged" });
    await decide(invoice, { status: "confirming", callback: true });
    const forged = (await notices(wire.shop, 2)).at(-1);
    expect(forged && [bodyOf(forged)["payment_status"], isSigned(forged)]).toEqual(["finished", false]);
  });

  test("that was not taken comes again, the same to the letter, until it is", async () => {
    wire.shop.answerNext(500, 404, 200);
    const invoice = await open();
    await decide(invoice, { status: "waiting" });
    const heard = await notices(wire.shop, 3);
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
    expect(new Set(heard.map(({ headers }) => headers["x-nowpayments-sig"])).size).toBe(1);
    await decide(invoice, { status: "confirming", callback: true });
    expect(statusesOf(await notices(wire.shop, 4))).toEqual(["waiting", "waiting", "waiting", "confirming"]);
  });

  test("does not come where no address was given", async () => {
    await decide(await open({ ipn_callback_url: null }), { status: "finished", callback: true });
    await decide(await open(), { status: "waiting" });
    expect(statusesOf(await notices(wire.shop, 1))).toEqual(["waiting"]);
  });
});
