import { describe, expect, test } from "vitest";
import { comeBack, createGateways, processNotices, receiveWebhook } from "@/lib/payments";
import { backOffMs, MOST_ATTEMPTS, outageWaitMs } from "@/lib/payments/back-off";
import type { Gateway } from "@/lib/payments/gateway";
import { database } from "@/tests/support/database";
import { mailsOf, notify, open, paymentOf, subscriptionOf, tokenOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row } from "./support/shops";

const flow = flowInHand();
const form = (body: string) => ({
  method: "POST",
  url: new URL("https://shop.test/api/webhooks/flow"),
  headers: new Headers({
    "content-type": "application/x-www-form-urlencoded",
    cookie: "session=secret",
    "user-agent": "Flow/1.0",
  }),
  rawBody: Buffer.from(body),
  traceId: "trace-1234",
});
const receive = (token: string) => receiveWebhook(flow.gateways, "flow", form(`token=${token}`));
const makeDue = () =>
  database().owner.query(
    "update private.webhook_events set next_attempt_at = now() where status = 'received'",
  );
const noticesOf = (token: string, status: string) =>
  count("private.webhook_events where reference = $1 and status = $2", [token, status]);

describe("a notice", () => {
  test("is stored as it came, with the headers that matter and no cookie", async () => {
    await receive("A1B2C3");
    const stored = await row<{ payload_raw: Buffer; headers: object; verified_by: string; trace_id: string }>(
      "select payload_raw, headers, verified_by, trace_id from private.webhook_events where reference = 'A1B2C3'",
    );
    expect(stored.payload_raw.toString()).toBe("token=A1B2C3");
    expect(stored.headers).toEqual({
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "Flow/1.0",
    });
    expect(stored).toMatchObject({ verified_by: "hint", trace_id: "trace-1234" });
  });

  test("sixteen times at once is kept once and pays once", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    const token = tokenOf(opened);
    await flow.decide(token, { status: 2 });
    await Promise.all(Array.from({ length: 16 }, () => receive(token)));
    const kept = await count("private.webhook_events where reference = $1", [token]);
    expect(kept, "one, or two where the seconds that they share end between them").toBeLessThanOrEqual(2);
    await Promise.all([workInbox(flow), workInbox(flow), workInbox(flow)]);
    expect(await noticesOf(token, "done")).toBe(kept);
    expect(await count("private.payment_ledger where payment_id = $1", [opened.paymentId])).toBe(1);
    expect(await mailsOf(shop)).toHaveLength(1);
  });

  test("that says paid while Flow says pending pays nothing", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    await receiveWebhook(
      flow.gateways,
      "flow",
      form(`token=${tokenOf(opened)}&status=2&amount=99000&s=forged`),
    );
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("pending");
    expect((await subscriptionOf(shop)).status).toBe("pending_payment");
  });

  test("that came before the answer it tells about does not swallow the later one", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    const token = tokenOf(opened);
    await receive(token);
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("pending");
    await flow.decide(token, { status: 2 });
    await receive(token);
    await makeDue();
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
  });

  test("received while the gateway is being asked stays for the next question", async () => {
    const opened = await open(flow, await aShop());
    const token = tokenOf(opened);
    await receive(token);
    await processNotices({
      gateways: flow.gateways,
      name: "first",
      onStep: async (step) => {
        if (step === "fetched") await receive(token);
      },
    });
    expect(await noticesOf(token, "received")).toBe(1);
    await flow.decide(token, { status: 2 });
    await makeDue();
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
    expect(await noticesOf(token, "received")).toBe(0);
  });

  test("before our own payment is committed waits, and is heard as soon as it is", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    const token = tokenOf(opened);
    await flow.decide(token, { status: 2 });
    const { organization_id } = await row<{ organization_id: string }>(
      "delete from private.payment_references where reference = $1 returning organization_id",
      [token],
    );
    await receive(token);
    const blind: Gateway = { ...flow.gateway, identify: () => Promise.resolve({ ok: true, value: null }) };
    const gateways = createGateways([{ id: "flow", configure: () => () => blind }], null);
    await workInbox({ ...flow, gateways });
    expect(await noticesOf(token, "received")).toBe(1);
    const names = JSON.stringify([{ kind: "token", value: token }]);
    await database().owner.query(
      "select private.record_checkout($1, $2, 'https://x.test', 'GET', $3, now() + interval '1 day')",
      [organization_id, opened.paymentId, names],
    );
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
  });

  test("under a name that we never learned is traced back to our order by Flow, and kept under it", async () => {
    const opened = await open(flow, await aShop());
    const token = tokenOf(opened);
    await flow.decide(token, { status: 2 });
    await database().owner.query("delete from private.payment_references where reference = $1", [token]);
    await receive(token);
    await workInbox(flow);
    expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
    expect(
      await count("private.payment_references where reference = $1 and kind = 'token' and payment_id = $2", [
        token,
        opened.paymentId,
      ]),
    ).toBe(1);
  });

  test("is refused with nothing stored when it has no token or the gateway is none of ours or off", async () => {
    const before = await count("private.webhook_events");
    await expect(receiveWebhook(flow.gateways, "flow", form("status=2"))).rejects.toMatchObject({
      code: "input.malformed",
    });
    await expect(receiveWebhook(flow.gateways, "stripe", form("token=A1"))).rejects.toMatchObject({
      code: "not_found",
    });
    const off = createGateways([{ id: "flow", configure: () => null }], null);
    await expect(receiveWebhook(off, "flow", form("token=A1"))).rejects.toMatchObject({
      code: "payment.gateway_off",
    });
    expect(await count("private.webhook_events")).toBe(before);
  });

  test("of a signing gateway with a bad signature leaves no row, but a trace", async () => {
    const signing: Gateway = {
      ...flow.gateway,
      verifyWebhook: () => ({ verdict: "rejected", reason: "not-authentic" }),
    };
    const gateways = createGateways([{ id: "flow", configure: () => () => signing }], null);
    const before = await count("private.webhook_events");
    await expect(receiveWebhook(gateways, "flow", form("token=A1"))).rejects.toMatchObject({
      code: "webhook.not_authentic",
    });
    expect(await count("private.webhook_events")).toBe(before);
    expect(await count("private.security_events where kind = 'webhook.not_authentic'")).toBe(1);
  });

  test("that its gateway could not be asked about is to come again, and counts as no forgery", async () => {
    const asking: Gateway = {
      ...flow.gateway,
      verifyWebhook: () => ({ verdict: "rejected", reason: "unanswered" }),
    };
    const gateways = createGateways([{ id: "flow", configure: () => () => asking }], null);
    const rows = () => Promise.all([count("private.webhook_events"), count("private.security_events")]);
    const before = await rows();
    await expect(receiveWebhook(gateways, "flow", form("token=A1"))).rejects.toMatchObject({
      code: "server.unavailable",
    });
    expect(await rows()).toEqual(before);
  });

  test("of a gateway that numbers its notices is kept once", async () => {
    const numbering: Gateway = {
      ...flow.gateway,
      verifyWebhook: () => ({
        verdict: "authentic",
        notice: { dedupeKey: "WH-1", kind: "payment", ref: { kind: "token", value: "T" }, needsFetch: true },
      }),
    };
    const gateways = createGateways([{ id: "flow", configure: () => () => numbering }], null);
    await Promise.all(Array.from({ length: 16 }, () => receiveWebhook(gateways, "flow", form("x"))));
    expect(await count("private.webhook_events where event_key = 'WH-1' and verified_by = 'signature'")).toBe(
      1,
    );
    await database().owner.query("delete from private.webhook_events where event_key = 'WH-1'");
  });

  test("is not acknowledged while the database hangs, and the gateway hears so in time", async () => {
    const locker = await database().owner.connect();
    try {
      await locker.query("begin; lock table private.webhook_events in access exclusive mode");
      const started = Date.now();
      await expect(receive("HANGING")).rejects.toMatchObject({ code: "server.unavailable" });
      expect(Date.now() - started).toBeLessThan(2_900);
    } finally {
      await locker.query("rollback");
      locker.release();
    }
  });

  test("that cannot be stored is not acknowledged", async () => {
    await database().owner.query(
      "alter table private.webhook_events add constraint full_disk check (reference <> 'NOROOM')",
    );
    await expect(receive("NOROOM")).rejects.toMatchObject({ code: "server.unavailable", status: 503 });
  });
});

