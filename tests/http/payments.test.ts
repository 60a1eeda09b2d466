import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { redisState } from "@/lib/security/rate-limit";
import { cookieHeader, setCookie, signIn, signOut } from "@/tests/fixtures/at-work";
import { database } from "@/tests/support/database";
import type { TestUser } from "@/tests/support/session";
import { notify, pay, subscriptionOf, workInbox } from "../payments/support/checkout";
import { flowInHand, flowKeys } from "../payments/support/flow";
import { aShop, count, type Shop } from "../payments/support/shops";

// The payment routes as a browser calls them: session cookie, problem+json, the same answer to the same key.

type Handler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;
const flow = flowInHand();
let routes: { open: Handler; renew: Handler; look: Handler; refund: Handler };

beforeAll(async () => {
  process.env["REDIS_URL"] = "redis://127.0.0.1:1"; // down, all the time: limits hold in memory
  process.env["FLOW_API_URL"] = `${flow.url}/flow/api`;
  process.env["FLOW_API_KEY"] = flowKeys.flowApiKey;
  process.env["FLOW_SECRET_KEY"] = flowKeys.flowSecretKey;
  routes = {
    open: (await import("@/app/api/payments/intents/route")).POST,
    renew: (await import("@/app/api/payments/auto-renewals/route")).POST,
    look: (await import("@/app/api/payments/[paymentId]/route")).GET,
    refund: (await import("@/app/api/payments/[paymentId]/refunds/route")).POST,
  };
});
beforeEach(signOut);

