import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createFlowGateway } from "@/lib/payments/flow/gateway";
import { sign } from "@/lib/payments/flow/signature";
import { type Sandbox, startSandbox } from "@/scripts/sandbox/server";
import { flowKeys } from "./support/flow";

// The stand-in itself: what it promises to people and to tests, over HTTP as they see it.

interface Received {
  method: string;
  type: string;
  body: string;
}
const received: Received[] = [];
const directory = mkdtempSync(join(tmpdir(), "opttius-sandbox-"));
const shop = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    received.push({ method: request.method ?? "", type: request.headers["content-type"] ?? "", body });
    response.end("ok");
  });
});
let notifyUrl = "";
let sandbox: Sandbox;

const start = () => startSandbox({ port: 0, directory, ...flowKeys });
const control = (path: string, order: object = {}) =>
  fetch(`${sandbox.url}/control/${path}`, { method: "POST", body: JSON.stringify(order) });

beforeAll(async () => {
  await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
  notifyUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/notify`;
  sandbox = await start();
});
beforeEach(async () => {
  received.length = 0;
  await control("reset");
});
afterAll(async () => {
  await sandbox.stop();
  shop.close();
  rmSync(directory, { recursive: true, force: true });
});

const create = (change: Record<string, string> = {}) => {
  const parameters = {
    apiKey: flowKeys.flowApiKey,
    commerceOrder: `order-${Math.random()}`,
    subject: "Opttius Pro & más",
    amount: "99000",
    email: "owner@vista.test",
    urlConfirmation: notifyUrl,
    urlReturn: "http://127.0.0.1:9/return?a=1&b=2",
    ...change,
  };
  const body = new URLSearchParams({
    ...parameters,
    s: change["s"] ?? sign(parameters, flowKeys.flowSecretKey),
  });
  return fetch(`${sandbox.url}/flow/api/payment/create`, { method: "POST", body });
};
const created = async (change?: Record<string, string>) =>
  (await (await create(change)).json()) as { url: string; token: string; flowOrder: number };
const payPage = (token: string, action: string) =>
  fetch(`${sandbox.url}/flow/app/web/pay.php`, {
    method: "POST",
    body: new URLSearchParams({ token, action }),
  });
const status = async (token: string) => {
  const parameters = { apiKey: flowKeys.flowApiKey, token };
  const query = new URLSearchParams({ ...parameters, s: sign(parameters, flowKeys.flowSecretKey) });
  return (await (await fetch(`${sandbox.url}/flow/api/payment/getStatus?${query}`)).json()) as {
    status: number;
    amount: number;
  };
};

describe("its API", () => {
  test.each([
    ["a wrong signature", { s: "0".repeat(64) }, 401],
    ["no signature", { s: "" }, 401],
    ["another key", { apiKey: "other" }, 401],
    ["decimals in pesos", { amount: "99000.5" }, 400],
    ["less than 350", { amount: "349" }, 400],
    ["no order", { commerceOrder: "" }, 400],
    ["another currency", { currency: "USD" }, 400],
    ["no address to call", { urlConfirmation: "nowhere" }, 400],
  ])("refuses %s as Flow words errors", async (_, change, code) => {
    const answer = await create(change);
    expect(answer.status).toBe(code);
    expect(await answer.json()).toMatchObject({
      code: expect.any(Number) as number,
      message: expect.any(String) as string,
    });
  });

  test("does not take an order again that was paid", async () => {
    const { token } = await created({ commerceOrder: "same" });
    await payPage(token, "approve");
    const again = await create({ commerceOrder: "same" });
    expect(await again.json()).toMatchObject({ code: 1605 });
  });

  test("annuls an order that was left past its time", async () => {
    const { token } = await created({ timeout: "0" });
    await expect.poll(async () => (await status(token)).status).toBe(4);
    expect((await (await payPage(token, "approve")).text()).includes("ya no se puede pagar")).toBe(true);
    expect((await status(token)).status).toBe(4);
  });

  test("lists the day's payments", async () => {
    const { token } = await created();
    await payPage(token, "approve");
    const parameters = {
      apiKey: flowKeys.flowApiKey,
      date: new Date().toLocaleDateString("sv-SE", { timeZone: "America/Santiago" }),
    };
    const query = new URLSearchParams({ ...parameters, s: sign(parameters, flowKeys.flowSecretKey) });
    const listed = (await (await fetch(`${sandbox.url}/flow/api/payment/getPayments?${query}`)).json()) as {
      total: number;
      data: { status: number }[];
    };
    expect(listed).toMatchObject({ total: 1, data: [{ status: 2 }] });
  });
});

describe("its payment page", () => {
  test("shows amount, merchant and subject, in the payer's language, and escapes what it shows", async () => {
    const { token } = await created({ subject: "<b>Pro</b>" });
    const page = await (await fetch(`${sandbox.url}/flow/app/web/pay.php?token=${token}`)).text();
    expect(page).toContain("$99.000");
    expect(page).toContain("Opttius");
    expect(page).toContain("&lt;b&gt;Pro");
    expect(page).not.toContain("<b>Pro");
    expect(page).toContain("Pagar");
    const english = await fetch(`${sandbox.url}/flow/app/web/pay.php?token=${token}`, {
      headers: { "accept-language": "en-GB" },
    });
    expect(await english.text()).toContain("Return to the merchant without paying");
  });

  test.each([
    ["approve", 2],
    ["reject", 3],
    ["leave", 1],
  ])(
    "%s posts the token back, calls with the token alone, and leaves status %i",
    async (action, expected) => {
      const { token } = await created();
      const page = await (await payPage(token, action)).text();
      expect(page).toContain('method="post" action="http://127.0.0.1:9/return?a=1&amp;b=2"');
      expect(page).toContain(`name="token" value="${token}"`);
      expect(page).toContain(".submit()");
      await expect.poll(() => received.length).toBe(1);
      expect(received[0]).toEqual({
        method: "POST",
        type: "application/x-www-form-urlencoded",
        body: `token=${token}`,
      });
      expect((await status(token)).status).toBe(expected);
    },
  );

  test("of an unknown token says so", async () => {
    expect((await fetch(`${sandbox.url}/flow/app/web/pay.php?token=X`)).status).toBe(404);
  });
});

describe("told to misbehave", () => {
  test("it calls twice at once", async () => {
    await control("callbacks", { mode: "duplicate", copies: 3 });
    await payPage((await created()).token, "approve");
    await expect.poll(() => received.length).toBe(3);
  });

  test("it loses a callback, and the next one arrives", async () => {
    await control("callbacks", { mode: "lost" });
    await payPage((await created()).token, "approve");
    const next = await created();
    await payPage(next.token, "approve");
    await expect.poll(() => received.map(({ body }) => body)).toEqual([`token=${next.token}`]);
  });

  test("it calls late", async () => {
    await control("callbacks", { mode: "late", ms: 400 });
    await payPage((await created()).token, "approve");
    await new Promise((done) => setTimeout(done, 150));
    expect(received).toHaveLength(0);
    await expect.poll(() => received.length).toBe(1);
  });

  test("it turns the order of two callbacks around", async () => {
    await control("callbacks", { mode: "reorder" });
    const [first, second] = [await created(), await created()];
    await payPage(first.token, "approve");
    await payPage(second.token, "approve");
    await expect
      .poll(() => received.map(({ body }) => body))
      .toEqual([`token=${second.token}`, `token=${first.token}`]);
  });

  test("a fault meets as many calls as it was ordered for", async () => {
    await control("faults", { operation: "payment/create", kind: "error500", count: 2 });
    expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([
      500, 500, 200,
    ]);
  });

  test.each([
    ["faults", { kind: "explode" }],
    ["callbacks", { mode: "shout" }],
    ["flow/orders", { token: "nobody's" }],
    ["stripe", {}],
  ])("it refuses what it does not understand: %s", async (path, order) => {
    const answer = await control(path, order);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});

test("a restart forgets no order, and a number is never given twice", async () => {
  const { token, flowOrder } = await created();
  await payPage(token, "approve");
  await sandbox.stop();
  sandbox = await start();
  expect((await status(token)).status).toBe(2);
  expect((await created()).flowOrder).toBeGreaterThan(flowOrder);
  await control("reset");
  expect((await created()).flowOrder).toBeGreaterThan(flowOrder);
});

test("its home page lists orders and decides refunds", async () => {
  const { token } = await created();
  await payPage(token, "approve");
  const gateway = createFlowGateway({
    apiUrl: `${sandbox.url}/flow/api`,
    apiKey: flowKeys.flowApiKey,
    secretKey: flowKeys.flowSecretKey,
  });
  const refund = await gateway.refund({
    refundId: "r",
    idempotencyKey: "r",
    reference: "refund-1",
    payment: [
      {
        kind: "order",
        value:
          (
            (await (await fetch(`${sandbox.url}/control/state`)).json()) as {
              flow: { orders: { commerceOrder: string }[] };
            }
          ).flow.orders[0]?.commerceOrder ?? "",
      },
    ],
    money: { amountMinor: 1_000, currency: "CLP" },
    payer: { email: "owner@vista.test" },
    notifyUrl,
  });
  const name = refund.ok ? (refund.value.references[0]?.value ?? "") : "";
  expect(await (await fetch(sandbox.url)).text()).toContain("created");
  const decided = await fetch(`${sandbox.url}/flow/app/web/refund.php`, {
    method: "POST",
    body: new URLSearchParams({ token: name, status: "refunded" }),
    redirect: "manual",
  });
  expect(decided.status).toBe(303);
  await expect.poll(() => received.at(-1)?.body).toBe(`token=${name}`);
});
