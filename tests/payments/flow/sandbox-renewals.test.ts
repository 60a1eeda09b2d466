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
  textIn,
} from "../support/wire";
import { flowOnTheWire } from "./wire";

// Flow's stand-in against shared/gateways/flow.md: customers, their cards, plans, subscriptions and invoices.

const wire = sandboxOnTheWire();
const flow = flowOnTheWire(wire);
const DAY_MS = 86_400_000;
const midnight = like(/^\d{4}-\d\d-\d\d 00:00:00$/);
const card = {
  creditCardType: "Visa",
  last4CardDigits: like(/^\d{4}$/),
  cardNumber: aText,
  issuerBank: aText,
};

const customer = async () =>
  textIn(
    await fieldsOf(
      flow.post("customer/create", { name: "Vista", email: "owner@vista.test", externalId: "org_1" }),
    ),
    "customerId",
  );
const registration = async (customerId: string) => {
  const url_return = "http://127.0.0.1:9/card?a=1";
  const opened = await fieldsOf(flow.post("customer/register", { customerId, url_return }));
  return { url: textIn(opened, "url"), token: textIn(opened, "token") };
};
const registered = async () => {
  const customerId = await customer();
  const { url, token } = await registration(customerId);
  await press(url, { token, action: "approve" });
  return customerId;
};
const plan = (change: Record<string, string> = {}) => ({
  planId: "pro-month",
  name: "Opttius Pro",
  amount: "19990",
  interval: "3",
  urlCallback: `${wire.shop.url}/flow/plan`,
  ...change,
});
const subscribe = async (change: Record<string, string> = {}) =>
  fieldsOf(
    flow.post("subscription/create", { planId: "pro-month", customerId: await registered(), ...change }),
  );
const subscription = (told: Fields) =>
  fieldsOf(flow.get("subscription/get", { subscriptionId: textIn(told, "subscriptionId") }));
const invoicesOf = (told: Fields) => told["invoices"] as (Fields & { id: number })[];
const invoice = (id: number) => fieldsOf(flow.get("invoice/get", { invoiceId: String(id) }));

describe("a customer", () => {
  test("is made anew by each call, whatever name the merchant gives", async () => {
    const [first, second] = [await customer(), await customer()];
    expect(first).toMatch(/^cus_\w+$/);
    expect(second).not.toBe(first);
  });

  test.each(["name", "email", "externalId"])("needs %s", async (name) => {
    const whole: Record<string, string> = { name: "Vista", email: "owner@vista.test", externalId: "org_1" };
    const { [name]: _left, ...rest } = whole;
    const { status, body } = await answered(flow.post("customer/create", rest));
    expect(status).toBe(400);
    expect(body).toEqual({ code: aNumber, message: aText });
  });

  test("registers a card on a page, and comes back by POST with the token", async () => {
    const customerId = await customer();
    const { url, token } = await registration(customerId);
    expect((await fetch(`${url}?token=${token}`)).status).toBe(200);
    const shown = await (await press(url, { token, action: "approve" })).text();
    expect(shown).toContain('method="post" action="http://127.0.0.1:9/card?a=1"');
    expect(shown).toContain(`name="token" value="${token}"`);
    const told = await fieldsOf(flow.get("customer/getRegisterStatus", { token }));
    expect(told).toEqual({ status: "1", customerId, ...card });
    expect(told["cardNumber"]).toContain(String(told["last4CardDigits"]));
  });

  test("who refuses to has no card", async () => {
    const customerId = await customer();
    const { url, token } = await registration(customerId);
    await press(url, { token, action: "reject" });
    const told = await fieldsOf(flow.get("customer/getRegisterStatus", { token }));
    expect(told["status"]).not.toBe("1");
    expect(told).toMatchObject({ customerId, creditCardType: null, last4CardDigits: null });
  });
});

describe("a plan", () => {
  test("takes pesos, three days and three tries unless told otherwise", async () => {
    expect(await fieldsOf(flow.post("plans/create", plan()))).toMatchObject({
      planId: "pro-month",
      currency: "CLP",
      interval: 3,
      interval_count: 1,
      days_until_due: 3,
      charges_retries_number: 3,
      trial_period_days: 0,
    });
  });

  test.each(["planId", "name", "amount", "interval"])("needs %s", async (name) => {
    const { [name]: _left, ...rest } = plan() as Record<string, string>;
    expect((await flow.post("plans/create", rest)).status).toBe(400);
  });

  test("takes no name with spaces, and no interval but day, week, month and year", async () => {
    expect((await flow.post("plans/create", plan({ planId: "pro month" }))).status).toBe(400);
    expect((await flow.post("plans/create", plan({ interval: "5" }))).status).toBe(400);
  });

  test.each([
    ["1", "1", "2026-01-31", "2026-02-01"],
    ["2", "2", "2026-01-31", "2026-02-14"],
    ["3", "1", "2026-01-15", "2026-02-15"],
    ["3", "3", "2026-01-15", "2026-04-15"],
    ["4", "1", "2026-01-15", "2027-01-15"],
  ])(
    "of interval %s, %s at a time, begun %s bills next on %s",
    async (interval, interval_count, start, next) => {
      await wire.order("clock", { at: `${start}T15:00:00Z` });
      await fieldsOf(flow.post("plans/create", plan({ interval, interval_count })));
      expect(await subscribe()).toMatchObject({ next_invoice_date: `${next} 00:00:00` });
    },
  );

  test("gives its trial to those who subscribe", async () => {
    await fieldsOf(flow.post("plans/create", plan({ trial_period_days: "14" })));
    expect(await subscribe()).toMatchObject({ status: 2, trial_period_days: 14, invoices: [] });
  });
});

