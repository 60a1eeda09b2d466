import { NextRequest } from "next/server";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "@/tests/support/database";
import { open, tokenOf } from "../payments/support/checkout";
import { flowInHand, flowKeys } from "../payments/support/flow";
import { aShop } from "../payments/support/shops";

// The route handlers themselves: status, body and what they leave in the inbox.

const flow = flowInHand();
type Handler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;
let webhook: Handler;
let comeBack: { GET: Handler; POST: Handler };

/** Route modules read the configuration when they are loaded. */
async function load(secrets: "with secrets" | "without secrets"): Promise<void> {
  vi.resetModules();
  // Of the process, as the breakers in it are: a restart forgets it.
  Reflect.deleteProperty(globalThis, "opttiusGateways");
  const on = secrets === "with secrets";
  process.env["FLOW_API_URL"] = `${flow.url}/flow/api`;
  process.env["FLOW_API_KEY"] = on ? flowKeys.flowApiKey : "";
  process.env["FLOW_SECRET_KEY"] = on ? flowKeys.flowSecretKey : "";
  webhook = (await import("@/app/api/webhooks/[gateway]/route")).POST;
  comeBack = await import("@/app/api/payments/return/[gateway]/route");
}

beforeAll(() => load("with secrets"));

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  new NextRequest(`http://127.0.0.1:3000${path}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  });
const call = (body: BodyInit, gateway = "flow", headers?: Record<string, string>) =>
  webhook(post(`/api/webhooks/${gateway}`, body, headers), { params: Promise.resolve({ gateway }) });
const stored = async () =>
  (await database().owner.query<{ n: number }>("select count(*)::int as n from private.webhook_events"))
    .rows[0]?.n ?? 0;
const problem = async (response: Response) => {
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  return (await response.json()) as { code: string; status: number };
};

describe("a gateway calls", () => {
  test("and is answered 200 once the notice is committed", async () => {
    const before = await stored();
    const response = await call("token=33373581FC32576FAF33C46FC6454B1FFEBD7E1H");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ received: true });
    expect(await stored()).toBe(before + 1);
  });

  test("again with the same, in parallel, and is answered 200 each time", async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => call("token=AGAIN")));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
  });

  test.each([
    ["400 without a token", "status=2", "flow", 400, "input.malformed"],
    ["400 for JSON", '{"token":"A1"}', "flow", 400, "input.malformed"],
    ["404 for a gateway that we do not have", "token=A1", "stripe", 404, "not_found"],
    ["404 for a name that only looks like one", "token=A1", "__proto__", 404, "not_found"],
  ] as const)("%s", async (what, body, gateway, status, code) => {
    const before = await stored();
    const response = await call(
      body,
      gateway,
      what.includes("JSON") ? { "content-type": "application/json" } : {},
    );
    expect(response.status).toBe(status);
    expect((await problem(response)).code).toBe(code);
    expect(await stored()).toBe(before);
  });

  test("with more than 256 KB and is answered 413, whether it says so or not", async () => {
    const before = await stored();
    const big = `token=A1&x=${"y".repeat(256 * 1024)}`;
    expect((await problem(await call(big, "flow", { "content-length": String(big.length) }))).code).toBe(
      "payload.too_large",
    );
    expect((await call(big, "flow", { "content-length": "10" })).status).toBe(413);
    expect(await stored()).toBe(before);
  });

  test("while Flow has no secrets and is answered 503, with nothing stored", async () => {
    await load("without secrets");
    try {
      const before = await stored();
      const response = await call("token=A1");
      expect(response.status).toBe(503);
      expect((await problem(response)).code).toBe("payment.gateway_off");
      expect(await stored()).toBe(before);
    } finally {
      await load("with secrets");
    }
  });

  test("more often than any gateway does, and is told when to come again", { timeout: 60_000 }, async () => {
    await load("with secrets");
    // Refused before its body is read, and still counted: a request that costs nothing here.
    const refused = { params: Promise.resolve({ gateway: "flow" }) };
    const empty = post("/api/webhooks/flow", "token=A1", { "content-length": String(2 ** 30) });
    let last = await webhook(empty, refused);
    expect(last.status).toBe(413);
    for (let sent = 1; sent <= 60_000; sent += 1) last = await webhook(empty, refused);
    expect(last.status).toBe(429);
    expect((await problem(last)).code).toBe("rate.limited");
    expect(last.headers.get("retry-after")).toBe("60");
    await load("with secrets");
    expect((await call("token=A1")).status, "a minute later, or in another process").toBe(200);
  });

  test("while the inbox cannot take anything and is answered 503, so that it calls again", async () => {
    await database().owner.query("alter table private.webhook_events rename to elsewhere");
    try {
      const response = await call("token=A1");
      expect(response.status).toBe(503);
      expect(JSON.stringify(await problem(response))).not.toMatch(/webhook_events|relation|select|insert/i);
    } finally {
      await database().owner.query("alter table private.elsewhere rename to webhook_events");
    }
  });
});

describe("a payer comes back", () => {
  const back = (body: BodyInit, gateway = "flow", headers?: Record<string, string>) =>
    comeBack.POST(post(`/api/payments/return/${gateway}`, body, headers), {
      params: Promise.resolve({ gateway }),
    });
  const backByGet = (query: string) =>
    comeBack.GET(new NextRequest(`http://127.0.0.1:3000/api/payments/return/flow?${query}`), {
      params: Promise.resolve({ gateway: "flow" }),
    });

  test("by POST without a cookie, or by GET, and is shown to the payment", async () => {
    const opened = await open(flow, await aShop());
    for (const response of [
      await back(`token=${tokenOf(opened)}`),
      await backByGet(`token=${tokenOf(opened)}`),
    ]) {
      expect(response.status).toBe(303);
      expect(response.headers.get("location")).toBe(`/billing?payment=${opened.paymentId}`);
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
      expect(response.headers.get("set-cookie")).toBeNull();
    }
  });

  test("with an address stolen from another shop, and nothing is granted to anybody", async () => {
    const victim = await aShop();
    const opened = await open(flow, victim);
    await back(`token=${tokenOf(opened)}`, "flow", { cookie: "session=thief" });
    const { rows } = await database().owner.query(
      "select status from public.subscriptions where organization_id = $1",
      [victim.id],
    );
    expect(rows).toEqual([{ status: "pending_payment" }]);
    const payments = await database().owner.query("select status from public.payments where id = $1", [
      opened.paymentId,
    ]);
    expect(payments.rows).toEqual([{ status: "pending" }]);
  });

  test.each([
    ["an unknown token", "token=NOBODY"],
    ["no token", ""],
    ["an address to be sent to", "token=//evil.test&next=https://evil.test"],
    ["two tokens", "token=A&token=B"],
    ["an endless form", `token=${"A".repeat(20_000)}`],
  ])("with %s and lands on the billing page all the same", async (_, body) => {
    const response = await back(body);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/billing"]);
  });

  test("from a gateway that we do not have and lands on the billing page", async () => {
    expect((await back("token=A1", "stripe")).headers.get("location")).toBe("/billing");
  });
});
