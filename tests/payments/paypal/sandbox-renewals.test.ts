import { describe, expect, test } from "vitest";
import {
  answered,
  aText,
  type Fields,
  fieldsOf,
  type Heard,
  like,
  notices,
  press,
  sandboxOnTheWire,
  sentTo,
  textIn,
} from "../support/wire";
import { CANCEL, linkIn, PRICE, paypalOnTheWire, RETURN } from "./wire";

// PayPal's stand-in against shared/gateways/paypal.md: products, plans, subscriptions and their cycles.

const wire = sandboxOnTheWire();
const { call } = paypalOnTheWire(wire);
const DAY_MS = 86_400_000;
const said = ({ body }: Heard) => JSON.parse(body) as { event_type: string; resource: Fields };
const told = async (count: number) => (await notices(wire.shop, count)).map(said);

const product = async () =>
  textIn(
    await fieldsOf(call("POST", "v1/catalogs/products", { name: "Opttius", type: "SERVICE" }), 201),
    "id",
  );
const cycle = (interval_unit = "MONTH", interval_count = 1): Fields => ({
  tenure_type: "REGULAR",
  sequence: 1,
  total_cycles: 0,
  frequency: { interval_unit, interval_count },
  pricing_scheme: { fixed_price: PRICE },
});
const plan = async (change: Fields = {}) => {
  const asked = {
    product_id: await product(),
    name: "Opttius Pro",
    billing_cycles: [cycle()],
    payment_preferences: { payment_failure_threshold: 2 },
    ...change,
  };
  return textIn(await fieldsOf(call("POST", "v1/billing/plans", asked), 201), "id");
};
const subscribe = async (plan_id?: string) => {
  const made = await fieldsOf(
    call("POST", "v1/billing/subscriptions", {
      plan_id: plan_id ?? (await plan()),
      custom_id: "org_1",
      application_context: { return_url: RETURN, cancel_url: CANCEL, user_action: "SUBSCRIBE_NOW" },
    }),
    201,
  );
  return { made, page: linkIn(made, "approve"), path: `v1/billing/subscriptions/${textIn(made, "id")}` };
};
const active = async (plan_id?: string) => {
  const subscription = await subscribe(plan_id);
  await press(subscription.page, { action: "approve" });
  return subscription;
};
const state = (path: string) => fieldsOf(call("GET", path));
const charges = async (path: string) => {
  const span = "start_time=2020-01-01T00:00:00Z&end_time=2099-01-01T00:00:00Z";
  return (await state(`${path}/transactions?${span}`))["transactions"] as Fields[];
};

describe("a plan", () => {
  test("is made of a product and keeps its price, its cycle and its patience", async () => {
    const id = await plan({ billing_cycles: [cycle("WEEK", 2)] });
    expect(id).toMatch(/^P-\w+$/);
    expect(await product()).toMatch(/^PROD-\w+$/);
    expect(await state(`v1/billing/plans/${id}`)).toMatchObject({
      id,
      product_id: like(/^PROD-/),
      status: "ACTIVE",
      billing_cycles: [cycle("WEEK", 2)],
      payment_preferences: { payment_failure_threshold: 2 },
    });
  });

  test("in pesos is refused", async () => {
    const inPesos = { ...cycle(), pricing_scheme: { fixed_price: { currency_code: "CLP", value: "19990" } } };
    const asked = {
      product_id: await product(),
      name: "x",
      billing_cycles: [inPesos],
      payment_preferences: {},
    };
    const { status, body } = await answered(call("POST", "v1/billing/plans", asked));
    expect([status, body["details"]]).toMatchObject([422, [{ issue: "CURRENCY_NOT_SUPPORTED" }]]);
  });

  test("under one key is made once within three days", async () => {
    const product_id = await product();
    const asked = { product_id, name: "x", billing_cycles: [cycle()], payment_preferences: {} };
    const ask = () => fieldsOf(call("POST", "v1/billing/plans", asked, { "paypal-request-id": "p-1" }), 201);
    const first = await ask();
    await wire.order("clock", { ms: 2.9 * DAY_MS });
    expect(await ask()).toEqual(first);
    await wire.order("clock", { ms: 0.2 * DAY_MS });
    expect((await ask())["id"]).not.toBe(first["id"]);
  });
});