describe("a subscription", () => {
  const begun = async (change?: Record<string, string>) => {
    await fieldsOf(flow.post("plans/create", plan()));
    return subscribe(change);
  };
  const afterDays = (days: number) => wire.order("clock", { ms: days * DAY_MS });

  test("charges its card at once, and tells of it as the payment of an invoice", async () => {
    const told = await begun();
    expect(told).toMatchObject({
      subscriptionId: like(/^sus_\w+$/),
      planId: "pro-month",
      status: 1,
      morose: 0,
      period_start: midnight,
      period_end: midnight,
      next_invoice_date: midnight,
      cancel_at_period_end: 0,
    });
    const [first] = invoicesOf(told);
    expect(first).toMatchObject({ id: aNumber, status: 1, due_date: midnight, attemp_count: 1 });
    expect(await invoice(first?.id ?? 0)).toMatchObject({
      status: 1,
      payment: { status: 2, amount: 19_990, currency: "CLP", flowOrder: aNumber },
      chargeAttemps: [],
    });
  });

  test("calls the plan's address back about each charge, with a payment's token", async () => {
    await begun();
    await afterDays(32);
    const heard = await notices(wire.shop, 2);
    expect(heard.map(({ url }) => url.pathname)).toEqual(["/flow/plan", "/flow/plan"]);
    const tokens = heard.map(({ body }) => new URLSearchParams(body).get("token") ?? "");
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(await flow.status(token)).toMatchObject({ status: 2, amount: 19_990 });
  });

  test("whose card refuses owes an invoice: first within its days, then past them", async () => {
    const told = await begun();
    await wire.order("flow/customers", { customerId: told["customerId"], refusesWith: -8 });
    await wire.order("clock", { at: `${String(told["next_invoice_date"]).slice(0, 10)}T15:00:00Z` });
    expect(await subscription(told)).toMatchObject({ status: 1, morose: 2 });
    const owed = invoicesOf(await subscription(told)).at(-1);
    expect(owed).toMatchObject({ status: 0, attemp_count: 1 });
    expect(await invoice(owed?.id ?? 0)).toMatchObject({ payment: null, chargeAttemps: [{ errorCode: -8 }] });
    for (let day = 1; day <= 5; day += 1) await afterDays(1);
    expect(await subscription(told)).toMatchObject({ morose: 1 });
    const tries = (await invoice(owed?.id ?? 0))["chargeAttemps"];
    expect(tries).toHaveLength(4); // the first, and three more
  });

  test("cancelled now ends now", async () => {
    const { subscriptionId } = await begun();
    const ended = flow.post("subscription/cancel", {
      subscriptionId: String(subscriptionId),
      at_period_end: "0",
    });
    expect(await fieldsOf(ended)).toMatchObject({ status: 4, next_invoice_date: null });
    await afterDays(40);
    expect(wire.shop.heard).toHaveLength(1);
  });

  test("cancelled at the period's end runs until then, and charges nothing more", async () => {
    const told = await begun();
    const subscriptionId = textIn(told, "subscriptionId");
    await fieldsOf(flow.post("subscription/cancel", { subscriptionId, at_period_end: "1" }));
    expect(await subscription(told)).toMatchObject({ status: 1, cancel_at_period_end: 1 });
    await afterDays(32);
    expect(await subscription(told)).toMatchObject({ status: 4 });
    expect(invoicesOf(await subscription(told))).toHaveLength(1);
  });

  test("moves to another plan, because a plan's price cannot change", async () => {
    const told = await begun();
    await fieldsOf(flow.post("plans/create", plan({ planId: "max-month", amount: "29990" })));
    const subscriptionId = textIn(told, "subscriptionId");
    await fieldsOf(flow.post("subscription/changePlan", { subscriptionId, newPlanId: "max-month" }));
    expect(await subscription(told)).toMatchObject({ planId: "max-month" });
  });

  test("is listed by its plan, page by page", async () => {
    const names = [await begun(), await subscribe(), await subscribe()].map((told) => told["subscriptionId"]);
    const page = async (start: string) =>
      fieldsOf(flow.get("subscription/list", { planId: "pro-month", start, limit: "2" }));
    const [first, second] = [await page("0"), await page("2")];
    expect([first["hasMore"], second["hasMore"], first["total"]]).toEqual([1, 0, 3]);
    const listed = [first, second].flatMap(({ data }) => data as Fields[]);
    expect(listed.map(({ subscriptionId }) => subscriptionId)).toEqual(names);
  });

  test.each([
    ["subscription/get", { subscriptionId: "sus_nobody" }],
    ["invoice/get", { invoiceId: "1" }],
    ["plans/get", { planId: "none" }],
    ["customer/getRegisterStatus", { token: "A1" }],
  ])("of another world is refused as Flow words errors: %s", async (operation, parameters) => {
    const { status, body } = await answered(flow.get(operation, { ...parameters }));
    expect([400, 401]).toContain(status);
    expect(body).toEqual({ code: aNumber, message: aText });
  });
});