async function call(
  handler: Handler,
  path: string,
  options: {
    body?: unknown;
    key?: string;
    params?: Record<string, string>;
    headers?: Record<string, string>;
  } = {},
) {
  const { body, key, params = {}, headers = {} } = options;
  const request = new NextRequest(`http://127.0.0.1:3000${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "content-type": "application/json",
      cookie: cookieHeader(),
      ...(key ? { "idempotency-key": key } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const order = { gateway: "flow", tier: "pro", interval: "month" };
const open = (key: string = randomUUID(), body: unknown = order, headers?: Record<string, string>) =>
  call(routes.open, "/api/payments/intents", { body, key, ...(headers ? { headers } : {}) });
const look = (paymentId: string) =>
  call(routes.look, `/api/payments/${paymentId}`, { params: { paymentId } });

describe("POST /api/payments/intents", () => {
  test("answers 201 with where to pay, and the same to the same key", async () => {
    const shop = await aShop();
    await signIn(shop.owner);
    const key = randomUUID();
    const first = await open(key);
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      paymentId: expect.any(String) as string,
      status: "pending",
      amount: 99_000,
      currency: "CLP",
      redirectUrl: expect.stringMatching(/\/pay\.php\?token=[A-Z0-9]+$/) as string,
      redirectMethod: "GET",
    });
    expect(await open(key)).toMatchObject({ status: 201, body: first.body });
    const other = await open(key, { ...order, tier: "premium" });
    expect([other.status, other.body["code"]]).toEqual([409, "idempotency.key_reused"]);
  });

  test("answers 409 with Retry-After while the first is still under way", async () => {
    await signIn((await aShop()).owner);
    const key = randomUUID();
    await flow.fault("payment/create", "slow", 1, 700);
    const first = open(key);
    await expect.poll(() => count("public.payments where idempotency_key = $1", [key])).toBe(1);
    const second = await open(key);
    expect([second.status, second.body["code"]]).toEqual([409, "idempotency.in_progress"]);
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await first).status).toBe(201);
  });

  test("answers field by field what is wrong, in the reader's language", async () => {
    await signIn((await aShop()).owner);
    const answer = await open(randomUUID(), { gateway: 1, interval: "week", amount: 1 });
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const errors = answer.body["errors"] as { pointer: string; detail: string }[];
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      "/amount",
      "/gateway",
      "/interval",
      "/tier",
    ]);
    expect(errors.every(({ detail }) => detail.length > 3)).toBe(true);
    setCookie("locale", "en");
    expect((await open(randomUUID(), { ...order, tier: "gold" })).body).toMatchObject({
      code: "payment.tier_unavailable",
      title: "Check the data",
    });
    expect((await open(randomUUID(), { ...order, gateway: "stripe" })).body).toMatchObject({
      code: "input.invalid",
      errors: [{ pointer: "/gateway" }],
    });
  });

  test.each([
    ["no key", "", order, 400, "idempotency.key_required"],
    ["no JSON", "a-key-of-mine", "{", 400, "input.malformed"],
    ["a list", "a-key-of-mine", [order], 422, "input.invalid"],
  ] as const)("refuses %s", async (_, key, body, status, code) => {
    await signIn((await aShop()).owner);
    const answer = await open(key, body);
    expect([answer.status, answer.body["code"]]).toEqual([status, code]);
  });

  test("is for owners of this shop's bills alone", async () => {
    expect((await open()).status).toBe(401);
    const shop = await aShop();
    await signIn(shop.owner);
    await database().owner.query("update public.admin_users set role = 'seller' where organization_id = $1", [
      shop.id,
    ]);
    expect((await open()).status).toBe(403);
    await database().owner.query(
      "update public.admin_users set role = 'owner', status = 'removed' where organization_id = $1",
      [shop.id],
    );
    expect((await open()).status).toBe(403);
    expect(await count("public.payments where organization_id = $1", [shop.id])).toBe(0);
  });

  test("does not listen to another site's page", async () => {
    await signIn((await aShop()).owner);
    expect((await open(randomUUID(), order, { origin: "https://evil.test" })).status).toBe(403);
    expect((await open(randomUUID(), order, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  test("lets a suspended shop pay", async () => {
    const shop = await aShop();
    await signIn(shop.owner);
    await database().owner.query("update public.organizations set status = 'suspended' where id = $1", [
      shop.id,
    ]);
    expect((await open()).status).toBe(201);
  });

  test("says that Flow does not answer, without a word of why", async () => {
    await signIn((await aShop()).owner);
    await flow.fault("payment/create", "error500");
    const answer = await open();
    expect([answer.status, answer.body["code"]]).toEqual([503, "payment.gateway_unavailable"]);
    expect(answer.headers.get("retry-after")).not.toBeNull();
    expect(JSON.stringify(answer.body)).not.toMatch(/Internal Server Error|flow\/api|sql/i);
  });
});

describe("one shop at the checkout", () => {
  const underWay = (shop: Shop) =>
    count("public.payments where organization_id = $1 and status = 'creating'", [shop.id]);

  test("opens 150 payments and renewals a minute while Redis is down, whoever of its people asks, and the neighbour goes on", async () => {
    const [shop, neighbour] = [await aShop(), await aShop()];
    const partner: TestUser = { userId: randomUUID(), sessionId: randomUUID(), email: "partner@shop.test" };
    await database().owner.query(
      "insert into public.admin_users (organization_id, user_id, email, full_name, role, all_branches) values ($1, $2, $3, 'Eva Ríos', 'owner', true)",
      [shop.id, partner.userId, partner.email],
    );
    await signIn(shop.owner);
    expect(redisState()).toBe("degraded");
    const key = randomUUID();
    for (let time = 0; time < 149; time += 1) expect((await open(key)).status).toBe(201);
    await signIn(partner);
    const renewal = { body: order, key: randomUUID() };
    expect((await call(routes.renew, "/api/payments/auto-renewals", renewal)).status).toBe(201);
    const refused = await open();
    expect([refused.status, refused.body["code"]]).toEqual([429, "rate.limited"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await signIn(neighbour.owner);
    expect((await open()).status).toBe(201);
  });

  test("holds ten calls of a gateway that hangs and no eleventh, and leaves the others to its neighbours", async () => {
    const [shop, neighbour] = [await aShop(), await aShop()];
    await signIn(shop.owner);
    await flow.fault("payment/create", "slow", 10, 3_000);
    const tabs = Array.from({ length: 10 }, () => open());
    await expect.poll(() => underWay(shop), { timeout: 2_500 }).toBe(10);
    const oneMore = await open();
    expect([oneMore.status, oneMore.body["code"]]).toEqual([429, "payment.checkout_busy"]);
    expect(oneMore.headers.get("retry-after")).toBe("5");
    expect(oneMore.body["detail"] ?? oneMore.body["title"]).toMatch(/Espera 5 segundos/);
    expect(await underWay(shop), "nothing was opened for it").toBe(10);
    await signIn(neighbour.owner);
    expect((await open()).status).toBe(201);
    expect(new Set((await Promise.all(tabs)).map(({ status }) => status))).toEqual(new Set([201]));
    await signIn(shop.owner);
    expect((await open()).status).toBe(201);
  });
});

describe("GET /api/payments/[paymentId]", () => {
  test("tells what became of it, and of the subscription", async () => {
    const shop = await aShop({ tier: "basic" });
    await signIn(shop.owner);
    const paymentId = String((await open()).body["paymentId"]);
    expect((await look(paymentId)).body).toMatchObject({
      status: "pending",
      subscription: { status: "pending_payment", tier: "basic" },
    });
    const { token } = await flow.order();
    await flow.decide(token, { status: 2 });
    await notify(token);
    await workInbox(flow);
    const paid = await look(paymentId);
    expect(paid.status).toBe(200);
    expect(paid.body).toEqual({
      paymentId,
      gateway: "flow",
      status: "succeeded",
      amount: 99_000,
      currency: "CLP",
      refundedAmount: 0,
      checkedAt: expect.stringMatching(/^\d{4}-/) as unknown,
      subscription: {
        status: "active",
        tier: "pro",
        currentPeriodEnd: (await subscriptionOf(shop)).current_period_end?.toISOString(),
      },
    });
  });

  test("answers a neighbour as if it did not exist", async () => {
    const shop = await aShop();
    await signIn(shop.owner);
    const paymentId = String((await open()).body["paymentId"]);
    await signIn((await aShop()).owner);
    const [theirs, nobodys] = [await look(paymentId), await look(randomUUID())];
    expect([theirs.status, nobodys.status]).toEqual([404, 404]);
    const withoutId = ({ body }: typeof theirs) => ({ ...body, instance: "" });
    expect(withoutId(theirs)).toEqual(withoutId(nobodys));
    expect((await look("not-an-id")).status).toBe(404);
  });
});

describe("POST /api/payments/[paymentId]/refunds", () => {
  const root: TestUser = { userId: randomUUID(), sessionId: randomUUID(), email: "root@opttius.test" };
  const refund = (paymentId: string, body: unknown, key?: string) =>
    call(routes.refund, `/api/payments/${paymentId}/refunds`, {
      body,
      params: { paymentId },
      ...(key ? { key } : {}),
    });

  beforeAll(async () => {
    await database().owner.query(
      "insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, 'Root', 'super_admin')",
      [root.userId, root.email],
    );
    await database().owner.query("insert into private.step_ups (session_id, user_id) values ($1, $2)", [
      root.sessionId,
      root.userId,
    ]);
  });

  test("is accepted from staff with the second factor, and from nobody else", async () => {
    const shop: Shop = await aShop();
    const paymentId = await pay(flow, shop);
    expect((await refund(paymentId, { reason: "x" })).status).toBe(401);
    await signIn(shop.owner);
    expect((await refund(paymentId, { reason: "x" })).status).toBe(403);
    await signIn({ ...root, sessionId: randomUUID() });
    expect((await refund(paymentId, { reason: "x" })).body["code"]).toBe("access.step_up_required");
    await signIn(root);
    const accepted = await refund(paymentId, { amount: 9_000, reason: "cobro doble" });
    expect(accepted.status).toBe(202);
    expect(accepted.body).toMatchObject({ paymentId, status: "processing", amount: 9_000, currency: "CLP" });
    expect((await refund(paymentId, { amount: 95_000, reason: "x" })).body["code"]).toBe(
      "payment.not_refundable",
    );
  });

  test("twice under one key is one refund", async () => {
    const paymentId = await pay(flow, await aShop());
    await signIn(root);
    const key = randomUUID();
    const answers = [
      await refund(paymentId, { reason: "x" }, key),
      await refund(paymentId, { reason: "x" }, key),
    ];
    expect(answers[0]?.body["refundId"]).toBe(answers[1]?.body["refundId"]);
    expect(await count("public.refunds where payment_id = $1", [paymentId])).toBe(1);
  });

  test.each([
    [{}],
    [{ reason: "" }],
    [{ reason: "x", amount: 0 }],
    [{ reason: "x", amount: "1000" }],
    [{ reason: "x", currency: "USD" }],
  ])("refuses %j", async (body) => {
    await signIn(root);
    expect((await refund(randomUUID(), body)).status).toBe(422);
  });
});
