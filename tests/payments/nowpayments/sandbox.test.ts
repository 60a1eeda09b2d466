import { describe, expect, test } from "vitest";
import {
  aNumber,
  answered,
  aText,
  type Fields,
  fieldsOf,
  keys,
  like,
  sandboxOnTheWire,
  sentTo,
} from "../support/wire";
import { nowPaymentsOnTheWire } from "./wire";

// NOWPayments' stand-in against shared/gateways/nowpayments.md: catalogue, invoices, their page, payments and lists.

const wire = sandboxOnTheWire();
const nowPayments = nowPaymentsOnTheWire(wire);
const { call, open, press, decide, paymentsOf } = nowPayments;
const instant = like(/^\d{4}-\d\d-\d\dT/);
const refusal = (statusCode: number, code: unknown = aText) => ({
  status: statusCode,
  body: { status: false, statusCode, code, message: aText },
});

describe("the API", () => {
  test("says without a key that it is there", async () => {
    expect(await fieldsOf(fetch(`${wire.url}/nowpayments/v1/status`))).toEqual({ message: "OK" });
  });

  test.each([
    ["GET", "currencies"],
    ["POST", "invoice"],
    ["GET", "payment/1"],
  ])("answers %s %s to nobody without the key", async (method, path) => {
    const body = method === "POST" ? nowPayments.invoice() : undefined;
    const { status, body: told } = await answered(call(method, path, body, { "x-api-key": "guessed" }));
    expect([401, 403]).toContain(status);
    expect(told).toEqual(refusal(status).body);
  });

  test("knows coins, what a price comes to in one, and how little one takes", async () => {
    const { currencies } = await fieldsOf(call("GET", "currencies?fixed_rate=true"));
    expect(currencies).toContain("trx");
    expect(await fieldsOf(call("GET", "estimate?amount=29.9&currency_from=usd&currency_to=trx"))).toEqual({
      currency_from: "usd",
      amount_from: 29.9,
      currency_to: "trx",
      estimated_amount: aNumber,
    });
    expect(
      await fieldsOf(call("GET", "min-amount?currency_from=trx&currency_to=trx&fiat_equivalent=usd")),
    ).toMatchObject({ min_amount: aNumber, fiat_equivalent: aNumber });
  });

  test("has no way to refund, and none to cancel", async () => {
    const { id } = await open();
    for (const path of ["refund", `payment/1/refund`, `invoice/${id}/cancel`])
      expect(await answered(call("POST", path, {}))).toEqual(refusal(404, "NOT_FOUND"));
  });
});

describe("an invoice", () => {
  test("answers 201 with its page, and with id and price as text", async () => {
    expect(await answered(call("POST", "invoice", nowPayments.invoice()))).toEqual({
      status: 201,
      body: expect.objectContaining({
        id: like(/^\d+$/),
        order_id: "pay_42",
        order_description: "Opttius Pro, 1 month",
        price_amount: "29.9",
        price_currency: "usd",
        pay_currency: null,
        ipn_callback_url: `${wire.shop.url}/nowpayments`,
        invoice_url: like(/\/payment\/\?iid=\d+$/),
        success_url: "http://127.0.0.1:9/success?a=1",
        cancel_url: "http://127.0.0.1:9/cancel",
        created_at: instant,
        updated_at: instant,
      }) as unknown,
    });
  });

  test("needs its price and its currency alone", async () => {
    await fieldsOf(call("POST", "invoice", { price_amount: 5, price_currency: "usd" }), 201);
    expect(await answered(call("POST", "invoice", { price_amount: 5 }))).toEqual(
      refusal(400, "INVALID_REQUEST_PARAMS"),
    );
    expect(await answered(call("POST", "invoice", { price_currency: "usd" }))).toEqual(
      refusal(400, "INVALID_REQUEST_PARAMS"),
    );
  });

  test.each<[string, Fields]>([
    ["pesos", { price_currency: "clp" }],
    ["nothing", { price_amount: 0 }],
    ["a price in text", { price_amount: "29.90" }],
    ["an address that is none", { ipn_callback_url: "nowhere" }],
  ])("of %s is refused", async (_, change) => {
    expect(await answered(call("POST", "invoice", nowPayments.invoice(change)))).toEqual(
      refusal(400, "INVALID_REQUEST_PARAMS"),
    );
  });

  test("can name its coin beforehand", async () => {
    expect((await open({ pay_currency: "btc" })).made).toMatchObject({ pay_currency: "btc" });
  });

  test("of an order that has one already is another one: nothing is repeated by itself", async () => {
    expect((await open()).id).not.toBe((await open()).id);
  });

  test("cannot be asked about: its payments can", async () => {
    const { id } = await open();
    expect(await answered(call("GET", `invoice/${id}`))).toEqual(refusal(404, "NOT_FOUND"));
    expect(await paymentsOf(id)).toEqual([]);
  });
});

describe("the hosted page", () => {
  test("shows the price as it was asked", async () => {
    const { page } = await open({ order_description: "Pro <1>", price_amount: 1_234.5 });
    const shown = await (await fetch(page, { headers: { "accept-language": "en" } })).text();
    expect(shown).toContain("$1,234.50");
    expect(shown).toContain("Pro &lt;1&gt;");
  });

  test.each([
    ["approve", "http://127.0.0.1:9/success?a=1"],
    ["partial", "http://127.0.0.1:9/part"],
    ["leave", "http://127.0.0.1:9/cancel"],
  ])("after %s leads to %s", async (action, address) => {
    expect(sentTo(await press(await open(), action)).href.startsWith(address)).toBe(true);
  });

  test("of a payer who leaves has no payment", async () => {
    const invoice = await open();
    await press(invoice, "leave");
    expect(await paymentsOf(invoice.id)).toEqual([]);
  });
});

