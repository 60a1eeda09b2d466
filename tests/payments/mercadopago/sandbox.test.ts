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
import { mercadoPagoOnTheWire } from "./wire";

// Mercado Pago's stand-in against shared/gateways/mercadopago.md: preferences, their page, payments and refunds.

const wire = sandboxOnTheWire();
const mercadoPago = mercadoPagoOnTheWire(wire);
const { call, prefer, paid, found } = mercadoPago;
const badRequest = {
  status: 400,
  body: { message: aText, error: "bad_request", status: 400, cause: expect.any(Array) as unknown },
};
const cause = [{ code: aNumber, description: aText }];

describe("a preference", () => {
  test("answers 201 with an id and the page to go to", async () => {
    const { status, body } = await answered(call("POST", "checkout/preferences", mercadoPago.preference()));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: aText,
      init_point: like(/^http/),
      sandbox_init_point: like(/^http/),
      items: [{ id: "plan", title: "Plan Pro", quantity: 1, unit_price: 19_990, currency_id: "CLP" }],
      external_reference: "pay_42",
      back_urls: { success: aText, failure: aText, pending: aText },
    });
    expect(await fieldsOf(call("GET", `checkout/preferences/${String(body["id"])}`))).toEqual(body);
  });

  test.each([
    ["no token", ""],
    ["somebody else's token", "Bearer APP_USR-1"],
    ["the token without its scheme", keys.mercadopagoAccessToken],
  ])("with %s is refused", async (_, authorization) => {
    const asked = call("POST", "checkout/preferences", mercadoPago.preference(), { authorization });
    const { status, body } = await answered(asked);
    expect(status).toBe(401);
    expect(body).toMatchObject({ message: aText, error: aText, status: 401, cause: [] });
  });

  const item = { title: "Plan Pro", quantity: 1, unit_price: 19_990, currency_id: "CLP" };
  test.each<[string, Fields]>([
    ["no items", { items: [] }],
    ["a price in text", { items: [{ ...item, unit_price: "19990" }] }],
    ["parts of a peso", { items: [{ ...item, unit_price: 19_990.5 }] }],
    ["another country's money", { items: [{ ...item, currency_id: "BRL" }] }],
    ["an address that is none", { notification_url: "nowhere" }],
  ])("with %s is refused with its cause", async (_, change) => {
    const refused = await answered(call("POST", "checkout/preferences", mercadoPago.preference(change)));
    expect(refused).toEqual(badRequest);
    expect(refused.body["cause"]).toMatchObject(cause);
  });

  test("that returns by itself must say where to", async () => {
    const asked = mercadoPago.preference({ back_urls: { failure: "http://127.0.0.1:9/failure" } });
    const { status, body } = await answered(call("POST", "checkout/preferences", asked));
    expect([status, body["error"]]).toEqual([400, "invalid_auto_return"]);
  });

  test("may be paid until it expires, and not after", async () => {
    const made = await prefer({ expires: true, expiration_date_to: "2099-12-01T12:00:00.000-03:00" });
    await wire.order("clock", { at: "2099-12-01T15:00:01Z" });
    await mercadoPago.press(made, "approve");
    expect(await found()).toEqual([]);
  });
});

describe("the hosted page", () => {
  test("shows the whole price of what is bought", async () => {
    const { page } = await prefer({
      items: [{ ...{ title: "Lentes <sol>", currency_id: "CLP" }, quantity: 3, unit_price: 19_990 }],
    });
    const shown = await (await fetch(page)).text();
    expect(shown).toContain("$59.970");
    expect(shown).toContain("Lentes &lt;sol&gt;");
  });

  test("leads the payer back by itself once the payment is approved", async () => {
    const made = await prefer();
    const back = sentTo(await mercadoPago.press(made, "approve"));
    const [payment] = await found();
    expect(back.pathname).toBe("/success");
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      collection_id: String(payment?.["id"]),
      payment_id: String(payment?.["id"]),
      status: "approved",
      external_reference: "pay_42",
      preference_id: made.id,
      merchant_order_id: like(/^\d+$/),
    });
  });

  test.each([
    ["reject", "/failure", "rejected"],
    ["pending", "/pending", "pending"],
  ])("after %s offers the way to %s", async (action, pathname, status) => {
    const shown = await (await mercadoPago.press(await prefer(), action)).text();
    expect(shown).toContain(`action="http://127.0.0.1:9${pathname}"`);
    expect(shown).toContain(`name="status" value="${status}"`);
  });

  test("lets the payer leave without any payment", async () => {
    const back = sentTo(await mercadoPago.press(await prefer(), "leave"));
    expect([back.pathname, back.searchParams.get("payment_id")]).toEqual(["/failure", "null"]);
    expect(await found()).toEqual([]);
  });

  test("takes another try after a refused card: one preference, two payments", async () => {
    const made = await prefer();
    await mercadoPago.press(made, "reject");
    await mercadoPago.press(made, "approve");
    expect((await found()).map(({ status }) => status)).toEqual(["rejected", "approved"]);
  });
});

