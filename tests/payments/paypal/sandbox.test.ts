import { describe, expect, test } from "vitest";
import {
  aNumber,
  answered,
  aText,
  type Fields,
  fieldsOf,
  like,
  press,
  sandboxOnTheWire,
  sentTo,
} from "../support/wire";
import { CANCEL, linkIn, PRICE, paypalOnTheWire, RETURN } from "./wire";

// PayPal's stand-in against shared/gateways/paypal.md: tokens, orders, their page and their captures.

const wire = sandboxOnTheWire();
const paypal = paypalOnTheWire(wire);
const { call, ask, approved, captureIn } = paypal;
const stamp = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

const refused = async (answer: Promise<Response>) => {
  const { status, body } = await answered(answer);
  expect(body).toMatchObject({
    name: aText,
    message: aText,
    debug_id: aText,
    links: expect.any(Array) as unknown,
  });
  const [detail] = body["details"] as { issue: string; description: string }[];
  if (detail) expect(detail.description).toEqual(aText);
  return [status, detail?.issue ?? body["name"]];
};

describe("a token", () => {
  test("is given for client and secret, and lasts for hours", async () => {
    const token = await fieldsOf(paypal.signIn());
    expect(token).toEqual({
      access_token: aText,
      token_type: "Bearer",
      expires_in: aNumber,
      scope: aText,
      app_id: aText,
      nonce: aText,
    });
    expect(token["expires_in"]).toBeGreaterThan(8 * 3_600);
  });

  test.each([
    [
      "a wrong secret",
      `Basic ${Buffer.from("client:wrong").toString("base64")}`,
      "grant_type=client_credentials",
      401,
    ],
    ["another grant", undefined, "grant_type=password", 400],
  ])("is not given for %s, and the refusal is OAuth's", async (_, authorization, form, code) => {
    const { status, body } = await answered(paypal.signIn(authorization, form));
    expect(status).toBe(code);
    expect(body).toEqual({ error: aText, error_description: aText });
  });

  test.each(["", "Bearer A21AA-somebody-else"])(
    "is needed for every call: %j is none",
    async (authorization) => {
      const asked = call("POST", "v2/checkout/orders", paypal.order(), { authorization });
      expect(await refused(asked)).toEqual([401, "AUTHENTICATION_FAILURE"]);
    },
  );
});

describe("an order", () => {
  test("answers 201, waits for its payer, and leads there", async () => {
    const made = await ask();
    expect(made).toMatchObject({
      id: like(/^[0-9A-Z]{17}$/),
      intent: "CAPTURE",
      status: "PAYER_ACTION_REQUIRED",
      purchase_units: [{ reference_id: "pay_42", custom_id: "org_1", invoice_id: "inv_42", amount: PRICE }],
      links: expect.arrayContaining([
        { href: aText, rel: "self", method: "GET" },
        { href: aText, rel: "payer-action", method: "GET" },
      ]) as unknown,
    });
    expect(await fieldsOf(call("GET", `v2/checkout/orders/${String(made["id"])}`))).toEqual(made);
  });

  test("with the older context is CREATED, and leads there by another name", async () => {
    const { payment_source: _left, ...rest } = paypal.order();
    const application_context = { return_url: RETURN, cancel_url: CANCEL };
    const made = await fieldsOf(call("POST", "v2/checkout/orders", { ...rest, application_context }), 201);
    expect(made["status"]).toBe("CREATED");
    const back = sentTo(await press(linkIn(made, "approve"), { action: "approve" }));
    expect(back.searchParams.get("token")).toBe(made["id"]);
  });

  test.each<[string, Fields, [number, string]]>([
    ["pesos", { amount: { currency_code: "CLP", value: "19990" } }, [422, "CURRENCY_NOT_SUPPORTED"]],
    ["a third decimal", { amount: { currency_code: "USD", value: "29.901" } }, [422, "DECIMAL_PRECISION"]],
    ["decimals of a yen", { amount: { currency_code: "JPY", value: "2990.5" } }, [422, "DECIMAL_PRECISION"]],
  ])("of %s is refused by name", async (_, change, expected) => {
    expect(await refused(call("POST", "v2/checkout/orders", paypal.order(change)))).toEqual(expected);
  });

  test.each<[string, Fields]>([
    ["a number", { amount: { currency_code: "USD", value: 29.9 } }],
    ["no currency", { amount: { value: "29.90" } }],
    ["no amount", { amount: null }],
  ])("with %s where text belongs is malformed", async (_, change) => {
    const { status, body } = await answered(call("POST", "v2/checkout/orders", paypal.order(change)));
    expect([status, body["name"]]).toEqual([400, "INVALID_REQUEST"]);
  });

  test.each(["intent", "purchase_units"])("needs %s", async (name) => {
    const { [name]: _left, ...rest } = paypal.order();
    expect((await refused(call("POST", "v2/checkout/orders", rest)))[0]).toBe(400);
  });

  test("writes whole yen without decimals, and dollars with two", async () => {
    const [yen, dollars] = [
      await ask({ amount: { currency_code: "JPY", value: "2990" } }),
      await ask({ amount: { currency_code: "USD", value: "30" } }),
    ];
    expect(yen).toMatchObject({ purchase_units: [{ amount: { currency_code: "JPY", value: "2990" } }] });
    expect(dollars).toMatchObject({ purchase_units: [{ amount: { currency_code: "USD", value: "30.00" } }] });
  });

  test("that nobody made is unknown", async () => {
    const { status, body } = await answered(call("GET", "v2/checkout/orders/5O190127TN364715T"));
    expect([status, body["name"]]).toEqual([404, "RESOURCE_NOT_FOUND"]);
  });
});

