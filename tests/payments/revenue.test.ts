import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { requestRefund } from "@/lib/payments";
import { database } from "@/tests/support/database";
import { APP_URL, open, tokenOf } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop } from "./support/shops";
import { staffMember } from "./support/staff";
import { rightState, tell, tellRefund } from "./support/states";

const flow = flowInHand();
const root = staffMember();
const MONTHS = 6;

/** Noon of the tenth, so many months ago, as the console counts months: far from any change of month. */
function inMonth(ago: number): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 10, 15));
}

const monthOf = (at: Date) => at.toISOString().slice(0, 7);

async function dashboardRevenue(): Promise<Record<string, number>> {
  const { rows } = await root.transaction(async (db) => {
    const { sql } = await import("@/lib/db");
    return sql<{ byMonth: { month: string; amount: number }[] }>`
      select private.console_dashboard() -> 'revenue' -> 'byMonth' as "byMonth"`.execute(db);
  });
  return Object.fromEntries((rows[0]?.byMonth ?? []).map(({ month, amount }) => [month, amount]));
}

const life = fc.record({
  paidAgo: fc.integer({ min: 2, max: MONTHS }),
  refunds: fc.array(
    fc.record({ later: fc.integer({ min: 0, max: 2 }), amount: fc.integer({ min: 1, max: 40_000 }) }),
    {
      maxLength: 2,
    },
  ),
  end: fc.constantFrom("kept", "disputed", "won", "review"),
});

test("the console's revenue is what payments, refunds and disputes come to, each in its own month", async () => {
  const expected: Record<string, number> = {};
  const book = (at: Date, amount: number) => {
    expected[monthOf(at)] = (expected[monthOf(at)] ?? 0) + amount;
  };
  for (const { paidAgo, refunds, end } of fc.sample(life, 25)) {
    const shop = await aShop();
    const opened = await open(flow, shop);
    const { paymentId } = opened;
    await flow.decide(tokenOf(opened), { status: 2 });
    const setClock = (at: Date) =>
      database().owner.query(
        "insert into private.test_clocks (organization_id, at, target) values ($1, $2, $2) on conflict (organization_id) do update set at = excluded.at, target = excluded.target",
        [shop.id, at],
      );
    await setClock(inMonth(paidAgo));
    if (end === "review") {
      await tell(shop, paymentId, { ...(await rightState(paymentId, "succeeded")), amountPaidMinor: 98_000 });
      continue; // money that is for nothing yet is no revenue
    }
    await tell(shop, paymentId, await rightState(paymentId, "succeeded"));
    book(inMonth(paidAgo), 99_000);
    let left = 99_000;
    for (const { later, amount } of refunds) {
      await setClock(inMonth(paidAgo - later));
      const { refundId, status } = await requestRefund(
        root,
        paymentId,
        { amount, reason: "ajuste" },
        randomUUID(),
        {
          gateways: flow.gateways,
          appUrl: APP_URL,
        },
      );
      expect(status).toBe("processing");
      await tellRefund(shop, refundId, "succeeded");
      book(inMonth(paidAgo - later), -amount);
      left -= amount;
    }
    if (end === "kept") continue;
    await setClock(inMonth(1));
    await tell(shop, paymentId, await rightState(paymentId, "disputed", 99_000 - left));
    book(inMonth(1), -left);
    if (end === "disputed") continue;
    await setClock(inMonth(0));
    await tell(shop, paymentId, await rightState(paymentId, "succeeded", 99_000 - left));
    book(inMonth(0), left);
  }
  const shown = Object.entries(await dashboardRevenue()).filter(([, amount]) => amount !== 0);
  const booked = Object.entries(expected).filter(([, amount]) => amount !== 0);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(booked));
  expect(booked.length).toBeGreaterThan(3);
}, 60_000);
