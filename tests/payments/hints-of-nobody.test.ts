import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createGateways, processNotices, receiveWebhook } from "@/lib/payments";
import { hintOfNobodyWaitMs } from "@/lib/payments/back-off";
import type { Gateway } from "@/lib/payments/gateway";
import { inboxHealth, purgeNoticePayloads, sweepPayments } from "@/lib/payments/sweep";
import { database } from "@/tests/support/database";
import { open, paymentOf, tokenOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row } from "./support/shops";

// Flow signs nothing: whoever finds the address can send tokens that nobody ever had.

const flow = flowInHand();
const receive = (token: string, more = "") =>
  receiveWebhook(flow.gateways, "flow", {
    method: "POST",
    url: new URL("https://shop.test/api/webhooks/flow"),
    headers: new Headers({ "content-type": "application/x-www-form-urlencoded" }),
    rawBody: Buffer.from(`token=${token}${more}`),
    traceId: randomUUID(),
  });
const aToken = () => `X${randomUUID()}`;
const work = () => processNotices({ gateways: flow.gateways, name: randomUUID() });
const notices = (condition: string, values: unknown[] = []) =>
  count(`private.webhook_events where ${condition}`, values);
const grow = (token: string, age: string) =>
  database().owner.query(
    "update private.webhook_events set received_at = received_at - $2::interval where reference = $1",
    [token, age],
  );
const alerts = () =>
  count("private.outbox where name = 'alert.raise' and payload ->> 'rule' = 'webhook.dead'");
const letGo = () =>
  count(
    "private.payment_counters c, generate_series(1, c.n) where c.name = 'hint_of_nobody' and c.gateway = 'flow'",
  );

beforeEach(() => database().owner.query("delete from private.webhook_events"));

describe("a token of nobody", () => {
  const blind = (): Gateway => ({
    ...flow.gateway,
    identify: () => Promise.resolve({ ok: true, value: null }),
  });
  const workBlindly = () =>
    processNotices({
      gateways: createGateways([{ id: "flow", configure: () => blind }], null),
      name: randomUUID(),
    });

  test("is asked about a handful of times in a quarter of an hour, then let go, counted and without an alarm", async () => {
    const token = aToken();
    await receive(token);
    const [before, counted] = [await alerts(), await letGo()];
    await database().owner.query(
      "update private.webhook_events set attempts = 1, last_error = 'unknown reference' where reference = $1",
      [token],
    );
    await grow(token, "14 minutes");
    await sweepPayments();
    expect(await notices("reference = $1 and status = 'received'", [token])).toBe(1);
    await grow(token, "2 minutes");
    await sweepPayments();
    expect(await notices("reference = $1 and status = 'ignored'", [token])).toBe(1);
    expect([await alerts(), (await letGo()) - counted]).toEqual([before, 1]);
  });

  test("that nobody could ask about yet is kept for a day", async () => {
    const token = aToken();
    await receive(token);
    await grow(token, "23 hours");
    await sweepPayments();
    expect(await notices("reference = $1 and status = 'received'", [token])).toBe(1);
    await grow(token, "2 hours");
    await sweepPayments();
    expect(await notices("reference = $1 and status = 'ignored'", [token])).toBe(1);
  });

  test("never dies, however often and long it fails", async () => {
    const token = aToken();
    await receive(token);
    await database().owner.query(
      "update private.webhook_events set attempts = 30, received_at = now() - interval '4 days' where reference = $1",
      [token],
    );
    expect(await workBlindly()).toBe(1);
    expect(await notices("reference = $1 and status = 'received' and attempts = 31", [token])).toBe(1);
  });

  test("is gone from the inbox a week after it was let go", async () => {
    const token = aToken();
    await receive(token);
    await grow(token, "25 hours");
    await sweepPayments();
    await purgeNoticePayloads();
    expect(await notices("reference = $1", [token])).toBe(1);
    await grow(token, "7 days");
    await purgeNoticePayloads();
    expect(await notices("reference = $1", [token])).toBe(0);
  });

  test("sent again and again is one notice for some seconds", async () => {
    const token = aToken();
    for (let time = 0; time < 100; time += 1) await receive(token);
    expect(await notices("reference = $1", [token])).toBeLessThanOrEqual(2);
  });

  test("brings no more than four kilobytes into the inbox", async () => {
    const token = aToken();
    await receive(token, `&x=${"y".repeat(200_000)}`);
    expect(
      await row("select length(payload_raw) as bytes from private.webhook_events where reference = $1", [
        token,
      ]),
    ).toEqual({ bytes: 4_096 });
  });
});