describe("a payment", () => {
  test("is told whole, with amounts as numbers", async () => {
    const invoice = await open();
    await decide(invoice, { coin: "trx", status: "waiting" });
    const [{ payment_id } = {}] = await paymentsOf(invoice.id);
    expect(await fieldsOf(call("GET", `payment/${String(payment_id)}`))).toMatchObject({
      payment_id: aNumber,
      invoice_id: Number(invoice.id),
      payment_status: "waiting",
      pay_address: aText,
      price_amount: 29.9,
      price_currency: "usd",
      pay_amount: aNumber,
      actually_paid: 0,
      pay_currency: "trx",
      order_id: "pay_42",
      purchase_id: aText,
      outcome_amount: aNumber,
      outcome_currency: aText,
      created_at: instant,
      updated_at: instant,
      payment_extra_ids: null,
    });
  });

  test("that nobody made is unknown", async () => {
    expect(await answered(call("GET", "payment/123456789"))).toEqual(refusal(404, "NOT_FOUND"));
  });

  test("made whole goes through its steps until it is finished", async () => {
    const invoice = await open();
    await press(invoice, "approve");
    await expect
      .poll(async () => (await paymentsOf(invoice.id))[0]?.["payment_status"], { timeout: 5_000 })
      .toBe("finished");
    const [payment] = await paymentsOf(invoice.id);
    expect(payment?.["actually_paid"]).toBe(payment?.["pay_amount"]);
  });

  test("made in part is topped up by another one of the same purchase", async () => {
    const invoice = await open();
    const part = await decide(invoice, { coin: "trx", status: "partially_paid", actuallyPaid: 59.8 });
    expect(part).toMatchObject({ payment_status: "partially_paid", pay_amount: 119.6, actually_paid: 59.8 });
    await press(invoice, "approve");
    const [, rest] = await paymentsOf(invoice.id);
    expect(rest).toMatchObject({ purchase_id: part["purchase_id"], pay_amount: 59.8, price_amount: 14.95 });
  });

  test("in another coin comes as one of its own that names the first, for less than the price", async () => {
    const invoice = await open();
    await press(invoice, "wrong", "trx");
    const [first, stray] = await paymentsOf(invoice.id);
    expect(stray).toMatchObject({
      parent_payment_id: first?.["payment_id"],
      payment_extra_ids: [first?.["payment_id"]],
    });
    expect(stray?.["pay_currency"]).not.toBe("trx");
  });

  test.each(["confirming", "confirmed", "sending", "failed", "refunded"])("can be %s", async (status) => {
    expect(await decide(await open(), { status })).toMatchObject({ payment_status: status });
  });

  test("that nobody makes is expired after a week", async () => {
    const invoice = await open();
    await decide(invoice, { status: "waiting" });
    await wire.order("clock", { ms: 6 * 86_400_000 });
    expect(await paymentsOf(invoice.id)).toMatchObject([{ payment_status: "waiting" }]);
    await wire.order("clock", { ms: 2 * 86_400_000 });
    expect(await paymentsOf(invoice.id)).toMatchObject([{ payment_status: "expired" }]);
  });

  test("at a fixed rate is expired after twenty minutes", async () => {
    const invoice = await open({ is_fixed_rate: true });
    await decide(invoice, { status: "waiting" });
    await wire.order("clock", { ms: 19 * 60_000 });
    expect(await paymentsOf(invoice.id)).toMatchObject([{ payment_status: "waiting" }]);
    await wire.order("clock", { ms: 2 * 60_000 });
    expect(await paymentsOf(invoice.id)).toMatchObject([{ payment_status: "expired" }]);
  });
});

describe("the list of payments", () => {
  test("is for who signed in, for five minutes, and with the key besides", async () => {
    const token = await nowPayments.signIn();
    const list = (headers: Record<string, string>) => call("GET", "payment/", undefined, headers);
    expect((await list(token)).status).toBe(200);
    expect((await list({})).status).toBe(401);
    expect((await list({ ...token, "x-api-key": "guessed" })).status).toBe(403);
    await wire.order("clock", { ms: 5 * 60_000 + 1 });
    expect(await answered(list(token))).toEqual(refusal(401));
  });

  test.each([
    ["a wrong password", { email: keys.nowpaymentsEmail, password: "guessed" }],
    ["nobody", {}],
  ])("lets in not %s", async (_, login) => {
    const { status, body } = await answered(call("POST", "auth", login));
    expect(body).toEqual(refusal(status).body);
    expect([401, 403]).toContain(status);
  });

  test("holds an invoice's payments, and no other's", async () => {
    const [invoice, other] = [await open(), await open({ order_id: "pay_43" })];
    await decide(invoice, { status: "expired" });
    await decide(invoice, { new: true, status: "finished" });
    await decide(other, { status: "finished" });
    const listed = await paymentsOf(invoice.id);
    expect(listed.map(({ payment_status }) => payment_status)).toEqual(["expired", "finished"]);
    expect(await paymentsOf(other.id)).toHaveLength(1);
  });

  test("is read page by page", async () => {
    const invoice = await open();
    for (const status of ["failed", "expired", "finished"]) await decide(invoice, { new: true, status });
    const pages = [
      await paymentsOf(invoice.id, "&limit=2&page=0"),
      await paymentsOf(invoice.id, "&limit=2&page=1"),
    ];
    expect(pages.map((page) => page.map(({ payment_status }) => payment_status))).toEqual([
      ["failed", "expired"],
      ["finished"],
    ]);
  });
});
