import { expect, test } from "vitest";
import { database } from "@/tests/support/database";
import { notify, open, tokenOf } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row, type Shop } from "./support/shops";
import { exitOf, workerProcesses } from "./support/worker-process";

// A bad afternoon: callbacks lost, doubled and shuffled, Flow failing, workers killed where they stand.

const flow = flowInHand();
const workers = workerProcesses(flow);
const PAYMENTS = 60;
const KILLS = 3;
const fates = [2, 2, 2, 3, 4] as const;
const meaning = { 2: "succeeded", 3: "failed", 4: "cancelled" } as const;

interface Planned {
  readonly shop: Shop;
  readonly id: string;
  readonly token: string;
  readonly fate: 2 | 3 | 4;
}

test("ends with every payment as Flow says, every effect once, and nothing waiting", {
  timeout: 240_000,
}, async () => {
  const planned: Planned[] = [];
  for (let number = 0; number < PAYMENTS; number += 1) {
    const shop = await aShop();
    const opened = await open(flow, shop);
    planned.push({
      shop,
      id: opened.paymentId,
      token: tokenOf(opened),
      fate: fates[number % fates.length] ?? 2,
    });
  }
  await flow.fault("payment/getStatus", "lost-answer", 8);
  await flow.fault("payment/getStatus", "malformed", 8);

  // One callback in ten never comes; a third come twice; a forged one names nobody.
  const callbacks = planned
    .flatMap(({ token }, number) => (number % 10 === 0 ? [] : number % 3 === 0 ? [token, token] : [token]))
    .concat("F0RGED")
    .sort(() => Math.random() - 0.5);
  let worker = await workers.start();
  for (const [number, { token, fate }] of planned.entries()) {
    await flow.decide(token, { status: fate });
    for (const callback of callbacks.splice(0, 2)) await notify(callback);
    if (number % Math.ceil(PAYMENTS / KILLS) !== 5) continue;
    worker.kill("SIGKILL");
    await exitOf(worker);
    worker = await workers.start();
  }
  for (const callback of callbacks) await notify(callback);

  const { owner } = database();
  const unsettled = "public.payments where status in ('creating', 'pending', 'processing')";
  await expect
    .poll(
      async () => {
        // Time passes: leases run out, waiting ends, payments grow old enough for the sweep.
        await owner.query(
          "update private.webhook_events set next_attempt_at = now(), locked_until = null where status = 'received' and reference <> 'F0RGED'",
        );
        await owner.query("update public.payments set created_at = created_at - interval '3 minutes'");
        await owner.query("select private.sweep_payments()");
        return count(unsettled);
      },
      { timeout: 90_000, interval: 1_000 },
    )
    .toBe(0);
  await expect
    .poll(() => count("private.webhook_events where status = 'received' and reference <> 'F0RGED'"), {
      timeout: 30_000,
    })
    .toBe(0);
  worker.kill("SIGTERM");
  expect(await exitOf(worker)).toBe(0);

  for (const { shop, id, fate } of planned) {
    const seen = await row<{ status: string; periods: number; subscription: string; audited: number }>(
      `select p.status, s.status as subscription,
              (select count(*)::int from private.payment_ledger l where l.payment_id = p.id) as periods,
              (select count(*)::int from public.audit_entries a where a.object_id = p.id and a.action = 'payment.' || p.status) as audited
       from public.payments p join public.subscriptions s on s.organization_id = p.organization_id where p.id = $1`,
      [id],
    );
    const paid = fate === 2;
    expect(seen).toEqual({
      status: meaning[fate],
      subscription: paid ? "active" : "pending_payment",
      periods: paid ? 1 : 0,
      audited: 1,
    });
    expect(await row("select private.first_broken_audit($1) as broken", [shop.id])).toEqual({ broken: null });
  }
  const mails = await count("private.outbox where name = 'mail.payment'");
  expect(mails).toBe(planned.filter(({ fate }) => fate !== 4).length);
});