describe("among a thousand tokens of nobody", () => {
  test("a real payment is applied in the first batch, Flow is asked little, and nobody is woken", async () => {
    for (let sent = 0; sent < 1_000; sent += 50)
      await Promise.all(Array.from({ length: 50 }, () => receive(aToken())));
    const opened = await open(flow, await aShop());
    await flow.decide(tokenOf(opened), { status: 2 });
    await receive(tokenOf(opened));
    const [before, asked] = [await alerts(), flow.calls.length];

    expect(await work()).toBeLessThanOrEqual(4);
    expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
    expect(flow.calls.length - asked).toBeLessThanOrEqual(4);

    await workInbox(flow);
    expect(flow.calls.length - asked, "questions in a minute").toBeLessThanOrEqual(70);
    expect((await inboxHealth()).oldestSeconds, "waiting on purpose is not late").toBe(0);

    await database().owner.query(
      "update private.webhook_events set received_at = now() - interval '25 hours'",
    );
    const counted = await letGo();
    await sweepPayments();
    expect(await notices("status = 'ignored'")).toBe(1_000);
    expect((await letGo()) - counted).toBe(1_000);
    expect((await alerts()) - before).toBe(0);
  });

  test("the one that becomes a payment's waits with the others no longer", async () => {
    const opened = await open(flow, await aShop());
    const token = tokenOf(opened);
    await flow.decide(token, { status: 2 });
    const { organization_id } = await row<{ organization_id: string }>(
      "delete from private.payment_references where reference = $1 returning organization_id",
      [token],
    );
    await receive(token);
    expect(await notices("reference = $1 and names_nobody", [token])).toBe(1);
    await database().owner.query(
      "select private.record_checkout($1, $2, 'https://x.test', 'GET', $3, now() + interval '1 day')",
      [organization_id, opened.paymentId, JSON.stringify([{ kind: "token", value: token }])],
    );
    expect(await notices("reference = $1 and not names_nobody", [token])).toBe(1);
    await work();
    expect((await paymentOf(opened.paymentId)).status).toBe("succeeded");
  });
});

test("notices of one gateway that die by the dozen raise one alert an hour", async () => {
  await database().owner.query("delete from private.notice_alerts");
  const dying = () =>
    database().owner.query(
      `insert into private.webhook_events (gateway, kind, reference_kind, reference, verified_by, attempts)
       select 'flow', 'payment', 'payment', gen_random_uuid()::text, 'signature', 0 from generate_series(1, 12)`,
    );
  const before = await alerts();
  const die = async () => {
    await dying();
    await database().owner.query(
      "update private.webhook_events set received_at = now() - interval '25 hours' where status = 'received'",
    );
    await workInbox(flow);
  };
  await die();
  expect(await notices("status = 'dead'")).toBe(12);
  expect((await alerts()) - before).toBe(1);
  await die();
  expect((await alerts()) - before, "within the hour").toBe(1);
  await database().owner.query(
    "update private.notice_alerts set alerted_at = alerted_at - interval '61 minutes'",
  );
  await die();
  expect((await alerts()) - before).toBe(2);
});

test("a hint of nobody waits from seconds to ten minutes", () => {
  expect(hintOfNobodyWaitMs(0, 0.5)).toBe(15_000);
  expect(hintOfNobodyWaitMs(2, 0.5)).toBe(240_000);
  expect(hintOfNobodyWaitMs(14, 0.999)).toBeLessThan(15 * 60_000);
  const inAQuarterOfAnHour = [0, 1, 2, 3, 4].map((attempts) => hintOfNobodyWaitMs(attempts, 0.5));
  expect(inAQuarterOfAnHour.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(15 * 60_000);
});