describe("a worker", () => {
  test.each(["error500", "malformed", "lost-answer"] as const)(
    "asks again later when Flow answers with %s",
    async (kind) => {
      const opened = await open(flow, await aShop());
      const token = tokenOf(opened);
      await flow.decide(token, { status: 2 });
      await flow.fault("payment/getStatus", kind);
      await receive(token);
      await workInbox(flow);
      const waiting = await row<{ attempts: number; last_error: string; due: boolean }>(
        "select attempts, last_error, next_attempt_at <= now() as due from private.webhook_events where reference = $1",
        [token],
      );
      // Nonsense may be the notice's own fault and is counted; a gateway that is away is not.
      expect(waiting).toMatchObject({ attempts: kind === "malformed" ? 1 : 0, due: false });
      expect(waiting.last_error).toMatch(/^unavailable/);
      await makeDue();
      await workInbox(flow);
      expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
    },
  );

  test("does not give up on a gateway that is away, however often it asks in vain, until three days are over", async () => {
    const opened = await open(flow, await aShop());
    const token = tokenOf(opened);
    await receive(token);
    await flow.fault("payment/getStatus", "error500", 30);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await workInbox(flow);
      await makeDue();
    }
    expect(await noticesOf(token, "received")).toBe(1);
    await database().owner.query(
      "update private.webhook_events set received_at = now() - interval '73 hours' where reference = $1",
      [token],
    );
    await workInbox(flow);
    expect(await noticesOf(token, "dead")).toBe(1);
  });

  test("gives up after fourteen attempts, visibly, and other payments go on meanwhile", async () => {
    const [poisoned, healthy] = [await open(flow, await aShop()), await open(flow, await aShop())];
    await flow.decide(tokenOf(poisoned), { lies: { commerceOrder: null } });
    await flow.decide(tokenOf(healthy), { status: 2 });
    await receive(tokenOf(poisoned));
    await receive(tokenOf(healthy));
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      await workInbox(flow);
      await makeDue();
    }
    expect((await paymentOf(healthy.paymentId)).status).toBe("succeeded");
    expect(await noticesOf(tokenOf(poisoned), "dead")).toBe(1);
    expect((await paymentOf(poisoned.paymentId)).status).toBe("pending");
  });

  test.each(["claimed", "fetched", "applied"] as const)(
    "that dies when it has %s loses nothing and doubles nothing",
    async (step) => {
      const shop = await aShop();
      const opened = await open(flow, shop);
      const token = tokenOf(opened);
      await flow.decide(token, { status: 2 });
      await receive(token);
      const dying = processNotices({
        gateways: flow.gateways,
        name: "dying",
        onStep: (at) => (at === step ? new Promise<void>(() => undefined) : undefined),
      });
      void dying; // killed there: it never comes back, its lease stays
      await expect
        .poll(() =>
          count("private.webhook_events where reference = $1 and (locked_by = 'dying' or status = 'done')", [
            token,
          ]),
        )
        .toBe(1);
      await new Promise((done) => setTimeout(done, 200));
      expect(await workInbox(flow), "the lease still holds").toBe(0);
      await database().owner.query(
        "update private.webhook_events set locked_until = now() - interval '1 second' where reference = $1",
        [token],
      );
      await workInbox(flow);
      expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
      expect(await noticesOf(token, "done")).toBe(1);
      expect(await count("private.payment_ledger where payment_id = $1", [opened.paymentId])).toBe(1);
      expect(await mailsOf(shop)).toHaveLength(1);
    },
  );

  test("does not hold a transaction while it asks", async () => {
    const opened = await open(flow, await aShop());
    await receive(tokenOf(opened));
    let idle = -1;
    await processNotices({
      gateways: flow.gateways,
      name: "watched",
      onStep: async (step) => {
        if (step !== "fetched") return;
        idle = await count(
          "pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
        );
      },
    });
    expect(idle).toBe(0);
  });

  test("two at once share the work and never a notice", async () => {
    const tokens: string[] = [];
    for (let number = 0; number < 30; number += 1) {
      const opened = await open(flow, await aShop());
      tokens.push(tokenOf(opened));
      await flow.decide(tokenOf(opened), { status: 2 });
      await notify(tokenOf(opened));
    }
    const works = (name: string) => workInbox({ ...flow, gateways: flow.renewed() }, name);
    const [one, other] = await Promise.all([works("one"), works("other")]);
    expect(one + other).toBe(30);
    expect(
      await count(
        "public.payments where status = 'succeeded' and id in (select payment_id from private.payment_references where reference = any ($1))",
        [tokens],
      ),
    ).toBe(30);
  });

  test("hearing of payments in any order and doubled ends as Flow says, for every one", async () => {
    const opened = [];
    for (let number = 0; number < 20; number += 1) opened.push(await open(flow, await aShop()));
    const fates = opened.map((payment, number) => ({
      payment,
      status: ([2, 3, 2, 4] as const)[number % 4] ?? 2,
    }));
    const notices = fates.flatMap(({ payment }) => [payment, payment]).sort(() => Math.random() - 0.5);
    for (const { payment, status } of fates) await flow.decide(tokenOf(payment), { status });
    for (const payment of notices) await notify(tokenOf(payment));
    await Promise.all([workInbox(flow), workInbox({ ...flow, gateways: flow.renewed() })]);
    const expected = { 1: "pending", 2: "succeeded", 3: "failed", 4: "cancelled" } as const;
    for (const { payment, status } of fates)
      expect((await paymentOf(payment.paymentId)).status).toBe(expected[status]);
  });
});

