import { describe, expect, test } from "vitest";
import { aNumber, answered, aText, fieldsOf, keys, like, sandboxOnTheWire, something } from "../support/wire";
import { flowOnTheWire, signatureOf, signed } from "./wire";

// Flow's stand-in against shared/gateways/flow.md: one-off payments.

const wire = sandboxOnTheWire();
const flow = flowOnTheWire(wire);
const moment = like(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const refusal = { code: aNumber, message: aText };

test.each([
  [
    { apiKey: "1F90971E-8276-4715-97FF-2BLG5030EE3B", token: "AJ089FF5467367" },
    "191947b8253f1b615adeda260fab7d8c8cc0507b22e19d4742baa00b0e464d44",
  ],
  [
    { apiKey: "XXXX-XXXX-XXXX", currency: "CLP", amount: "5000" },
    "dc3f67215dc89404aedc1deed0be7c2b49d810ca1a6e3feab3b799d77c4a9950",
  ],
])("these tests sign as Flow's worked examples do: %j", (parameters, s) => {
  expect(signatureOf(parameters, "my secret")).toBe(s);
});

describe("payment/create", () => {
  test("answers with a page, a token to join to it, and a number", async () => {
    const { status, body } = await answered(flow.post("payment/create", flow.order()));
    expect(status).toBe(200);
    expect(body).toEqual({
      url: like(/\/app\/web\/pay\.php$/),
      token: like(/^[0-9A-Z]{41}$/),
      flowOrder: aNumber,
    });
  });

  test("shows nothing at the page alone, and the order where page and token are joined", async () => {
    const { url, token } = await flow.create();
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(`${url}?token=${token}`)).status).toBe(200);
  });

  test.each(["commerceOrder", "subject", "amount", "email", "urlConfirmation", "urlReturn"])(
    "needs %s",
    async (name) => {
      const { [name]: _left, ...rest } = flow.order();
      const { status, body } = await answered(flow.post("payment/create", rest));
      expect(status).toBe(400);
      expect(body).toEqual(refusal);
      expect(body["message"]).toContain(name);
    },
  );

  test("takes pesos without a currency being named", async () => {
    const { currency: _left, ...rest } = flow.order();
    const { token } = await fieldsOf(flow.post("payment/create", rest));
    expect(await flow.status(String(token))).toMatchObject({ currency: "CLP", amount: 19_990 });
  });

  test("takes 350 pesos and nothing below", async () => {
    await flow.create({ amount: "350" });
    const { status, body } = await answered(flow.post("payment/create", flow.order({ amount: "349" })));
    expect(status).toBe(400);
    expect(body["message"]).toBe("The minimum amount is 350 CLP");
  });

  test.each(["19990.5", "19990.00", "-19990", "1e5", "mucho"])("takes no %s for pesos", async (amount) => {
    expect(await answered(flow.post("payment/create", flow.order({ amount })))).toEqual({
      status: 400,
      body: refusal,
    });
  });

  test("refuses an order that was paid before, as a matter of business", async () => {
    await flow.paid();
    const { status, body } = await answered(flow.post("payment/create", flow.order()));
    expect(status).toBe(401);
    expect(body).toEqual({ code: 1605, message: aText });
  });
});

describe("a call", () => {
  const create = (body: URLSearchParams | string, headers: Record<string, string> = {}) =>
    answered(fetch(flow.api("payment/create"), { method: "POST", body, headers }));

  test("without a signature is refused", async () => {
    const unsigned = new URLSearchParams({ apiKey: keys.flowApiKey, ...flow.order() });
    expect(await create(unsigned)).toEqual({ status: 401, body: refusal });
  });

  test("with a signature of another secret is refused", async () => {
    const all = { apiKey: keys.flowApiKey, ...flow.order() };
    const body = new URLSearchParams({ ...all, s: signatureOf(all, "somebody else's") });
    expect(await create(body)).toEqual({ status: 401, body: refusal });
  });

  test("whose amount was changed after signing is refused", async () => {
    const body = signed(flow.order());
    body.set("amount", "350");
    expect(await create(body)).toEqual({ status: 401, body: refusal });
  });

  test("with a parameter that the signature does not cover is refused", async () => {
    const body = signed(flow.order());
    body.set("timestamp", "1764400000");
    expect(await create(body)).toEqual({ status: 401, body: refusal });
  });

  test("with an additional parameter that the signature covers is taken", async () => {
    expect((await create(signed(flow.order({ timestamp: "1764400000", nonce: "a1b2" })))).status).toBe(200);
  });

  test("signs what is meant, not how it is encoded", async () => {
    const { token } = await flow.create({ subject: "Ñandú & más = 100 % + algo" });
    expect(await flow.status(token)).toMatchObject({ subject: "Ñandú & más = 100 % + algo" });
  });

  test("by another merchant's key is refused", async () => {
    expect(await create(signed(flow.order({ apiKey: "1F90971E-0000" })))).toEqual({
      status: 401,
      body: refusal,
    });
  });

  test("in JSON instead of a form is refused", async () => {
    const body = JSON.stringify(Object.fromEntries(signed(flow.order())));
    expect((await create(body, { "content-type": "application/json" })).status).toBe(400);
  });

  test("to void an unpaid order does not exist", async () => {
    const { token } = await flow.create();
    for (const operation of ["payment/cancel", "payment/void"])
      expect((await flow.post(operation, { token })).status).toBe(404);
    expect(await flow.status(token)).toMatchObject({ status: 1 });
  });
});

