import { describe, expect, test } from "vitest";
import {
  aNumber,
  answered,
  aText,
  type Fields,
  fieldsOf,
  like,
  notices,
  sandboxOnTheWire,
  something,
  textIn,
} from "../support/wire";
import { flowOnTheWire } from "./wire";

// Flow's stand-in against shared/gateways/flow.md: its page, its callbacks, and refunds.

const wire = sandboxOnTheWire();
const flow = flowOnTheWire(wire);
const FORM = "application/x-www-form-urlencoded";

describe("the payment page", () => {
  test("shows what was asked for", async () => {
    const { url, token } = await flow.create({ subject: "Opttius <Pro>", amount: "1234567" });
    const shown = await (await fetch(`${url}?token=${token}`)).text();
    expect(shown).toContain("$1.234.567");
    expect(shown).toContain("Opttius &lt;Pro&gt;");
    expect(shown).toContain("owner@vista.test");
  });

  test.each(["approve", "reject", "leave"])(
    "after %s posts the token, and nothing else, to the address of return",
    async (action) => {
      const payment = await flow.create();
      const shown = await (await flow.press(payment, action)).text();
      const form = /<form id="back" method="post" action="([^"]*)">(.*?)<\/form>/s.exec(shown);
      expect(form?.[1]).toBe("http://127.0.0.1:9/return?payment=42");
      const fields = [...(form?.[2] ?? "").matchAll(/<input [^>]*name="([^"]*)" value="([^"]*)"/g)];
      expect(fields.map(([, name, value]) => [name, value])).toEqual([["token", payment.token]]);
    },
  );

  test("decides an order once", async () => {
    const payment = await flow.create();
    await flow.press(payment, "reject");
    await flow.press(payment, "approve");
    expect(await flow.status(payment.token)).toMatchObject({ status: 3 });
  });
});

describe("a callback", () => {
  test.each(["approve", "reject"])(
    "of %s is a form with the token alone, and no signature",
    async (action) => {
      const payment = await flow.create();
      await flow.press(payment, action);
      const [heard] = await notices(wire.shop, 1);
      expect(heard?.method).toBe("POST");
      expect(heard?.url.href).toBe(`${wire.shop.url}/flow/confirm`);
      expect(heard?.headers["content-type"]).toBe(FORM);
      expect([...new URLSearchParams(heard?.body)]).toEqual([["token", payment.token]]);
    },
  );

  test("comes again under the same token when what it tells has changed", async () => {
    const { token } = await flow.create();
    await wire.order("flow/orders", { token, status: 3, callback: true });
    await wire.order("flow/orders", { token, status: 2, callback: true });
    expect((await notices(wire.shop, 2)).map(({ body }) => body)).toEqual([
      `token=${token}`,
      `token=${token}`,
    ]);
  });
});

