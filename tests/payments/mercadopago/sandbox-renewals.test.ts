import { describe, expect, test } from "vitest";
import {
  aNumber,
  answered,
  aText,
  type Fields,
  fieldsOf,
  like,
  notices,
  press,
  sandboxOnTheWire,
  sentTo,
  textIn,
} from "../support/wire";
import { mercadoPagoOnTheWire, signatureIn } from "./wire";

// Mercado Pago's stand-in against shared/gateways/mercadopago.md: preapprovals and what they charge.

const wire = sandboxOnTheWire();
const { call } = mercadoPagoOnTheWire(wire);
const DAY_MS = 86_400_000;

const asked = (change: Fields = {}): Fields => ({
  payer_email: "owner@vista.test",
  reason: "Opttius Pro",
  external_reference: "org_1",
  back_url: "http://127.0.0.1:9/renewal",
  notification_url: `${wire.shop.url}/mercadopago`,
  auto_recurring: { frequency: 1, frequency_type: "months", transaction_amount: 19_990, currency_id: "CLP" },
  status: "pending",
  ...change,
});
const ask = async () => {
  const made = await fieldsOf(call("POST", "preapproval", asked()), 201);
  const id = textIn(made, "id");
  return { made, id, path: `preapproval/${id}`, page: textIn(made, "init_point") };
};
const agreed = async () => {
  const preapproval = await ask();
  await press(preapproval.page, { preapproval_id: preapproval.id, action: "agree" });
  return preapproval;
};
const charges = async (id: string) =>
  (await fieldsOf(call("GET", `authorized_payments/search?preapproval_id=${id}`)))["results"] as Fields[];

describe("a preapproval", () => {
  test("without a card waits for its payer on a page", async () => {
    const { made, page } = await ask();
    expect(made).toMatchObject({
      id: like(/^[0-9a-f]{32}$/),
      status: "pending",
      external_reference: "org_1",
      init_point: like(/\/subscriptions\/checkout\?preapproval_id=[0-9a-f]{32}$/),
      auto_recurring: {
        frequency: 1,
        frequency_type: "months",
        transaction_amount: 19_990,
        currency_id: "CLP",
      },
      next_payment_date: aText,
    });
    expect(await (await fetch(page)).text()).toContain("$19.990");
  });

  test.each(["reason", "payer_email", "back_url", "auto_recurring"])("needs %s", async (name) => {
    const { [name]: _left, ...rest } = asked();
    const { status, body } = await answered(call("POST", "preapproval", rest));
    expect(status).toBe(400);
    expect(body).toMatchObject({ message: aText, error: "bad_request", status: 400 });
  });

  test("that waits charges nothing, however long", async () => {
    const { id } = await ask();
    await wire.order("clock", { ms: 70 * DAY_MS });
    expect(await charges(id)).toEqual([]);
  });

  test.each([
    ["agree", "authorized"],
    ["refuse", "cancelled"],
    ["leave", "pending"],
  ])("after its payer's %s is %s, and the payer comes back", async (action, status) => {
    const { id, path, page } = await ask();
    const back = sentTo(await press(page, { preapproval_id: id, action }));
    expect([back.pathname, back.searchParams.get("preapproval_id")]).toEqual(["/renewal", id]);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ id, status });
  });

  test("is found by the shop's reference, because making one again makes another", async () => {
    const ids = [(await ask()).id, (await ask()).id];
    const found = await fieldsOf(call("GET", "preapproval/search?external_reference=org_1"));
    expect((found["results"] as Fields[]).map(({ id }) => id).sort()).toEqual(ids.sort());
    const other = await fieldsOf(call("GET", "preapproval/search?external_reference=org_2"));
    expect(other["results"]).toEqual([]);
  });

  test("that nobody made is unknown", async () => {
    const { status, body } = await answered(call("GET", "preapproval/2c938084726fca480172750000000000"));
    expect([status, body["status"]]).toEqual([404, 404]);
  });

  test("pauses, goes on, and ends for good", async () => {
    const { path } = await agreed();
    for (const status of ["paused", "authorized", "cancelled"])
      expect(await fieldsOf(call("PUT", path, { status }))).toMatchObject({ status });
    const { status } = await answered(call("PUT", path, { status: "authorized" }));
    expect(status).toBe(400);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "cancelled" });
  });

  test("takes another price, which the next charge is of", async () => {
    const { id, path } = await agreed();
    await fieldsOf(call("PUT", path, { auto_recurring: { transaction_amount: 24_990, currency_id: "CLP" } }));
    await wire.order("clock", { ms: 32 * DAY_MS });
    expect((await charges(id)).map((one) => one["transaction_amount"]).sort()).toEqual([19_990, 24_990]);
  });
});

describe("a charge", () => {
  test("is told with the payment that it came to", async () => {
    const { id } = await agreed();
    const [charge] = await charges(id);
    expect(charge).toMatchObject({
      id: aNumber,
      preapproval_id: id,
      status: "processed",
      retry_attempt: 0,
      debit_date: aText,
      payment: { id: aNumber, status: "approved", status_detail: "accredited" },
    });
    expect(await fieldsOf(call("GET", `authorized_payments/${String(charge?.["id"])}`))).toEqual(charge);
    const { id: paymentId } = charge?.["payment"] as Fields;
    expect(await fieldsOf(call("GET", `v1/payments/${String(paymentId)}`))).toMatchObject({
      status: "approved",
      transaction_amount: 19_990,
      currency_id: "CLP",
      external_reference: "org_1",
    });
  });

  test("comes with each month, and not while the preapproval is paused", async () => {
    const { id, path } = await agreed();
    await wire.order("clock", { ms: 32 * DAY_MS });
    expect(await charges(id)).toHaveLength(2);
    await call("PUT", path, { status: "paused" });
    await wire.order("clock", { ms: 32 * DAY_MS });
    expect(await charges(id)).toHaveLength(2);
  });

  test("that the card refuses is tried again, and counts its tries", async () => {
    await wire.order("mercadopago/cards", { decline: true });
    const { id } = await agreed();
    expect(await charges(id)).toMatchObject([{ status: "recycling", payment: { status: "rejected" } }]);
    await wire.order("mercadopago/cards", { decline: false });
    await wire.order("clock", { ms: 1.5 * DAY_MS });
    expect(await charges(id)).toMatchObject([
      { status: "processed", retry_attempt: 1, payment: { status: "approved" } },
    ]);
  });

  test("is told of by signed notices: the preapproval, the charge, and its payment", async () => {
    const { id } = await agreed();
    const heard = await notices(wire.shop, 3);
    const named = new Map(
      heard.map(({ url: { searchParams } }) => [searchParams.get("type"), searchParams.get("data.id")]),
    );
    const [charge] = await charges(id);
    expect(Object.fromEntries(named)).toEqual({
      subscription_preapproval: id,
      subscription_authorized_payment: String(charge?.["id"]),
      payment: String((charge?.["payment"] as Fields)["id"]),
    });
    for (const one of heard) {
      const { v1, rightV1 } = signatureIn(one);
      expect(v1).toBe(rightV1);
    }
  });
});
