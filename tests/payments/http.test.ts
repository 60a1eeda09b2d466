import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type CallRecord, createHttpClient, type HttpCall } from "@/lib/payments/http";
import { createRetryBudget } from "@/lib/payments/http-policy";
import { redact } from "@/lib/payments/redact";
import { freePort } from "@/scripts/services/ports";

const SECRET = "sk_very/secret+key";
const servers: Server[] = [];

async function aServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function aClient(baseUrl: string) {
  const records: CallRecord[] = [];
  const client = createHttpClient({
    gateway: "test",
    baseUrl,
    secrets: [SECRET],
    onCall: (record) => records.push(record),
  });
  const send = (call: HttpCall) => client.send(call);
  const isOpen = (operation: HttpCall["operation"]) => client.isOpen(operation);
  return { records, send, isOpen };
}

const get: HttpCall = { operation: "state", method: "GET", path: "thing" };
const post: HttpCall = {
  operation: "checkout",
  method: "POST",
  path: "thing",
  body: new URLSearchParams({ a: "1" }),
};

describe("what a broken line may have done", () => {
  test.each([
    ["a question", get, "unavailable"],
    ["an order", post, "unknown-outcome"],
  ] as const)("%s that is answered with 500 is %s", async (_, call, kind) => {
    const { send } = aClient(await aServer((_request, response) => response.writeHead(500).end("<html>")));
    const outcome = await send(call);
    expect(outcome.ok ? "" : outcome.failure.kind).toBe(kind);
  });

  test("nobody listening means that nothing was sent, even for an order", async () => {
    const { send, records } = aClient(`http://127.0.0.1:${await freePort()}`);
    const outcome = await send(post);
    expect(outcome.ok ? "" : outcome.failure).toMatchObject({ kind: "unavailable", code: "ECONNREFUSED" });
    expect(records[0]?.tries, "an order that never left may go out again, once").toBe(2);
  });

  test("a connection cut in the middle of an order leaves its outcome unknown", async () => {
    let requests = 0;
    const { send } = aClient(
      await aServer((_request, response) => {
        requests += 1;
        response.writeHead(200, { "content-length": "100" });
        response.write("half", () => response.destroy());
      }),
    );
    const outcome = await send(post);
    expect(outcome.ok ? "" : outcome.failure.kind).toBe("unknown-outcome");
    expect(requests).toBe(1);
  });

  test("an answer without end is cut off", async () => {
    const { send } = aClient(
      await aServer((_request, response) => {
        const chunk = Buffer.alloc(64 * 1024, "x");
        const more = () => !response.destroyed && response.write(chunk, more);
        more();
      }),
    );
    const outcome = await send(get);
    expect(outcome.ok ? "" : outcome.failure).toMatchObject({ kind: "unavailable", code: "too-large" });
  });

  test("an answer that drips is given up in time", { timeout: 10_000 }, async () => {
    const { send } = aClient(
      await aServer((_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write("."), 100);
        response.on("close", () => clearInterval(drip));
      }),
    );
    const started = Date.now();
    const outcome = await send(get);
    expect(outcome.ok ? "" : outcome.failure).toMatchObject({ kind: "unavailable", code: "timeout" });
    expect(Date.now() - started).toBeLessThan(5_500);
  });
});

test("a redirect is not followed: our signed request belongs to one host", async () => {
  let visited = false;
  const elsewhere = await aServer((_request, response) => {
    visited = true;
    response.end("{}");
  });
  const { send } = aClient(
    await aServer((_request, response) => response.writeHead(307, { location: `${elsewhere}/steal` }).end()),
  );
  const outcome = await send(post);
  expect(outcome.ok ? "" : outcome.failure.code).toBe("307");
  expect(visited).toBe(false);
});

