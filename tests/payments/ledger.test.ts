import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestRefund } from "@/lib/payments";
import type { ReportedStatus } from "@/lib/payments/gateway";
import { database } from "@/tests/support/database";
import { APP_URL, open, pay, paymentOf, tokenOf } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { balancesOf, brokenInvariants, postingsOf } from "./support/ledger";
import { aShop, count, row, type Shop } from "./support/shops";
import { staffMember } from "./support/staff";
import { rightState, tell, tellRefund } from "./support/states";

const flow = flowInHand();
const root = staffMember();

async function aPaidShop(): Promise<{ shop: Shop; id: string }> {
  const shop = await aShop();
  return { shop, id: await pay(flow, shop) };
}

async function refund(paymentId: string, amount: number): Promise<string> {
  const setting = { gateways: flow.gateways, appUrl: APP_URL };
  return (await requestRefund(root, paymentId, { amount, reason: "ajuste" }, randomUUID(), setting)).refundId;
}

const post = (shop: Shop, entries: unknown, source: string = randomUUID()) =>
  row<{ posted: boolean }>("select private.post_ledger($1, 'test_posting', $2, 'CLP', $3) as posted", [
    shop.id,
    source,
    JSON.stringify(entries),
  ]);

describe("the ledger", () => {
  test("takes a posting once, and leaves out lines of nothing", async () => {
    const shop = await aShop();
    const source = randomUUID();
    const lines = [
      { account: "receivable", amount: 10 },
      { account: "revenue", amount: -10 },
      { account: "discounts", amount: 0 },
    ];
    expect(await post(shop, lines, source)).toEqual({ posted: true });
    expect(await post(shop, lines, source)).toEqual({ posted: false });
    expect(await post(shop, [{ account: "revenue", amount: 0 }])).toEqual({ posted: false });
    expect(await balancesOf(shop)).toEqual({ receivable: 10, revenue: -10 });
    expect(await count("private.ledger_entries where organization_id = $1", [shop.id])).toBe(2);
  });

  test("sixteen that post the same at once post it once", async () => {
    const shop = await aShop();
    const source = randomUUID();
    const lines = [
      { account: "receivable", amount: 7 },
      { account: "revenue", amount: -7 },
    ];
    const posted = await Promise.all(Array.from({ length: 16 }, () => post(shop, lines, source)));
    expect(posted.filter((one) => one.posted)).toHaveLength(1);
  });

  test.each([
    ["lines that do not add up", [{ account: "revenue", amount: -10 }]],
    [
      "an account nobody knows",
      [
        { account: "petty_cash", amount: 1 },
        { account: "revenue", amount: -1 },
      ],
    ],
    [
      "an amount with a fraction",
      [
        { account: "receivable", amount: 1.5 },
        { account: "revenue", amount: -1.5 },
      ],
    ],
  ])("refuses %s", async (_, lines) => {
    await expect(post(await aShop(), lines)).rejects.toThrow();
  });

  test("cannot be committed out of balance, past its own function too", async () => {
    const shop = await aShop();
    const client = await database().owner.connect();
    try {
      for (const lines of [[10], [10, -9], []]) {
        await client.query("begin");
        const { rows } = await client.query<{ id: string }>(
          "insert into private.ledger_transactions (organization_id, kind, source, currency, at) values ($1, 'test_posting', $2, 'CLP', now()) returning id",
          [shop.id, randomUUID()],
        );
        for (const [index, amount] of lines.entries())
          await client.query(
            "insert into private.ledger_entries (transaction_id, line, organization_id, currency, account, amount) values ($1, $2, $3, 'CLP', 'rounding', $4)",
            [rows[0]?.id, index + 1, shop.id, amount],
          );
        await expect(client.query("commit"), JSON.stringify(lines)).rejects.toMatchObject({ code: "23514" });
      }
    } finally {
      client.release();
    }
    expect(await balancesOf(shop)).toEqual({});
  });

  test("only grows: not even its owner changes, empties or adds to what was committed", async () => {
    const { id, shop } = await aPaidShop();
    const { owner } = database();
    for (const statement of [
      "update private.ledger_entries set amount = amount * 2",
      "delete from private.ledger_entries",
      "truncate private.ledger_entries cascade",
      "update private.ledger_transactions set at = now()",
      "delete from private.ledger_transactions",
      "truncate private.ledger_transactions cascade",
    ])
      await expect(owner.query(statement), statement).rejects.toMatchObject({ code: "42501" });
    const late = `insert into private.ledger_entries (transaction_id, line, organization_id, currency, account, amount)
      select t.id, v.line, t.organization_id, t.currency, 'revenue', v.amount
      from private.ledger_transactions t, (values (8, 5), (9, -5)) v (line, amount) where t.payment_id = $1 and t.kind = 'payment'`;
    await expect(owner.query(late, [id])).rejects.toMatchObject({ code: "42501" });
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 99_000, revenue: -99_000 });
  });
});

