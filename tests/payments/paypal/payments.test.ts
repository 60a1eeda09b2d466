import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Reference, RefundRequest } from "@/lib/payments/gateway";
import { failureOf, valueOf } from "../contract";
import { named, paypalInHand, paypalKeys } from "../support/paypal";

const paypal = paypalInHand();
const RETURN_URL = new URL("https://shop.test/api/payments/return/paypal");
const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const token = () => randomUUID().replaceAll("-", "");

async function open(amountMinor = 2_990) {
  const reference = token();
  const checkout = valueOf(
    await paypal.gateway.createCheckout({
      paymentId: randomUUID(),
      reference,
      idempotencyKey: randomUUID(),
      money: { amountMinor, currency: "USD" },
      subject: "Opttius Pro, 1 mes",
      payer: { email: "owner@vista.test" },
      returnUrl: RETURN_URL.href,
      notifyUrl: "https://shop.test/api/webhooks/paypal",
      expiresAt: minutes(60),
    }),
  );
  const names: Reference[] = [
    checkout.gatewayRef,
    ...checkout.secondaryRefs,
    { kind: "order", value: reference },
  ];
  return { checkout, reference, names, id: checkout.gatewayRef.value };
}
const approve = (id: string, fate?: string) =>
  paypal.control("orders", { id, approve: true, ...(fate ? { fate } : {}) });
const comeBack = (address: URL) =>
  paypal.gateway.completeReturn({ method: "GET", url: address, form: new URLSearchParams() });
const stateOf = async (names: readonly Reference[]) => {
  const state = valueOf(await paypal.gateway.fetchStatus(names));
  if (!state) throw new Error("PayPal knows no such payment");
  return state;
};
const paid = async (amountMinor?: number) => {
  const opened = await open(amountMinor);
  await paypal.control("orders", { id: opened.id, capture: true });
  const capture = await paypal.capture(opened.names);
  return { ...opened, captureId: capture.id };
};
const press = (page: string, action: string) =>
  fetch(page, { method: "POST", body: new URLSearchParams({ action }), redirect: "manual" });
const pathsOf = (method: string, path: RegExp) =>
  paypal.calls.filter((call) => call.method === method && path.test(call.path));

describe("the token", () => {
  test("is asked for once and used for every call", async () => {
    const { names } = await open();
    await Promise.all([paypal.gateway.fetchStatus(names), paypal.gateway.fetchStatus(names), open()]);
    expect(pathsOf("POST", /oauth2/)).toHaveLength(1);
  });

  test("that PayPal revoked is renewed, and the call made after all", async () => {
    const { names } = await open();
    await paypal.control("tokens", {});
    expect((await stateOf(names)).normalized).toBe("pending");
    expect(pathsOf("POST", /oauth2/)).toHaveLength(2);
  });

  test("that cannot be had leaves nothing in doubt: no order was sent", async () => {
    await paypal.fault("POST v1/oauth2/token", "error500");
    const failed = await paypal.gateway.createCheckout({
      paymentId: randomUUID(),
      reference: token(),
      idempotencyKey: randomUUID(),
      money: { amountMinor: 100, currency: "USD" },
      subject: "x",
      payer: { email: "a@b.test" },
      returnUrl: RETURN_URL.href,
      notifyUrl: RETURN_URL.href,
      expiresAt: minutes(5),
    });
    expect(failureOf(failed)).toBe("unavailable");
    expect((await paypal.state()).paypal.orders).toEqual([]);
  });
});

describe("a checkout", () => {
  test("asks for exactly the price, under our reference, to be captured", async () => {
    const { reference, names } = await open(10_901);
    expect(await paypal.order(names)).toMatchObject({
      customId: reference,
      invoiceId: reference,
      amount: { currency_code: "USD", value: "109.01" },
      returnUrl: RETURN_URL.href,
      cancelUrl: RETURN_URL.href,
    });
  });

  test("in pesos is refused, and not even a token is asked for", async () => {
    const asked = {
      paymentId: randomUUID(),
      reference: token(),
      idempotencyKey: randomUUID(),
      money: { amountMinor: 99_000, currency: "CLP" },
      subject: "x",
      payer: { email: "a@b.test" },
      returnUrl: RETURN_URL.href,
      notifyUrl: RETURN_URL.href,
      expiresAt: minutes(5),
    };
    expect(failureOf(await paypal.gateway.createCheckout(asked))).toBe("unsupported");
    expect(paypal.calls).toEqual([]);
  });
});