describe("a payment", () => {
  test("is told whole, with a numeric id and pesos as integers", async () => {
    const { path } = await paid();
    expect(await fieldsOf(call("GET", path))).toMatchObject({
      id: aNumber,
      status: "approved",
      status_detail: "accredited",
      currency_id: "CLP",
      transaction_amount: 19_990,
      transaction_amount_refunded: 0,
      external_reference: "pay_42",
      metadata: {},
      order: { id: like(/^\d+$/), type: "mercadopago" },
      live_mode: false,
      refunds: [],
    });
  });

  test("that nobody made is unknown", async () => {
    const { status, body } = await answered(call("GET", "v1/payments/1"));
    expect(status).toBe(404);
    expect(body).toMatchObject({ message: aText, error: aText, status: 404, cause });
  });

  test("is found by the shop's reference, and no other is", async () => {
    await paid("reject");
    const payments = await found();
    expect(payments).toHaveLength(1);
    expect(await found("pay_43")).toEqual([]);
    expect(payments[0]).toEqual(await fieldsOf(call("GET", `v1/payments/${String(payments[0]?.["id"])}`)));
  });

  test("is one of a list that is read page by page", async () => {
    const made = await prefer();
    for (let count = 0; count < 3; count += 1) await mercadoPago.press(made, "reject");
    const page = (offset: number) =>
      fieldsOf(call("GET", `v1/payments/search?external_reference=pay_42&limit=2&offset=${offset}`));
    const [first, second] = [await page(0), await page(2)];
    expect(first["paging"]).toEqual({ total: 3, limit: 2, offset: 0 });
    expect(second["paging"]).toEqual({ total: 3, limit: 2, offset: 2 });
    const ids = [first, second].flatMap(({ results }) => results as Fields[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  test("is cancelled while it waits", async () => {
    const { path } = await paid("pending");
    expect(await fieldsOf(call("PUT", path, { status: "cancelled" }))).toMatchObject({ status: "cancelled" });
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "cancelled" });
  });

  test.each(["approve", "reject"])("is not cancelled after %s", async (action) => {
    const { path, status } = { status: "", ...(await paid(action)) };
    expect(await answered(call("PUT", path, { status: "cancelled" }))).toEqual(badRequest);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status });
  });

  test("is not cancelled by a change that says something else", async () => {
    const { path } = await paid("pending");
    expect(await answered(call("PUT", path, { external_reference: "pay_43" }))).toEqual(badRequest);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "pending" });
  });
});

describe("a refund", () => {
  const refund = (path: string, key: string, body?: Fields) =>
    answered(call("POST", `${path}/refunds`, body, key === "" ? {} : { "x-idempotency-key": key }));
  const made = (amount: number) => ({
    status: 201,
    body: expect.objectContaining({
      id: aNumber,
      payment_id: aNumber,
      amount,
      status: "approved",
    }) as unknown,
  });

  test("without a body is of everything", async () => {
    const { path } = await paid();
    expect(await refund(path, "k1")).toEqual(made(19_990));
    expect(await fieldsOf(call("GET", path))).toMatchObject({
      status: "refunded",
      transaction_amount: 19_990,
      transaction_amount_refunded: 19_990,
      refunds: [{ amount: 19_990 }],
    });
  });

  test("of a part leaves the payment approved, and says so in its detail", async () => {
    const { path } = await paid();
    expect(await refund(path, "k1", { amount: 5_000 })).toEqual(made(5_000));
    expect(await fieldsOf(call("GET", path))).toMatchObject({
      status: "approved",
      status_detail: "partially_refunded",
      transaction_amount_refunded: 5_000,
    });
  });

  test("without a body, after a part, is of the rest", async () => {
    const { path } = await paid();
    await refund(path, "k1", { amount: 5_000 });
    expect(await refund(path, "k2")).toEqual(made(14_990));
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "refunded", refunds: [{}, {}] });
  });

  test("of more than is left is refused, and so is one of a refunded payment", async () => {
    const { path } = await paid();
    await refund(path, "k1", { amount: 5_000 });
    expect(await refund(path, "k2", { amount: 14_991 })).toEqual(badRequest);
    await refund(path, "k3", { amount: 14_990 });
    expect(await refund(path, "k4", { amount: 1 })).toEqual(badRequest);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ transaction_amount_refunded: 19_990 });
  });

  test.each(["pending", "reject"])("of a payment after %s is refused", async (action) => {
    expect(await refund((await paid(action)).path, "k1")).toEqual(badRequest);
  });

  test("needs an idempotency key", async () => {
    const { path } = await paid();
    expect(await refund(path, "")).toEqual(badRequest);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "approved", refunds: [] });
  });

  test.each([
    ["of a part", { amount: 5_000 }],
    ["of everything", undefined],
  ])("%s, asked for again under its key, is the same one", async (_, body) => {
    const { path } = await paid();
    const first = await refund(path, "k1", body);
    expect(await refund(path, "k1", body)).toEqual(first);
    expect((await fieldsOf(call("GET", path)))["refunds"]).toHaveLength(1);
  });

  test("under a used key and with another body is a conflict", async () => {
    const { path } = await paid();
    await refund(path, "k1", { amount: 5_000 });
    const { status, body } = await refund(path, "k1", { amount: 6_000 });
    expect([status, body["status"]]).toEqual([409, 409]);
    expect((await refund(path, "k1")).status).toBe(409);
    expect((await fieldsOf(call("GET", path)))["refunds"]).toHaveLength(1);
  });

  test("under another key is another one", async () => {
    const { path } = await paid();
    await refund(path, "k1", { amount: 5_000 });
    await refund(path, "k2", { amount: 5_000 });
    expect(await fieldsOf(call("GET", path))).toMatchObject({ transaction_amount_refunded: 10_000 });
  });
});
