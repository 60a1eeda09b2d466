import { describe, expect, test } from "vitest";
import { aShop, type Shop } from "@/tests/payments/support/shops";
import { database } from "@/tests/support/database";
import { clockAt, invoicesOf, open, type Reported, stateOf, tell } from "./support";

const start = new Date("2026-05-31T15:00:00Z");

/** One gateway event: a payment of the life and what is said of it. */
type Told = readonly [payment: number, status: Reported];

const lives: Record<string, readonly Told[]> = {
  "two periods, one of them paid back": [
    [0, "succeeded"],
    [0, "refunded"],
    [1, "processing"],
    [1, "succeeded"],
  ],
  "a charge that failed, a dispute that was won, a period paid ahead": [
    [0, "succeeded"],
    [0, "disputed"],
    [1, "failed"],
    [2, "processing"],
    [2, "succeeded"],
  ],
  "three periods, one disputed, one paid back": [
    [0, "succeeded"],
    [0, "disputed"],
    [1, "succeeded"],
    [1, "refunded"],
    [2, "processing"],
    [2, "succeeded"],
  ],
};

/** What a person sees in the end; names and instants of steps aside. */
async function endOf(shop: Shop): Promise<unknown> {
  const { status, tier_code, current_period_end, current_period_start } = await stateOf(shop);
  const { rows: paid } = await database().owner.query(
    `select l.period_start, l.period_end from private.payment_ledger l
     where l.organization_id = $1 and l.effect_kind = 'activated' and l.superseded_by is null order by 1`,
    [shop.id],
  );
  const invoices = await invoicesOf(shop);
  return {
    status,
    tier_code,
    current_period_start,
    current_period_end,
    paid,
    invoices: invoices.map((invoice) => `${invoice.status} ${invoice.total}`).sort(),
  };
}

describe("the order in which gateways tell a life does not matter", () => {
  test.each(Object.keys(lives))(
    "%s: every permutation ends in the same state",
    { timeout: 240_000 },
    async (name) => {
      const events = lives[name] ?? [];
      const ends = new Map<string, string>();
      for (const order of permutations(events).filter(possible)) {
        const shop = await aShop({ status: "pending_payment" });
        await clockAt(shop, start);
        const payments = [await open(shop), await open(shop), await open(shop)];
        for (const [payment, status] of order) await tell(shop, payments[payment]?.id ?? "", status);
        // What a gateway forgot to say in between, or said twice, changes nothing either.
        for (const [payment, status] of events) await tell(shop, payments[payment]?.id ?? "", status);
        await clockAt(shop, start);
        ends.set(
          JSON.stringify(await endOf(shop)),
          order.map(([payment, status]) => `${payment} ${status}`).join(", "),
        );
      }
      expect([...ends.values()], [...ends.keys()].join("\n")).toHaveLength(1);
    },
  );
});

/** A gateway disputes or pays back only what it had said was paid; everything else may come in any order. */
function possible(order: readonly Told[]): boolean {
  return order.every(
    ([payment, status], index) =>
      !["disputed", "refunded"].includes(status) ||
      order.slice(0, index).some(([other, before]) => other === payment && before === "succeeded"),
  );
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