describe("what is posted", () => {
  test("of a payment: what it costs and what came in, once however often it is told", async () => {
    const { shop, id } = await aPaidShop();
    for (let repeat = 0; repeat < 5; repeat += 1) await tell(shop, id, await rightState(id, "succeeded"));
    expect(await postingsOf(id)).toEqual(["charge", "payment"]);
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 99_000, revenue: -99_000 });
  });

  test("of a refund: once, when the money went back", async () => {
    const { shop, id } = await aPaidShop();
    const refundId = await refund(id, 20_000);
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 99_000, revenue: -99_000 });
    for (let repeat = 0; repeat < 3; repeat += 1) await tellRefund(shop, refundId, "succeeded");
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 79_000, revenue: -99_000, refunds: 20_000 });
  });

  test("of what was refunded at the gateway: the difference, once for each total", async () => {
    const { shop, id } = await aPaidShop();
    for (const total of [10_000, 10_000, 25_000, 10_000, 25_000])
      await tell(shop, id, await rightState(id, "partially_refunded", total));
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 74_000, revenue: -99_000, refunds: 25_000 });
    expect((await postingsOf(id)).filter((kind) => kind === "refunded_there")).toHaveLength(2);
  });

  test("of a refund of ours that the gateway tells through the payment first: once", async () => {
    const { shop, id } = await aPaidShop();
    const refundId = await refund(id, 20_000);
    await tell(shop, id, await rightState(id, "partially_refunded", 20_000));
    await tellRefund(shop, refundId, "succeeded");
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 79_000, revenue: -99_000, refunds: 20_000 });
  });

  test("of a dispute: out while it lasts, back when it is won, however often it comes", async () => {
    const { shop, id } = await aPaidShop();
    await tell(shop, id, await rightState(id, "partially_refunded", 9_000));
    for (let repeat = 0; repeat < 2; repeat += 1) {
      await tell(shop, id, await rightState(id, "disputed", 9_000));
      expect(await balancesOf(shop)).toEqual({ revenue: -99_000, refunds: 9_000, disputes: 90_000 });
      await tell(shop, id, await rightState(id, "succeeded", 9_000));
      expect(await paymentOf(id)).toMatchObject({ status: "partially_refunded", refunded_amount: 9_000 });
      expect(await balancesOf(shop)).toEqual({ "gateway:flow": 90_000, revenue: -99_000, refunds: 9_000 });
    }
  });

  test("of a dispute that was lost: the loss stays", async () => {
    const { shop, id } = await aPaidShop();
    await tell(shop, id, await rightState(id, "disputed"));
    await tell(shop, id, await rightState(id, "refunded"));
    expect(await balancesOf(shop)).toEqual({ revenue: -99_000, disputes: 99_000 });
    expect(await brokenInvariants()).toEqual([]);
  });

  test("of a refund that was under way when a dispute took the money: it left once", async () => {
    const { shop, id } = await aPaidShop();
    const refundId = await refund(id, 30_000);
    await tell(shop, id, await rightState(id, "disputed"));
    await tellRefund(shop, refundId, "succeeded");
    expect((await paymentOf(id)).status).toBe("disputed");
    expect(await balancesOf(shop)).toEqual({ revenue: -99_000, disputes: 69_000, refunds: 30_000 });
    await tell(shop, id, await rightState(id, "succeeded", 30_000));
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 69_000, revenue: -99_000, refunds: 30_000 });
  });

  test("of a second capture: kept apart, and people hear of it once", async () => {
    const { shop, id } = await aPaidShop();
    const twice = { ...(await rightState(id, "succeeded")), amountPaidMinor: 198_000 };
    for (let repeat = 0; repeat < 3; repeat += 1) await tell(shop, id, twice);
    expect(await balancesOf(shop)).toEqual({ "gateway:flow": 198_000, revenue: -99_000, unapplied: -99_000 });
    expect(await paymentOf(id)).toMatchObject({ status: "succeeded", amount: 99_000 });
    expect(
      await count(
        "private.outbox where payload ->> 'rule' = 'payment.surplus' and payload ->> 'subject' = $1",
        [id],
      ),
    ).toBe(1);
    expect(await brokenInvariants()).toEqual([]);
  });
});

