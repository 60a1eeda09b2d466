import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { createHttpClient } from "@/lib/payments/http";
import { createPaypalClient } from "@/lib/payments/paypal/client";
import { failureOf, valueOf } from "../contract-driver";
import { paypalInHand, paypalKeys } from "../support/paypal";
import { aCheckout, minutes, payerOf, RETURN_URL } from "./payer";

const paypal = paypalInHand();
const { open, paid, pathsOf, stateOf } = payerOf(paypal);

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
    const failed = await paypal.gateway.createCheckout(aCheckout());
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

  test("is given up in eight seconds, its token's way and its second try included", {
    timeout: 20_000,
  }, async () => {
    const late = (ms: number, reply: () => void) => setTimeout(reply, ms);
    const server = createServer((request, response) => {
      const isToken = request.url?.includes("oauth2");
      if (isToken) late(3_500, () => response.end('{"access_token":"t","expires_in":60000}'));
      else late(3_500, () => response.writeHead(503).end("{}"));
    }).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as AddressInfo;
    const started = Date.now();
    const outcome = await paypal.another({ apiUrl: `http://127.0.0.1:${port}` }).createCheckout(aCheckout());
    expect(failureOf(outcome)).toBe("unknown-outcome");
    expect(Date.now() - started).toBeLessThan(8_500);
    server.closeAllConnections();
    server.close();
  });

  test("in pesos is refused, and not even a token is asked for", async () => {
    const asked = aCheckout({ money: { amountMinor: 99_000, currency: "CLP" } });
    expect(failureOf(await paypal.gateway.createCheckout(asked))).toBe("unsupported");
    expect(paypal.calls).toEqual([]);
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