describe("a subscription", () => {
  test("waits for its payer's approval, and charges nothing before", async () => {
    const { made, path, page } = await subscribe();
    expect(made).toMatchObject({ id: like(/^I-\w+$/), status: "APPROVAL_PENDING", custom_id: "org_1" });
    expect(await (await fetch(page, { headers: { "accept-language": "en" } })).text()).toContain("29.90 USD");
    await wire.order("clock", { ms: 40 * DAY_MS });
    expect(await charges(path)).toEqual([]);
    expect(await told(1)).toMatchObject([{ event_type: "BILLING.SUBSCRIPTION.CREATED" }]);
  });

  test("of a plan that nobody made is unknown", async () => {
    const { status } = await answered(call("POST", "v1/billing/subscriptions", { plan_id: "P-NONE" }));
    expect(status).toBe(404);
  });

  test.each([
    ["approve", RETURN, "ACTIVE"],
    ["cancel", CANCEL, "APPROVAL_PENDING"],
  ])("after its payer's %s leads to %s", async (action, address, status) => {
    const { made, page, path } = await subscribe();
    const back = sentTo(await press(page, { action }));
    expect(back.href.startsWith(address)).toBe(true);
    expect(back.searchParams.get("subscription_id")).toBe(made["id"]);
    expect(await state(path)).toMatchObject({ status });
  });

  test("once active tells when it is charged next, and when it was last", async () => {
    await wire.order("clock", { at: "2026-01-31T12:00:00Z" });
    const { path } = await active();
    expect(await state(path)).toMatchObject({
      status: "ACTIVE",
      billing_info: {
        next_billing_time: "2026-02-28T12:00:00Z",
        last_payment: { amount: PRICE, time: "2026-01-31T12:00:00Z" },
        failed_payments_count: 0,
      },
    });
  });

  test.each([
    ["DAY", 3, "2026-01-18T12:00:00Z"],
    ["WEEK", 2, "2026-01-29T12:00:00Z"],
    ["MONTH", 3, "2026-04-15T12:00:00Z"],
    ["YEAR", 1, "2027-01-15T12:00:00Z"],
  ])("by %s, %i at a time, is charged next on %s", async (unit, count, next) => {
    await wire.order("clock", { at: "2026-01-15T12:00:00Z" });
    const { path } = await active(await plan({ billing_cycles: [cycle(unit, count)] }));
    expect(await state(path)).toMatchObject({ billing_info: { next_billing_time: next } });
  });

  test("that its card refuses as often as the plan allows is suspended", async () => {
    const { made, path } = await active();
    await wire.order("paypal/subscriptions", { id: made["id"], refusals: 2 });
    await wire.order("clock", { ms: 32 * DAY_MS });
    expect(await state(path)).toMatchObject({ status: "ACTIVE", billing_info: { failed_payments_count: 1 } });
    await wire.order("clock", { ms: 31 * DAY_MS });
    expect(await state(path)).toMatchObject({ status: "SUSPENDED" });
    const types = (await told(6)).map(({ event_type }) => event_type);
    expect(types.filter((type) => type === "BILLING.SUBSCRIPTION.PAYMENT.FAILED")).toHaveLength(2);
    expect(types).toContain("BILLING.SUBSCRIPTION.SUSPENDED");
  });

  test("is cancelled without an answer's body, and charged no more", async () => {
    const { path } = await active();
    const answer = await call("POST", `${path}/cancel`, { reason: "closed" });
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    await wire.order("clock", { ms: 40 * DAY_MS });
    expect(await state(path)).toMatchObject({ status: "CANCELLED" });
    expect(await charges(path)).toHaveLength(1);
  });

  test("moves to another plan when its payer has agreed to that", async () => {
    const { path, made } = await active();
    const other = await plan();
    const revised = await fieldsOf(call("POST", `${path}/revise`, { plan_id: other }));
    expect((await state(path))["plan_id"]).toBe(made["plan_id"]);
    await press(linkIn(revised, "approve"), { action: "approve" });
    expect((await state(path))["plan_id"]).toBe(other);
  });
});

describe("a cycle's charge", () => {
  test("is one of the subscription's transactions of its time", async () => {
    const { path } = await active();
    const [charge] = await charges(path);
    expect(charge).toMatchObject({
      id: aText,
      status: "COMPLETED",
      amount_with_breakdown: { gross_amount: PRICE },
      time: aText,
    });
    const before = "start_time=2020-01-01T00:00:00Z&end_time=2020-02-01T00:00:00Z";
    expect(await state(`${path}/transactions?${before}`)).toMatchObject({ transactions: [] });
    expect((await call("GET", `${path}/transactions`)).status).toBe(400);
  });

  const sale = { total: "29.90", currency: "USD" };
  const saleOf = async (type: string, count: number) =>
    (await told(count)).find(({ event_type }) => event_type === `PAYMENT.SALE.${type}`)?.resource;

  test("is told of as a sale that names its subscription", async () => {
    const { made, path } = await active();
    const [charge] = await charges(path);
    expect(await saleOf("COMPLETED", 3)).toMatchObject({
      id: charge?.["id"],
      amount: sale,
      billing_agreement_id: made["id"],
      custom: "org_1",
    });
  });

  test("that is refunded is told of as a sale too", async () => {
    const { made, path } = await active();
    const id = textIn((await charges(path))[0] ?? {}, "id");
    await fieldsOf(call("POST", `v2/payments/captures/${id}/refund`, {}), 201);
    expect(await saleOf("REFUNDED", 4)).toMatchObject({
      amount: sale,
      billing_agreement_id: made["id"],
      sale_id: id,
    });
  });

  test("that is taken back is told of as a sale too", async () => {
    const { made, path } = await active();
    const id = textIn((await charges(path))[0] ?? {}, "id");
    await wire.order("paypal/captures", { id, status: "REVERSED" });
    expect(await saleOf("REVERSED", 4)).toMatchObject({ id, amount: sale, billing_agreement_id: made["id"] });
  });

  test("is found page by page among all transactions, by day", async () => {
    const now = Date.now();
    await active();
    await wire.order("clock", { ms: 32 * DAY_MS });
    const list = async (from: number, to: number, page: number) => {
      const [start, end] = [from, to].map((days) => new Date(now + days * DAY_MS).toISOString());
      const span = `start_date=${start}&end_date=${end}&page=${page}&page_size=1`;
      return state(`v1/reporting/transactions?${span}`);
    };
    const charge = {
      transaction_id: aText,
      transaction_amount: PRICE,
      transaction_status: "S",
      custom_field: "org_1",
    };
    expect(await list(5, 33, 1)).toMatchObject({
      transaction_details: [{ transaction_info: charge }],
      total_items: 1,
      total_pages: 1,
      page: 1,
    });
    expect(await list(5, 33, 2)).toMatchObject({ transaction_details: [], page: 2 });
  });
});
