import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { control } from "../scripts/sandbox/control";
import { startDemo } from "../scripts/testing/demo";
import { figure, round } from "./load";
import { makeOwners, openOverHttp } from "./shops";

const PAYMENTS = 1_000;
const SHOPS = 100;
const SENDERS = 16;
/** Each sender's pause after an answer, half to one and a half of it: busier than any hour of a real shop's gateway. */
const PAUSE_MS = 500;
const LOOK_EVERY_MS = 50;
const WAIT_MS = 120_000;

/**
 * `npm run bench -- applied`: how long gateways wait for our acknowledgement, and shops for what they paid for, while
 * everything is well. Both ends of the lag are read on the database's clock: when the notice was stored, and when
 * another connection first saw its effect committed.
 */
export async function applied(): Promise<void> {
  const demo = await startDemo();
  const { environment } = demo;
  const owner = new Pool({ connectionString: environment["DATABASE_URL"], max: 4 });
  const appUrl = environment["APP_URL"] ?? "";
  try {
    const tokens = await openPaid(owner, environment, appUrl);
    const watch = watchEffects(owner);
    const acknowledged = await sendAll(`${appUrl}/api/webhooks/flow`, tokens);
    const seen = await watch.until(PAYMENTS, WAIT_MS);
    const { rows } = await owner.query<{ payment_id: string; received_at: Date }>(
      `select r.payment_id, min(e.received_at) as received_at from private.webhook_events e
       join private.payment_references r on r.gateway = e.gateway and r.kind = e.reference_kind and r.reference = e.reference
       where e.verified_by = 'hint' group by 1`,
    );
    const lags = rows.flatMap(({ payment_id, received_at }) => {
      const at = seen.get(payment_id);
      return at === undefined ? [] : [at - received_at.getTime()];
    });
    const more = { senders: SENDERS, notices: tokens.length };
    figure("webhook.acknowledged_p99", at(acknowledged, 0.99), "ms", "< 300", {
      ...more,
      p50: at(acknowledged, 0.5),
    });
    figure("webhook.applied_p95", at(lags, 0.95), "ms", "< 2000", {
      applied: lags.length,
      p50: at(lags, 0.5),
      p99: at(lags, 0.99),
    });
    figure("webhook.not_applied", tokens.length - lags.length, "payments", "= 0");
  } finally {
    await owner.end();
    await demo.stop();
  }
}

/** Payments that were opened by shops and paid at Flow, of which nobody has told us. @returns their tokens */
async function openPaid(owner: Pool, environment: Record<string, string>, appUrl: string): Promise<string[]> {
  const cookies = await makeOwners(owner, environment, SHOPS);
  const tokens: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let n = next++; n < PAYMENTS; n = next++) {
        const cookie = cookies[n % cookies.length] ?? "";
        const { redirectUrl } = await openOverHttp(appUrl, cookie, "flow", `applied-${n}`);
        const token = new URL(redirectUrl).searchParams.get("token") ?? "";
        const order = { token, status: 2, callback: false };
        await control(environment["SANDBOX_URL"] ?? "", "flow/orders", order);
        tokens.push(token);
      }
    }),
  );
  return tokens;
}

/** Sends each notice once, as a gateway does. @returns how long each was waited for, in milliseconds */
async function sendAll(url: string, tokens: readonly string[]): Promise<number[]> {
  const waits: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      await sleep(PAUSE_MS * Math.random());
      for (let token = tokens[next++]; token !== undefined; token = tokens[next++]) {
        const sentAt = performance.now();
        const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ token }) });
        await answer.arrayBuffer();
        if (answer.status !== 200) throw new Error(`a notice was answered with ${answer.status}`);
        waits.push(performance.now() - sentAt);
        await sleep(PAUSE_MS * (0.5 + Math.random()));
      }
    }),
  );
  return waits;
}

/** Notes, by the database's clock, when each payment's period and posting were first seen by somebody else. */
function watchEffects(owner: Pool): { until(count: number, withinMs: number): Promise<Map<string, number>> } {
  const seen = new Map<string, number>();
  let running = true;
  const watching = (async () => {
    while (running) {
      const { rows } = await owner.query<{ payment_id: string; now: Date }>(
        `select l.payment_id, statement_timestamp() as now from private.payment_ledger l
         join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id
         where p.idempotency_key like 'applied-%' and l.at > now() - interval '15 minutes' and l.payment_id <> all ($1::uuid[])`,
        [[...seen.keys()]],
      );
      for (const { payment_id, now } of rows) seen.set(payment_id, now.getTime());
      await sleep(LOOK_EVERY_MS);
    }
  })();
  return {
    async until(count, withinMs) {
      const deadline = Date.now() + withinMs;
      while (seen.size < count && Date.now() < deadline) await sleep(LOOK_EVERY_MS);
      running = false;
      await watching;
      return seen;
    },
  };
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}