describe("the hosted page", () => {
  test("shows the price as it was asked", async () => {
    const page = await fetch(linkIn(await ask({ description: "Pro <1>" }), "payer-action"), {
      headers: { "accept-language": "en" },
    });
    const shown = await page.text();
    expect(shown).toContain("29.90 USD");
    expect(shown).toContain("Pro &lt;1&gt;");
  });

  test("leads back with the order's id and the payer's, and nothing is paid yet", async () => {
    const asked = await ask();
    const back = sentTo(await press(linkIn(asked, "payer-action"), { action: "approve" }));
    expect(back.href.startsWith(RETURN)).toBe(true);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      a: "1",
      token: asked["id"],
      PayerID: like(/^\w+$/),
    });
    const told = await fieldsOf(call("GET", `v2/checkout/orders/${String(asked["id"])}`));
    expect(told["status"]).toBe("APPROVED");
    expect(told["purchase_units"]).not.toMatchObject([{ payments: {} }]);
  });

  test("leads who gives up to the other address, and the order stays open", async () => {
    const asked = await ask();
    const back = sentTo(await press(linkIn(asked, "payer-action"), { action: "cancel" }));
    expect(back.href.startsWith(CANCEL)).toBe(true);
    expect(back.searchParams.get("token")).toBe(asked["id"]);
    const told = await fieldsOf(call("GET", `v2/checkout/orders/${String(asked["id"])}`));
    expect(told["status"]).toBe("PAYER_ACTION_REQUIRED");
  });
});

describe("a capture", () => {
  test("of an approved order takes the money", async () => {
    const path = await approved();
    const told = await fieldsOf(call("POST", `${path}/capture`, {}), 201);
    expect(told["status"]).toBe("COMPLETED");
    const { path: capturePath, ...capture } = captureIn(told);
    expect(capture).toMatchObject({
      id: like(/^[0-9A-Z]{17}$/),
      status: "COMPLETED",
      amount: PRICE,
      custom_id: "org_1",
      invoice_id: "inv_42",
      create_time: stamp,
    });
    expect(await fieldsOf(call("GET", capturePath))).toEqual(capture);
    expect(await fieldsOf(call("GET", path))).toMatchObject({ status: "COMPLETED" });
  });

  test("of an order that its payer never saw is refused", async () => {
    const { id } = await ask();
    expect(await refused(call("POST", `v2/checkout/orders/${String(id)}/capture`, {}))).toEqual([
      422,
      "ORDER_NOT_APPROVED",
    ]);
  });

  test("a second time is refused", async () => {
    const path = await approved();
    await call("POST", `${path}/capture`, {});
    expect(await refused(call("POST", `${path}/capture`, {}))).toEqual([422, "ORDER_ALREADY_CAPTURED"]);
  });

  test("that the payer's card refuses sends the payer back to the page", async () => {
    const asked = await ask();
    const path = `v2/checkout/orders/${String(asked["id"])}`;
    await press(linkIn(asked, "payer-action"), { action: "declined" });
    expect(await refused(call("POST", `${path}/capture`, {}))).toEqual([422, "INSTRUMENT_DECLINED"]);
    await press(linkIn(await fieldsOf(call("GET", path)), "payer-action"), { action: "approve" });
    expect(await fieldsOf(call("POST", `${path}/capture`, {}), 201)).toMatchObject({ status: "COMPLETED" });
  });

  test.each(["PENDING", "DECLINED"])("can be %s inside a completed order", async (fate) => {
    const path = await approved();
    await wire.order("paypal/orders", { id: path.split("/").at(-1), fate });
    const told = await fieldsOf(call("POST", `${path}/capture`, {}), 201);
    expect([told["status"], captureIn(told)]).toMatchObject(["COMPLETED", { status: fate }]);
  });
});

describe("a call under a PayPal-Request-Id", () => {
  const under = { "paypal-request-id": "key-1" };
  const create = (headers = under) =>
    fieldsOf(call("POST", "v2/checkout/orders", paypal.order(), headers), 201);

  test("sent again makes no second order; under another key it does", async () => {
    const first = await create();
    expect(await create()).toEqual(first);
    expect((await create({ "paypal-request-id": "key-2" }))["id"]).not.toBe(first["id"]);
  });

  test("sent again tells how the first one stands by now", async () => {
    const first = await create();
    await press(linkIn(first, "payer-action"), { action: "approve" });
    expect(await create()).toMatchObject({ id: first["id"], status: "APPROVED" });
  });

  test("is remembered for six hours, and makes a new order after them", async () => {
    const first = await create();
    await wire.order("clock", { ms: 5 * 3_600_000 });
    expect((await create())["id"]).toBe(first["id"]);
    await wire.order("clock", { ms: 2 * 3_600_000 });
    expect((await create())["id"]).not.toBe(first["id"]);
  });

  test("captures once, however often it is sent", async () => {
    const path = await approved();
    const capture = () => fieldsOf(call("POST", `${path}/capture`, {}, under), 201);
    const [first, again] = [await capture(), await capture()];
    expect(captureIn(again)["path"]).toBe(captureIn(first)["path"]);
  });
});