describe("payment/getStatus", () => {
  const waiting = {
    flowOrder: aNumber,
    commerceOrder: "pay_42",
    requestDate: moment,
    status: 1,
    subject: "Opttius Pro, 1 mes",
    currency: "CLP",
    amount: 19_990,
    payer: "owner@vista.test",
    merchantId: null,
  };

  test("tells all of an order that nobody paid yet", async () => {
    const { token } = await flow.create();
    expect(await flow.status(token)).toMatchObject(waiting);
  });

  test("tells of a paid one when, how, and what is left after the fee", async () => {
    const { token } = await flow.paid();
    const told = await flow.status(token);
    expect(told).toMatchObject({ ...waiting, status: 2 });
    expect(told["paymentData"]).toMatchObject({
      date: moment,
      media: "webpay",
      amount: 19_990,
      currency: "CLP",
      fee: aNumber,
      balance: aNumber,
      transferDate: like(/^\d{4}-\d\d-\d\d$/),
    });
    const { fee, balance } = told["paymentData"] as { fee: number; balance: number };
    expect(Number.isInteger(fee) && fee > 0).toBe(true);
    expect(fee + balance).toBe(19_990);
  });

  test("gives back as an object what was sent along as JSON", async () => {
    const { token } = await flow.create({ optional: '{"RUT":"7025521-9"}' });
    expect(await flow.status(token)).toMatchObject({ optional: { RUT: "7025521-9" } });
  });

  test.each([
    ["approve", 2],
    ["reject", 3],
    ["leave", 1],
  ])("after the payer's %s is %i", async (action, status) => {
    const payment = await flow.create();
    await flow.press(payment, action);
    expect(await flow.status(payment.token)).toMatchObject({ status });
  });

  test("of an order left past its timeout is 4, and without a timeout stays 1", async () => {
    const [short, endless] = [await flow.create({ timeout: "60" }), await flow.create()];
    expect(await flow.status(short.token)).toMatchObject({ status: 1 });
    await wire.order("clock", { ms: 61_000 });
    expect(await flow.status(short.token)).toMatchObject({ status: 4 });
    expect(await flow.status(endless.token)).toMatchObject({ status: 1 });
  });

  test("is told the same by the merchant's order, by Flow's number and by token", async () => {
    const payment = await flow.create();
    const { token } = payment;
    const byToken = await flow.status(token);
    const flowOrder = String(byToken["flowOrder"]);
    expect(await fieldsOf(flow.get("payment/getStatusByCommerceId", { commerceId: "pay_42" }))).toEqual(
      byToken,
    );
    expect(await fieldsOf(flow.get("payment/getStatusByFlowOrder", { flowOrder }))).toEqual(byToken);
    expect(await fieldsOf(flow.get("payment/getStatusExtended", { token }))).toMatchObject(byToken);
  });

  test("says in its longer form why a card was refused", async () => {
    const payment = await flow.create();
    await flow.press(payment, "reject");
    const { lastError } = await fieldsOf(flow.get("payment/getStatusExtended", { token: payment.token }));
    expect(lastError).toEqual({ code: something, message: aText, medioCode: something });
  });

  test.each([
    ["payment/getStatus", "token"],
    ["payment/getStatusByCommerceId", "commerceId"],
    ["payment/getStatusByFlowOrder", "flowOrder"],
  ])("of nothing that Flow knows is refused: %s", async (operation, name) => {
    const { status, body } = await answered(flow.get(operation, { [name]: "999" }));
    expect(status).toBe(400);
    expect(body).toEqual({ code: aNumber, message: "Transaction not found" });
  });

  test("needs a signature too", async () => {
    const { token } = await flow.create();
    const query = new URLSearchParams({ apiKey: keys.flowApiKey, token, s: "0".repeat(64) });
    const asked = fetch(`${flow.api("payment/getStatus")}?${query}`);
    expect(await answered(asked)).toEqual({ status: 401, body: refusal });
  });
});

describe("payment/getPayments", () => {
  const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "America/Santiago" });

  test("lists a day's payments page by page", async () => {
    for (const order of ["a", "b", "c"]) await flow.paid({ commerceOrder: order });
    await flow.create({ commerceOrder: "unpaid" });
    const first = await fieldsOf(flow.get("payment/getPayments", { date: today(), start: "0", limit: "2" }));
    expect(first).toMatchObject({ total: 3, hasMore: 1 });
    const second = await fieldsOf(flow.get("payment/getPayments", { date: today(), start: "2", limit: "2" }));
    expect(second).toMatchObject({ total: 3, hasMore: 0 });
    const listed = [first, second].flatMap(({ data }) => data as { commerceOrder: string; status: number }[]);
    expect(listed.map(({ commerceOrder }) => commerceOrder)).toEqual(["a", "b", "c"]);
    expect(listed.every(({ status }) => status === 2)).toBe(true);
  });

  test("lists nothing of another day, and needs the day", async () => {
    await flow.paid();
    expect(await fieldsOf(flow.get("payment/getPayments", { date: "2020-01-01" }))).toMatchObject({
      total: 0,
    });
    expect((await flow.get("payment/getPayments", {})).status).toBe(400);
  });
});