describe("a payer", () => {
  test("who agrees comes back, and the order is captured", async () => {
    const { checkout, names } = await open();
    const back = await press(checkout.redirect.url, "approve");
    const address = new URL(back.headers.get("location") ?? "");
    expect(address.searchParams.get("PayerID")).not.toBeNull();
    expect(valueOf(await comeBack(address))).toEqual(checkout.gatewayRef);
    expect((await paypal.order(names)).status).toBe("COMPLETED");
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("who agrees and never comes back has paid once the worker asks", async () => {
    const { checkout, names } = await open();
    expect((await press(checkout.redirect.url, "leave")).status).toBe(200);
    expect((await paypal.order(names)).status).toBe("APPROVED");
    const state = await stateOf(names);
    expect(state).toMatchObject({ normalized: "succeeded", amountPaidMinor: 2_990 });
    expect(named(state.references, "capture")).toBe((await paypal.capture(names)).id);
  });

  test("who cancels comes back to us, and nothing is captured", async () => {
    const { checkout, names } = await open();
    const back = await press(checkout.redirect.url, "cancel");
    expect(valueOf(await comeBack(new URL(back.headers.get("location") ?? "")))).toEqual(checkout.gatewayRef);
    expect((await stateOf(names)).normalized).toBe("pending");
    expect((await paypal.state()).paypal.captures).toEqual([]);
  });

  test("whose card is declined may choose another on the same page", async () => {
    const { checkout, names } = await open();
    await press(checkout.redirect.url, "declined");
    expect(await stateOf(names)).toMatchObject({
      normalized: "pending",
      reason: "INSTRUMENT_DECLINED",
      amountPaidMinor: 0,
    });
    await press(checkout.redirect.url, "approve");
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("comes back at the moment when the worker asks, and pays once", async () => {
    const { id, names } = await open();
    await approve(id);
    const address = new URL(`${RETURN_URL}?token=${id}&PayerID=X`);
    const answers = await Promise.all([
      comeBack(address),
      paypal.another().fetchStatus(names),
      comeBack(address),
      paypal.another().fetchStatus(names),
    ]);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect((await paypal.state()).paypal.captures).toHaveLength(1);
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("comes back while PayPal does not answer, and is not lost", async () => {
    const { id, names, checkout } = await open();
    await approve(id);
    await paypal.fault("POST v2/checkout/orders/{}/capture", "error500");
    expect(valueOf(await comeBack(new URL(`${RETURN_URL}?token=${id}&PayerID=X`)))).toEqual(
      checkout.gatewayRef,
    );
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("whose capture's answer is lost is asked about again, and pays once", async () => {
    const { id, names } = await open();
    await approve(id);
    await paypal.fault("POST v2/checkout/orders/{}/capture", "lost-answer");
    expect(failureOf(await paypal.gateway.fetchStatus(names))).toBe("unavailable");
    expect((await stateOf(names)).normalized).toBe("succeeded");
    expect((await paypal.state()).paypal.captures).toHaveLength(1);
  });

  test.each(["token=", "token=A1B2&token=C3D4", "token=%3Cscript%3E", "PayerID=X"])(
    "whose address says %s comes back from nothing, and PayPal is not asked",
    async (query) => {
      expect(valueOf(await comeBack(new URL(`${RETURN_URL}?${query}`)))).toBeNull();
      expect(paypal.calls).toEqual([]);
    },
  );

  test("comes back from a subscription under its name", async () => {
    const address = new URL(`${RETURN_URL}?subscription_id=I-BW452GLLEP1G&ba_token=BA-1&token=EC-1`);
    expect(valueOf(await comeBack(address))).toEqual({ kind: "subscription", value: "I-BW452GLLEP1G" });
  });
});

describe("a payment", () => {
  test("that PayPal holds for review has not been made yet", async () => {
    const { id, names } = await open();
    await approve(id, "PENDING");
    expect(await stateOf(names)).toMatchObject({
      normalized: "processing",
      amountPaidMinor: 0,
      reason: "PENDING_REVIEW",
    });
    await paypal.control("captures", { id: (await paypal.capture(names)).id, status: "COMPLETED" });
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("whose order PayPal has forgotten can never be made", async () => {
    const { id, names } = await open();
    await paypal.control("orders", { id, forget: true });
    expect(await stateOf(names)).toMatchObject({ normalized: "expired", reason: "order_gone" });
  });

  test("that was made is still found by its capture when its order is forgotten", async () => {
    const { id, names, captureId } = await paid();
    await paypal.control("orders", { id, forget: true });
    const known = [...names, { kind: "capture", value: captureId }];
    expect(await stateOf(known)).toMatchObject({ normalized: "succeeded", amountPaidMinor: 2_990 });
  });

  test("that is disputed says so whichever name asks, until the dispute is decided", async () => {
    const { names, captureId } = await paid();
    const byCapture = [{ kind: "capture", value: captureId }];
    await paypal.control("disputes", { capture: captureId, status: "OPEN" });
    expect((await stateOf(names)).normalized).toBe("disputed");
    expect((await stateOf(byCapture)).normalized).toBe("disputed");
    await paypal.control("disputes", { capture: captureId, status: "RESOLVED" });
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("is told of where the account may not read disputes, but not while disputes go unanswered", async () => {
    const { names } = await paid();
    await paypal.fault("GET v1/customer/disputes", "error500");
    expect(failureOf(await paypal.gateway.fetchStatus(names))).toBe("unavailable");
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test.each(["paypal_order", "capture"])("named by a notice's %s alone is known to be ours", async (kind) => {
    const { reference, id, captureId } = await paid();
    const value = kind === "capture" ? captureId : id;
    expect(valueOf(await paypal.gateway.identify({ kind, value }))).toEqual({
      kind: "order",
      value: reference,
    });
    expect(valueOf(await paypal.gateway.identify({ kind, value: "0000000000" }))).toBeNull();
  });
});

describe("a refund", () => {
  const ask = (payment: readonly Reference[], change: Partial<RefundRequest> = {}) =>
    paypal.gateway.refund({
      refundId: randomUUID(),
      idempotencyKey: randomUUID(),
      reference: token(),
      payment,
      money: { amountMinor: 1_000, currency: "USD" },
      payer: { email: "owner@vista.test" },
      notifyUrl: RETURN_URL.href,
      ...change,
    });

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

describe("the list of payments", () => {
  test("reaches over months and pages, though PayPal answers for a month", async () => {
    for (let count = 0; count < 3; count += 1) await paid();
    const { listPayments } = paypal.gateway;
    const listed = valueOf(
      (await listPayments?.(minutes(-60 * 24 * 70), minutes(60))) ?? { ok: true, value: [] },
    );
    expect(listed).toHaveLength(3);
    expect(pathsOf("GET", /reporting/)).toHaveLength(3);
  });

  test("is unsupported for an application that may not search", async () => {
    await paypal.control("settings", { maySearch: false });
    const { listPayments } = paypal.gateway;
    const listed = await listPayments?.(minutes(-60), minutes(60));
    expect(listed && failureOf(listed)).toBe("unsupported");
  });
});

describe("the account", () => {
  test("gets its notices when the webhook is ours and points to us", async () => {
    const here = "http://127.0.0.1:9/api/webhooks/paypal";
    expect(valueOf(await paypal.gateway.checkSetup(here))).toEqual({
      account: "APP-80W284485P519543T",
      testMode: true,
      notices: "arrive",
    });
    expect(valueOf(await paypal.gateway.checkSetup("https://elsewhere.test/x")).notices).toBe("missing");
    const other = paypal.another({ webhookId: "8PT597110X687430LKGECATA" });
    expect(valueOf(await other.checkSetup(here)).notices).toBe("missing");
  });
});

describe("a renewal", () => {
  const native = () => {
    const { subscriptions } = paypal.gateway;
    if (!subscriptions) throw new Error("PayPal has renewals");
    return subscriptions;
  };
  const subscribe = async (amountMinor: number, firstChargeAt: Date | null = null) => {
    const setup = valueOf(
      await native().setup({
        autoRenewalId: randomUUID(),
        reference: token(),
        idempotencyKey: randomUUID(),
        money: { amountMinor, currency: "USD" },
        interval: "month",
        firstChargeAt,
        subject: "Opttius Pro",
        payer: { email: "owner@vista.test", name: "Ana Pérez" },
        returnUrl: RETURN_URL.href,
        notifyUrl: RETURN_URL.href,
      }),
    );
    return { setup, names: [setup.gatewayRef] };
  };

  test("of one price shares one plan, also between processes", async () => {
    await subscribe(2_990);
    await subscribe(2_990);
    await subscribe(4_990);
    await paypal.another().subscriptions?.setup({
      autoRenewalId: randomUUID(),
      reference: token(),
      idempotencyKey: randomUUID(),
      money: { amountMinor: 2_990, currency: "USD" },
      interval: "month",
      firstChargeAt: null,
      subject: "x",
      payer: { email: "a@b.test", name: "A" },
      returnUrl: RETURN_URL.href,
      notifyUrl: RETURN_URL.href,
    });
    const { plans, products, subscriptions } = (await paypal.state()).paypal;
    expect([plans.length, products.length, subscriptions.length]).toEqual([2, 1, 4]);
  });

  test("that begins later charges nothing before", async () => {
    const { setup, names } = await subscribe(2_990, minutes(60 * 24 * 10));
    await press(setup.redirect.url, "approve");
    expect(valueOf(await native().listCharges(names, new Date(0)))).toEqual([]);
    expect(valueOf(await native().fetchStatus(names))?.normalized).toBe("active");
  });

  test("whose charge is refunded or disputed says so in its list", async () => {
    const { setup, names } = await subscribe(2_990);
    await press(setup.redirect.url, "approve");
    const [charge] = valueOf(await native().listCharges(names, new Date(0)));
    const captureId = named(charge?.references ?? [], "capture");
    expect((await stateOf(charge?.references ?? [])).normalized).toBe("succeeded");
    await paypal.control("disputes", { capture: captureId, status: "OPEN" });
    expect(valueOf(await native().listCharges(names, new Date(0)))[0]?.normalized).toBe("disputed");
  });
});

describe("what is written down", () => {
  test("of failures and calls holds no secret, no token and no address of a person", async () => {
    const { names } = await open();
    await paypal.fault("GET v2/checkout/orders/{}", "malformed");
    const failures = [await paypal.gateway.fetchStatus(names)];
    failures.push(await paypal.another({ clientSecret: "wrong-secret-000" }).fetchStatus(names));
    const written = JSON.stringify([failures, paypal.calls]);
    expect(failures.every(({ ok }) => !ok)).toBe(true);
    for (const secret of [
      paypalKeys.paypalClientId,
      paypalKeys.paypalClientSecret,
      "wrong-secret-000",
      "A21AA",
      "Bearer ",
      "Basic ",
    ])
      expect(written).not.toContain(secret);
    expect(written).not.toMatch(/@vista\.test/);
  });

  test("of an answer that repeats our token or secret back hides both", async () => {
    const { createPaypalClient } = await import("@/lib/payments/paypal/client");
    const { createHttpClient } = await import("@/lib/payments/http");
    const { createServer } = await import("node:http");
    const server = createServer((request, response) => {
      const isToken = request.url?.includes("oauth2") === true;
      const body = isToken
        ? '{"access_token":"A21-very-secret-token","expires_in":3600}'
        : `<html>${request.headers.authorization ?? ""} a-client-secret ana@optica.cl</html>`;
      response.writeHead(isToken ? 200 : 500).end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const settings = {
      apiUrl: `http://127.0.0.1:${port}`,
      clientId: "a-client-id",
      clientSecret: "a-client-secret",
      webhookId: "W",
    };
    const secrets = [settings.clientId, settings.clientSecret];
    const http = createHttpClient({ gateway: "paypal", baseUrl: settings.apiUrl, secrets });
    const answer = await createPaypalClient(settings, http, secrets).send({
      operation: "state",
      method: "GET",
      path: "x",
    });
    server.close();
    expect(failureOf(answer)).toBe("unavailable");
    expect(JSON.stringify(answer)).not.toMatch(/very-secret|a-client-secret|ana@/);
  });
});
