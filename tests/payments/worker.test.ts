import { expect, test } from "vitest";
import { database } from "@/tests/support/database";
import { notify, open, paymentOf, tokenOf } from "./support/checkout";
import { flowInHand, flowKeys } from "./support/flow";
import { aShop, count, row } from "./support/shops";
import { exitOf, workerProcesses } from "./support/worker-process";

// The worker as it runs in production: a process of its own, killed and stopped from outside.

const flow = flowInHand();
const { launch, start: startWorker } = workerProcesses(flow);

async function aPaidPayment(): Promise<{ paymentId: string; token: string }> {
  const opened = await open(flow, await aShop());
  const token = tokenOf(opened);
  await flow.decide(token, { status: 2 });
  return { paymentId: opened.paymentId, token };
}

const wake = () => database().owner.query("select pg_notify('webhook_events', '')");

test("hears of a notice within a second and stops in good order", { timeout: 60_000 }, async () => {
  const worker = await startWorker();
  const { paymentId, token } = await aPaidPayment();
  await new Promise((done) => setTimeout(done, 1_000));
  const started = Date.now();
  await notify(token);
  await wake();
  await expect
    .poll(async () => (await paymentOf(paymentId)).status, { timeout: 5_000, interval: 50 })
    .toBe("succeeded");
  expect(Date.now() - started).toBeLessThan(1_500);
  worker.kill("SIGTERM");
  expect(await exitOf(worker)).toBe(0);
  expect(worker.said).toContain("worker stopped");
  for (const secret of [flowKeys.flowSecretKey, flowKeys.flowApiKey, token])
    expect(worker.said).not.toContain(secret);
});

test("killed while Flow keeps it waiting loses nothing: the next one finishes", {
  timeout: 60_000,
}, async () => {
  const worker = await startWorker();
  const { paymentId, token } = await aPaidPayment();
  await flow.fault("payment/getStatus", "slow", 1, 3_000);
  await notify(token);
  await wake();
  await expect
    .poll(() => count("private.webhook_events where reference = $1 and locked_by is not null", [token]), {
      timeout: 5_000,
    })
    .toBe(1);
  worker.kill("SIGKILL");
  await exitOf(worker);
  expect((await paymentOf(paymentId)).status).toBe("pending");
  await database().owner.query(
    "update private.webhook_events set locked_until = now() where reference = $1",
    [token],
  );
  await startWorker();
  await expect.poll(async () => (await paymentOf(paymentId)).status, { timeout: 10_000 }).toBe("succeeded");
  expect(await count("private.payment_ledger where payment_id = $1", [paymentId])).toBe(1);
});

test("told to stop while Flow keeps it waiting finishes that and takes nothing new", {
  timeout: 60_000,
}, async () => {
  const worker = await startWorker();
  const { paymentId, token } = await aPaidPayment();
  await flow.fault("payment/getStatus", "slow", 1, 1_500);
  await notify(token);
  await wake();
  await expect
    .poll(() => count("private.webhook_events where reference = $1 and locked_by is not null", [token]), {
      timeout: 5_000,
    })
    .toBe(1);
  worker.kill("SIGTERM");
  expect(await exitOf(worker)).toBe(0);
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
  expect(await count("private.webhook_events where locked_by is not null")).toBe(0);
});

test("finds by itself what nobody notified it of", { timeout: 60_000 }, async () => {
  await startWorker();
  const { paymentId, token } = await aPaidPayment();
  await notify(token); // committed, and no NOTIFY
  await expect.poll(async () => (await paymentOf(paymentId)).status, { timeout: 6_000 }).toBe("succeeded");
});

test("goes on after its database connections were cut", { timeout: 60_000 }, async () => {
  await startWorker();
  await database().owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'opttius%' and usename = current_user and pid <> pg_backend_pid()",
  );
  const { paymentId, token } = await aPaidPayment();
  await notify(token);
  await expect.poll(async () => (await paymentOf(paymentId)).status, { timeout: 40_000 }).toBe("succeeded");
});

test("refuses to start half configured, and says what is missing", { timeout: 30_000 }, async () => {
  const child = launch({ APP_ENCRYPTION_KEY: "" });
  expect(await exitOf(child)).toBe(1);
  expect(child.said).toContain("APP_ENCRYPTION_KEY is missing");
});

test("two workers start at once on a new database", { timeout: 60_000 }, async () => {
  await Promise.all([startWorker(), startWorker()]);
  expect(await row("select count(*)::int as n from pgboss.schedule where name = 'payments.sweep'")).toEqual({
    n: 1,
  });
});