const told = fc.record({
  kind: fc.constant("told" as const),
  status: fc.constantFrom<ReportedStatus>(
    "pending",
    "processing",
    "failed",
    "cancelled",
    "expired",
    "succeeded",
    "partially_refunded",
    "refunded",
    "disputed",
  ),
  back: fc.integer({ min: 1, max: 98_999 }),
});
const ordered = fc.record({
  kind: fc.constant("ordered" as const),
  amount: fc.integer({ min: 1, max: 99_000 }),
});
const decided = fc.record({
  kind: fc.constant("decided" as const),
  status: fc.constantFrom("succeeded", "failed", "cancelled", "processing"),
});

describe("whatever happens in whatever order", () => {
  test("the ledger adds up to nothing, holds what the gateway holds for us, and agrees with payments and revenue", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(told, ordered, decided), { minLength: 3, maxLength: 14 }),
        async (steps) => {
          const shop = await aShop();
          const opened = await open(flow, shop);
          const id = opened.paymentId;
          await flow.decide(tokenOf(opened), { status: 2 });
          const refunds: string[] = [];
          for (const step of steps) {
            if (step.kind === "told") await tell(shop, id, await rightState(id, step.status, backOf(step)));
            else if (step.kind === "ordered") {
              const made = await refund(id, step.amount).catch(() => null);
              if (made) refunds.push(made);
            } else if (refunds[0]) await tellRefund(shop, refunds.shift() ?? "", step.status);
          }
          const balances = await balancesOf(shop);
          expect(Object.values(balances).reduce((sum, amount) => sum + amount, 0)).toBe(0);
          const { status, amount, refunded_amount, paid_at } = await row<{
            status: string;
            amount: number;
            refunded_amount: number;
            paid_at: Date | null;
          }>("select status, amount, refunded_amount, paid_at from public.payments where id = $1", [id]);
          const stillThere =
            paid_at && !["refunded", "disputed"].includes(status) ? amount - refunded_amount : 0;
          expect((balances["gateway:flow"] ?? 0) + (balances["unapplied"] ?? 0)).toBe(stillThere);
          for (const account of ["gateway:flow", "refunds", "disputes"])
            expect(balances[account] ?? 0, account).toBeGreaterThanOrEqual(0);
          expect(balances["receivable"] ?? 0).toBe(0);
          // What the console calls revenue is what payments say was kept.
          const { revenue } = await row<{ revenue: number }>(
            "select coalesce(-sum(amount), 0)::bigint as revenue from private.ledger_entries where organization_id = $1 and account in ('revenue', 'refunds', 'disputes', 'discounts', 'rounding')",
            [shop.id],
          );
          expect(revenue).toBe(stillThere);
        },
      ),
      { numRuns: 60 },
    );
    expect(await brokenInvariants()).toEqual([]);
  }, 120_000);
});

function backOf({ status, back }: { status: ReportedStatus; back: number }): number | undefined {
  return status === "partially_refunded" ? back : undefined;
}