test("waiting grows from seconds to six hours, half to one and a half of it", () => {
  expect(backOffMs(0, 0)).toBe(2_500);
  expect(backOffMs(0, 0.999)).toBeLessThan(7_500);
  expect(backOffMs(3, 0.5)).toBe(40_000);
  expect(backOffMs(13, 0.5)).toBe(6 * 3_600_000);
  const total = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, attempt) => backOffMs(attempt, 0.5)).reduce(
    (sum, ms) => sum + ms,
    0,
  );
  expect(total / 3_600_000).toBeGreaterThan(10);
});

test("a gateway that was away for a day is asked again within minutes", () => {
  expect(outageWaitMs(0, 0)).toBe(2_500);
  expect(outageWaitMs(60_000, 0.5)).toBe(15_000);
  expect(outageWaitMs(86_400_000, 0.999)).toBeLessThan(5 * 60_000);
});

describe("the browser's return", () => {
  const url = new URL("https://shop.test/api/payments/return/flow");
  const back = (token: string) =>
    comeBack(flow.gateways, "flow", { method: "POST", url, form: new URLSearchParams({ token }) }, "trace");

  test("finds its payment, grants nothing, and asks Flow in its place when the callback was lost", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    expect(await back(tokenOf(opened))).toEqual({ kind: "payment", id: opened.paymentId });
    await workInbox(flow);
    expect((await subscriptionOf(shop)).status).toBe("pending_payment");
    await flow.decide(tokenOf(opened), { status: 2 });
    await database().owner.query(
      "update private.webhook_events set event_key = event_key || ':earlier' where verified_by = 'return'",
    );
    await back(tokenOf(opened));
    await workInbox(flow);
    expect((await subscriptionOf(shop)).status).toBe("active");
  });

  test("brought a hundred times leaves one question", async () => {
    const opened = await open(flow, await aShop());
    const before = await count("private.webhook_events where verified_by = 'return'");
    for (let time = 0; time < 100; time += 1) await back(tokenOf(opened));
    expect((await count("private.webhook_events where verified_by = 'return'")) - before).toBeLessThanOrEqual(
      2,
    );
  });

  test("with a token of nobody, or of another kind, finds nothing", async () => {
    const opened = await open(flow, await aShop());
    const { commerceOrder } = await flow.order();
    expect(await back("NOBODYS")).toBeNull();
    expect(await back(commerceOrder)).toBeNull();
    expect(await back(opened.paymentId)).toBeNull();
  });
});
