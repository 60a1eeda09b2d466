import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { CheckoutRequest } from "@/lib/payments/gateway";
import { failureOf, valueOf } from "../contract-driver";
import { nowPaymentsInHand, nowPaymentsKeys } from "../support/nowpayments";

const now = nowPaymentsInHand();
const day = 86_400_000;
const days = (count: number) => new Date(Date.now() + count * day);
const request = (): CheckoutRequest => ({
  paymentId: randomUUID(),
  reference: randomUUID().replaceAll("-", ""),
  idempotencyKey: randomUUID(),
  money: { amountMinor: 2_990, currency: "USD" },
  subject: "Opttius Pro",
  payer: { email: "owner@vista.test" },
  returnUrl: "http://127.0.0.1:9/return",
  notifyUrl: "http://127.0.0.1:9/notify",
  expiresAt: days(1),
});
const open = async () => {
  const { gatewayRef, secondaryRefs } = valueOf(await now.gateway.createCheckout(request()));
  return [gatewayRef, ...secondaryRefs];
};

describe("the login", () => {
  test("is made once for many questions, and again when its token is no longer taken", async () => {
    const names = await open();
    await now.gateway.fetchStatus(names);
    await now.gateway.fetchStatus(names);
    const signIns = () => now.calls.filter(({ path }) => path === "auth").length;
    expect(signIns()).toBe(1);
    await now.control("nowpayments/tokens", {});
    await now.gateway.fetchStatus(names); // refused once, and the token thrown away
    await now.gateway.fetchStatus(names);
    expect(signIns()).toBe(2);
  });

  test("that is wrong fails the set-up, and leaves payments that are known by their ids alone", async () => {
    const gateway = now.with({ login: { email: "payments@opttius.test", password: "wrong password" } });
    expect(failureOf(await gateway.checkSetup("https://shop.test"))).toBe("auth");
    const names = await open();
    const { payment_id } = await now.decide(names, { status: "finished" });
    const known = [...names, { kind: "payment", value: String(payment_id) }];
    expect(valueOf(await gateway.fetchStatus(known))?.normalized).toBe("succeeded");
  });

  test("that cannot be asked for is an outage, not a refusal", async () => {
    await now.fault("auth", "error500");
    expect(failureOf(await now.gateway.fetchStatus(await open()))).toBe("unavailable");
  });
});

describe("the list", () => {
  test("is read page by page, and holds what was created between two instants", async () => {
    const names = [await open(), await open(), await open()];
    for (const one of names) await now.decide(one, { status: "finished" });
    const list = now.gateway.listPayments;
    if (!list) throw new Error("there is no list");
    expect(valueOf(await list(days(-1), days(1)))).toHaveLength(3);
    expect(valueOf(await list(days(1), days(2)))).toEqual([]);
    expect(valueOf(await list(days(-2), days(-1)))).toEqual([]);
  });

  test("is missing where nobody may list", () => {
    expect(now.withoutLogin().listPayments).toBeNull();
  });
});

test("a refund is refused before any call", async () => {
  const refund = {
    refundId: randomUUID(),
    idempotencyKey: randomUUID(),
    reference: randomUUID(),
    payment: await open(),
    money: { amountMinor: 1, currency: "USD" },
    payer: { email: "owner@vista.test" },
    notifyUrl: "http://127.0.0.1:9/notify",
  };
  now.calls.length = 0;
  expect(failureOf(await now.gateway.refund(refund))).toBe("unsupported");
  expect(failureOf(await now.gateway.fetchRefund([]))).toBe("unsupported");
  expect(now.calls).toEqual([]);
});

test("nothing that is logged holds a secret or a person, whatever the gateway says back", async () => {
  const wrong = now.with({
    apiKey: "a wrong but secret key",
    login: { email: "somebody@opttius.test", password: "a wrong but secret password" },
  });
  for (const kind of ["error500", "malformed", "lost-answer"] as const) {
    await now.fault("*", kind, 2);
    await wrong.createCheckout(request());
    await wrong.checkSetup("https://shop.test");
  }
  const failures = [
    await wrong.createCheckout(request()),
    await wrong.checkSetup("https://shop.test"),
    await wrong.fetchStatus([{ kind: "invoice", value: "1" }]),
  ];
  const said = JSON.stringify([now.calls, failures]);
  expect(said).not.toMatch(/secret key|secret password|somebody@|owner@vista/);
  for (const secret of Object.values(nowPaymentsKeys)) expect(said).not.toContain(secret);
  expect(said).toContain("INVALID_API_KEY");
});

test("a gateway that repeats in its refusal what it was sent does not bring it into our log", async () => {
  const echo = createServer((incoming, response) => {
    let body = "";
    incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
    incoming.on("end", () => {
      const message = `${body} ${String(incoming.headers["x-api-key"])}`;
      response.writeHead(400, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ status: false, statusCode: 400, code: "INVALID_REQUEST_PARAMS", message }),
      );
    });
  });
  await new Promise<void>((done) => echo.listen(0, "127.0.0.1", done));
  try {
    const apiUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const gateway = now.with({ apiUrl });
    const failures = [
      await gateway.createCheckout(request()),
      await gateway.fetchStatus([{ kind: "invoice", value: "1" }]),
      await gateway.identify({ kind: "payment", value: "1" }),
    ];
    const said = JSON.stringify([now.calls, failures]);
    expect(said).toContain("INVALID_REQUEST_PARAMS");
    for (const secret of Object.values(nowPaymentsKeys)) expect(said).not.toContain(secret);
  } finally {
    echo.close();
  }
});