describe("a refund", () => {
  const asking = (change: Record<string, string> = {}) => ({
    refundCommerceOrder: "refund_42",
    receiverEmail: "owner@vista.test",
    amount: "19990",
    urlCallBack: `${wire.shop.url}/flow/refund`,
    commerceTrxId: "pay_42",
    ...change,
  });
  const ask = (change?: Record<string, string>) => flow.post("refund/create", asking(change));
  const stateOf = (refund: Fields) =>
    fieldsOf(flow.get("refund/getStatus", { token: textIn(refund, "token") }));
  const decide = (refund: Fields, status: string) =>
    wire.order("flow/refunds", { token: textIn(refund, "token"), status });
  const refused = { status: 400, body: { code: aNumber, message: aText } };

  test("begins as created, with a token of its own", async () => {
    const { token } = await flow.paid();
    const refund = await fieldsOf(ask());
    expect(refund).toEqual({
      token: like(/^[0-9A-Z]{41}$/),
      flowRefundOrder: something,
      date: like(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      status: "created",
      amount: 19_990,
      fee: 0,
    });
    expect(refund["token"]).not.toBe(token);
    expect(await stateOf(refund)).toEqual(refund);
  });

  test.each(["refundCommerceOrder", "receiverEmail", "amount", "urlCallBack"])("needs %s", async (name) => {
    await flow.paid();
    const { [name]: _left, ...rest } = asking() as Record<string, string>;
    expect(await answered(flow.post("refund/create", rest))).toEqual(refused);
  });

  test("writes the address of its callback with a capital B", async () => {
    await flow.paid();
    const { urlCallBack, ...rest } = asking();
    expect((await flow.post("refund/create", { ...rest, urlCallback: urlCallBack })).status).toBe(400);
  });

  test("finds its payment by Flow's number as well", async () => {
    const { token } = await flow.paid();
    const { commerceTrxId: _left, ...rest } = asking();
    const flowTrxId = String((await flow.status(token))["flowOrder"]);
    expect(await fieldsOf(flow.post("refund/create", { ...rest, flowTrxId }))).toMatchObject({
      status: "created",
    });
  });

  test("finds the paid one of two orders under one name", async () => {
    const first = await flow.create();
    await flow.press(first, "reject");
    await flow.paid();
    expect(await fieldsOf(ask())).toMatchObject({ status: "created", amount: 19_990 });
  });

  test("of an order that nobody paid, or nobody made, is refused", async () => {
    await flow.create();
    expect(await answered(ask())).toEqual(refused);
    expect(await answered(ask({ commerceTrxId: "never" }))).toEqual(refused);
  });

  test("may be of a part, and of the rest, and of no peso more", async () => {
    await flow.paid();
    expect(await fieldsOf(ask({ amount: "5000" }))).toMatchObject({ amount: 5_000 });
    expect(await answered(ask({ amount: "14991", refundCommerceOrder: "refund_43" }))).toEqual(refused);
    expect(await fieldsOf(ask({ amount: "14990", refundCommerceOrder: "refund_44" }))).toMatchObject({
      amount: 14_990,
    });
    expect(await answered(ask({ amount: "350", refundCommerceOrder: "refund_45" }))).toEqual(refused);
  });

  test("that was rejected leaves its money to be refunded", async () => {
    await flow.paid();
    await decide(await fieldsOf(ask()), "rejected");
    expect(await fieldsOf(ask({ refundCommerceOrder: "refund_43" }))).toMatchObject({ status: "created" });
  });

  test.each(["accepted", "rejected", "refunded"])(
    "that became %s calls back with its token, and says so when asked",
    async (status) => {
      await flow.paid();
      await notices(wire.shop, 1);
      const refund = await fieldsOf(ask());
      await decide(refund, status);
      const heard = (await notices(wire.shop, 2)).at(-1);
      expect(heard).toMatchObject({ method: "POST", body: `token=${textIn(refund, "token")}` });
      expect(heard?.url.pathname).toBe("/flow/refund");
      expect(heard?.headers["content-type"]).toBe(FORM);
      expect(await stateOf(refund)).toMatchObject({ status });
    },
  );

  test("can be taken back while it is pending, and not after", async () => {
    await flow.paid();
    const [early, late] = [
      await fieldsOf(ask({ amount: "5000" })),
      await fieldsOf(ask({ amount: "6000", refundCommerceOrder: "refund_43" })),
    ];
    const cancel = (refund: Fields) => flow.post("refund/cancel", { token: textIn(refund, "token") });
    expect(await fieldsOf(cancel(early))).toMatchObject({ status: "canceled", amount: 5_000 });
    expect(await stateOf(early)).toMatchObject({ status: "canceled" });
    await decide(late, "refunded");
    expect(await answered(cancel(late))).toEqual(refused);
    expect(await stateOf(late)).toMatchObject({ status: "refunded" });
  });

  test("leaves its payment paid: Flow has no status for a refunded one", async () => {
    const { token } = await flow.paid();
    await decide(await fieldsOf(ask()), "refunded");
    expect(await flow.status(token)).toMatchObject({ status: 2, amount: 19_990 });
  });

  test("that nobody asked for is unknown", async () => {
    expect(await answered(flow.get("refund/getStatus", { token: "A1" }))).toEqual(refused);
  });
});