describe("repeating", () => {
  const failingOnce = async (status: number) => {
    let requests = 0;
    const url = await aServer((_request, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? status : 200).end("{}");
    });
    return { url, requests: () => requests };
  };

  test.each([502, 503, 504])(
    "an order answered with %i goes out again only under an idempotency key",
    async (status) => {
      const bare = await failingOnce(status);
      expect((await aClient(bare.url).send(post)).ok).toBe(false);
      expect(bare.requests()).toBe(1);
      const keyed = await failingOnce(status);
      expect((await aClient(keyed.url).send({ ...post, idempotencyKey: "k" })).ok).toBe(true);
      expect(keyed.requests()).toBe(2);
    },
  );

  test("waits as long as it was told to, and a shorter word that comes after does not cut it", async () => {
    let requests = 0;
    const { send } = aClient(
      await aServer((_request, response) => {
        requests += 1;
        const [wait, delayMs] = requests === 1 ? ["120", 0] : ["1", 100];
        setTimeout(() => response.writeHead(429, { "retry-after": wait }).end("{}"), delayMs);
      }),
    );
    await Promise.all([send(get), send(get)]);
    await new Promise((done) => setTimeout(done, 1_100));
    for (const call of [get, post]) {
      const held = await send(call);
      expect(held.ok ? "" : held.failure).toMatchObject({ kind: "rate-limited", code: "held" });
    }
    expect(requests).toBe(2);
  });

  test("of an order that was answered with 503 and a time to come back waits for that time", async () => {
    let requests = 0;
    const { send } = aClient(
      await aServer((_request, response) => {
        requests += 1;
        response.writeHead(503, { "retry-after": "60" }).end("{}");
      }),
    );
    const refused = await send({ ...post, idempotencyKey: "k" });
    expect(refused.ok ? 0 : refused.failure.retryAfterMs).toBe(60_000);
    expect(requests).toBe(1);
    const held = await send(post);
    expect(held.ok ? "" : held.failure.code).toBe("held");
    await send(get);
    expect(requests, "other kinds of calls may go through").toBe(2);
  });

  test("a 500 is never repeated: it may have been half done", async () => {
    const once = await failingOnce(500);
    expect((await aClient(once.url).send({ ...post, idempotencyKey: "k" })).ok).toBe(false);
    expect(once.requests()).toBe(1);
  });

  test("stays within a tenth of a minute's calls", () => {
    let time = 0;
    const budget = createRetryBudget(() => time);
    for (let call = 0; call < 30; call += 1) budget.call();
    expect([1, 2, 3, 4].map(() => budget.mayRetry())).toEqual([true, true, true, false]);
    time = 60_000;
    budget.call();
    expect([budget.mayRetry(), budget.mayRetry()]).toEqual([true, false]);
  });
});

describe("a gateway that is down", () => {
  test("is not asked again for a while once half of ten calls failed", async () => {
    let requests = 0;
    const { send, isOpen } = aClient(
      await aServer((_request, response) => {
        requests += 1;
        response.writeHead(500).end();
      }),
    );
    for (let call = 0; call < 15; call += 1) await send(get);
    expect(isOpen("state")).toBe(true);
    expect(requests).toBeLessThanOrEqual(11);
    const refused = await send(get);
    expect(refused.ok ? "" : refused.failure).toMatchObject({ kind: "unavailable", code: "breaker-open" });
    expect(isOpen("checkout"), "each kind of call has a breaker of its own").toBe(false);
  });

  test("is offered again after half a minute, though nobody who was offered another one has tried it", async () => {
    let isDown = true;
    const { send, isOpen } = aClient(
      await aServer((_request, response) => response.writeHead(isDown ? 500 : 200).end("{}")),
    );
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      for (let call = 0; call < 15; call += 1) await send(get);
      vi.advanceTimersByTime(29_000);
      expect(isOpen("state")).toBe(true);
      vi.advanceTimersByTime(1_001);
      expect(isOpen("state")).toBe(false);
      expect((await send(get)).ok, "one call tries it, and finds it still down").toBe(false);
      expect(isOpen("state")).toBe(true);
      vi.advanceTimersByTime(30_001);
      isDown = false;
      expect((await send(get)).ok).toBe(true);
      expect(isOpen("state")).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  test("does not pile up callers: the eleventh question at once is turned away", async () => {
    const { send } = aClient(
      await aServer((_request, response) => void setTimeout(() => response.end("{}"), 200)),
    );
    const outcomes = await Promise.all(Array.from({ length: 14 }, () => send(get)));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10);
    const codes = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure.code]));
    expect(new Set(codes)).toEqual(new Set(["too-busy"]));
  });
});

describe("what may be read in a log", () => {
  test("is neither key, signature, token nor address, whatever the gateway repeats of our request", async () => {
    const echo = await aServer((request, response) => {
      response
        .writeHead(500)
        .end(
          `failed: ${request.url} apiKey=${SECRET}&s=abcdef0123&token=T0KEN "email":"ana@optica.cl" ${encodeURIComponent(SECRET)}`,
        );
    });
    const { send, records } = aClient(echo);
    await send({ ...get, query: new URLSearchParams({ apiKey: SECRET, token: "T0KEN", s: "abcdef0123" }) });
    const logged = JSON.stringify(records);
    for (const secret of [SECRET, encodeURIComponent(SECRET), "abcdef0123", "T0KEN", "ana@optica.cl"]) {
      expect(logged).not.toContain(secret);
    }
    expect(records[0]).toMatchObject({ gateway: "test", operation: "state", path: "thing", status: null });
  });

  test.each([
    ['{"token":"T0KEN","s":"abc"}', /T0KEN|abc/],
    ["Authorization: Bearer-xyz", /xyz/],
    ["payer=ana@optica.cl", /ana/],
    ["{authorization: 'Basic QVZ4LWNsaWVudDpzZWNyZXQ='}", /QVZ4/],
    ["<p>Basic QVZ4LWNsaWVudDpzZWNyZXQ=</p>", /QVZ4/],
  ])("%s loses its secrets", (text, secret) => {
    expect(redact(text, [])).not.toMatch(secret);
  });

  test("stays short, and a secret at the edge is not cut into a half that remains", () => {
    const text = `${"x".repeat(295)}${SECRET}`;
    expect(redact(text, [SECRET]).length).toBeLessThanOrEqual(300);
    expect(redact(text, [SECRET])).not.toContain("sk_v");
  });
});
