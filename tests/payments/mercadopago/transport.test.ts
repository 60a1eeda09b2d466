import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { CheckoutRequest } from "@/lib/payments/gateway";
import type { CallRecord } from "@/lib/payments/http";
import { createMercadoPagoGateway } from "@/lib/payments/mercadopago/gateway";
import { approved } from "./recorded";

/** As production's are written, and in pieces, so that nobody takes it for one of them. */
const accessToken = ["APP_USR", "7000000000000001", "112400", "0123456789abcdef".repeat(2), "446566691"].join(
  "-",
);
const webhookSecret = "a-webhook-secret-only-for-tests";
const closing: (() => void)[] = [];

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** An adapter before a server that answers as told, and what the server saw. */
async function before(answer: RequestListener, token = accessToken) {
  const seen: Seen[] = [];
  const calls: CallRecord[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      seen.push({ request, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(() => server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deep/base`;
  const gateway = createMercadoPagoGateway({ apiUrl, accessToken: token, webhookSecret }, (call) =>
    calls.push(call),
  );
  return { gateway, seen, calls };
}
const says =
  (status: number, body: unknown): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
const checkout = (): CheckoutRequest => ({
  paymentId: randomUUID(),
  reference: "order42",
  idempotencyKey: "our-key",
  money: { amountMinor: 19_990, currency: "CLP" },
  subject: "Opttius Pro",
  payer: { email: "owner@vista.test" },
  returnUrl: "https://shop.test/return",
  notifyUrl: "https://shop.test/api/webhooks/mercadopago",
  expiresAt: new Date("2026-12-01T15:00:00Z"),
});
const paymentNames = [{ kind: "payment", value: "128843756012" }];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe("a call of the official library", () => {
  test("goes to our own address, with our key and the token, and repeats nothing", async () => {
    const { gateway, seen } = await before(says(500, { message: "down", error: "internal", status: 500 }));
    const outcome = await gateway.createCheckout(checkout());
    expect(outcome.ok ? "" : outcome.failure.kind).toBe("unknown-outcome");
    expect(seen).toHaveLength(1);
    const [one] = seen;
    expect(one?.request.url).toBe("/deep/base/checkout/preferences");
    expect(one?.request.headers).toMatchObject({
      authorization: `Bearer ${accessToken}`,
      "x-idempotency-key": "our-key",
      "content-type": "application/json",
    });
    expect(JSON.parse(one?.body ?? "")).toMatchObject({
      items: [{ quantity: 1, unit_price: 19_990, currency_id: "CLP" }],
      external_reference: "order42",
      notification_url: "https://shop.test/api/webhooks/mercadopago?source_news=webhooks",
      auto_return: "approved",
      expires: true,
      expiration_date_to: "2026-12-01T15:00:00.000+00:00",
    });
  });

  test("follows no redirect, so that the token goes nowhere else", async () => {
    const other = await before(says(200, approved));
    const { gateway, seen } = await before((_request, response) =>
      response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
    );
    const outcome = await gateway.fetchStatus(paymentNames);
    expect(outcome.ok ? "" : outcome.failure.code).toBe("302");
    expect([seen.length, other.seen.length]).toEqual([1, 0]);
  });

  test("reads no answer beyond the cap", async () => {
    const { gateway } = await before(says(200, `{"id":1,"status":"${"x".repeat(1_100_000)}"}`));
    const outcome = await gateway.fetchStatus(paymentNames);
    expect(outcome.ok ? "" : outcome.failure.code).toBe("too-large");
  });

  test("gives a refund our key, and the next call another", async () => {
    const { gateway, seen } = await before((request, response) =>
      says(
        request.method === "POST" ? 201 : 200,
        request.method === "POST" ? { id: 1, amount: 5, status: "approved" } : approved,
      )(request, response),
    );
    for (const key of ["key-one", "key-two"]) {
      await gateway.refund({
        refundId: randomUUID(),
        idempotencyKey: key,
        reference: "r",
        payment: paymentNames,
        money: { amountMinor: 5, currency: "CLP" },
        payer: { email: "owner@vista.test" },
        notifyUrl: "https://shop.test/n",
      });
    }
    const keys = seen.map(({ request }) => request.headers["x-idempotency-key"]);
    expect(keys).toEqual([undefined, "key-one", undefined, "key-two"]);
    expect(seen[1]?.request.url).toBe("/deep/base/v1/payments/128843756012/refunds");
  });

  test("keeps an amount that a float would bend, and an id of twenty digits", async () => {
    const text = JSON.stringify(approved)
      .replace('"id":128843756012', '"id":12884375601212345678')
      .replace('"transaction_amount":19990', '"transaction_amount":19990.00000000000000001');
    const { gateway } = await before(says(200, text));
    const outcome = await gateway.fetchStatus(paymentNames);
    expect(outcome.ok && outcome.value).toMatchObject({
      amountPaidMinor: null,
      references: [{ kind: "payment", value: "12884375601212345678" }],
    });
  });
});

describe("an answer", () => {
  test.each([
    [401, { message: "invalid token", error: "unauthorized", status: 401 }, "auth"],
    [403, "<html>forbidden</html>", "auth"],
    [400, { message: "bad", error: "bad_request", status: 400, cause: [{ code: 2063 }] }, "invalid"],
    [402, { message: "no funds", error: "payment_required", status: 402 }, "declined"],
    [409, { message: "key in use", error: "conflict", status: 409 }, "unknown-outcome"],
    [423, { message: "locked", error: "locked", status: 423 }, "unknown-outcome"],
    [200, { message: "bad", error: "bad_request", status: 400 }, "invalid"],
    [200, "<html>ok</html>", "unknown-outcome"],
    [200, {}, "unknown-outcome"],
    [201, "null", "unknown-outcome"],
    [400, "<html>bad</html>", "unknown-outcome"],
  ])("of %i %j to a checkout is %s", async (status, body, kind) => {
    const { gateway } = await before(says(status, body));
    const outcome = await gateway.createCheckout(checkout());
    expect(outcome.ok ? "no failure" : outcome.failure.kind).toBe(kind);
  });

  test("that an account of another country gives is refused before it is switched on", async () => {
    const { gateway } = await before(says(200, { id: 1, site_id: "MLA" }));
    const outcome = await gateway.checkSetup("https://shop.test/n");
    expect(outcome.ok ? "no failure" : outcome.failure.kind).toBe("invalid");
  });
});

describe("a payment to somebody else's account", () => {
  const told = { ...approved, collector_id: 99 };

  test("is objected to by the account in the token, without another call", async () => {
    const { gateway, seen } = await before(says(200, told));
    const outcome = await gateway.fetchStatus(paymentNames);
    expect(outcome.ok && outcome.value?.objection).toBe("foreign-account");
    expect(seen).toHaveLength(1);
  });

  test("is objected to by what users/me says, asked once", async () => {
    const { gateway, seen } = await before(
      (request, response) =>
        says(200, request.url?.endsWith("/users/me") ? { id: 446566691 } : told)(request, response),
      "APP_USR-a-token-of-another-form",
    );
    for (let time = 0; time < 2; time += 1) {
      const outcome = await gateway.fetchStatus(paymentNames);
      expect(outcome.ok && outcome.value?.objection).toBe("foreign-account");
    }
    expect(seen.filter(({ request }) => request.url?.endsWith("/users/me"))).toHaveLength(1);
  });

  test("cannot be judged while users/me does not answer", async () => {
    const { gateway } = await before(
      (request, response) => says(request.url?.endsWith("/users/me") ? 500 : 200, told)(request, response),
      "APP_USR-a-token-of-another-form",
    );
    const outcome = await gateway.fetchStatus(paymentNames);
    expect(outcome.ok ? "" : outcome.failure.kind).toBe("unavailable");
  });
});

describe("an address that a stand-in does not have, in whatever words it says so", () => {
  const only =
    (path: string, body: unknown): RequestListener =>
    (request, response) =>
      says(
        request.url?.includes(path) ? 200 : 404,
        request.url?.includes(path) ? body : "<pre>Cannot GET</pre>",
      )(request, response);

  test("users/me does not keep a payment from being told", async () => {
    const { gateway } = await before(
      only("/v1/payments/", { ...approved, collector_id: 99 }),
      "APP_USR-a-token-of-another-form",
    );
    const outcome = await gateway.fetchStatus(paymentNames);
    expect(outcome.ok && outcome.value).toMatchObject({ normalized: "succeeded", objection: null });
  });

  test("the preference does not keep a refused card from being told", async () => {
    const results = [{ ...approved, status: "rejected", status_detail: "cc_rejected_high_risk" }];
    const { gateway } = await before(only("/v1/payments/search", { results, paging: { total: 1 } }));
    const outcome = await gateway.fetchStatus([
      { kind: "preference", value: "446566691-x" },
      { kind: "order", value: approved.external_reference },
    ]);
    expect(outcome.ok && outcome.value?.normalized).toBe("failed");
  });

  test("a payment itself is not taken for one that never was", async () => {
    const { gateway } = await before(says(404, "<pre>Cannot GET</pre>"));
    const outcome = await gateway.fetchStatus(paymentNames);
    expect(outcome.ok ? "" : outcome.failure).toMatchObject({ kind: "unavailable", code: "404" });
  });
});

test("a test payment on a real account is objected to", async () => {
  const { gateway } = await before(says(200, { ...approved, live_mode: false }));
  const outcome = await gateway.fetchStatus(paymentNames);
  expect(outcome.ok && outcome.value?.objection).toBe("test-mode");
});

test("no token, secret or address of a person stands in what is logged of a call", async () => {
  const leaky = `{"message":"token ${accessToken} secret ${webhookSecret} of owner@vista.test","error":"bad_request","status":400}`;
  for (const [status, body] of [
    [400, leaky],
    [500, leaky],
    [200, `${leaky}…`],
  ] as const) {
    const { gateway, calls } = await before(says(status, body));
    const outcomes = [
      await gateway.createCheckout(checkout()),
      await gateway.fetchStatus([{ kind: "order", value: "order42" }]),
    ];
    const written = JSON.stringify([calls, outcomes]);
    expect(calls.length).toBeGreaterThan(0);
    for (const secret of [accessToken, webhookSecret, "owner@vista.test", "order42"])
      expect(written).not.toContain(secret);
  }
});
