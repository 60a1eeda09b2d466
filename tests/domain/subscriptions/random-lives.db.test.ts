import fc from "fast-check";
import { expect, test } from "vitest";
import { endSubscription } from "@/lib/console";
import { AppError } from "@/lib/errors";
import { aShop, count, row, type Shop } from "@/tests/payments/support/shops";
import { staffMember } from "@/tests/payments/support/staff";
import { database } from "@/tests/support/database";
import { allAsked, buy, clockAt, invoicesOf, type Reported, stateOf, tell } from "./support";

const root = staffMember();
const start = new Date("2026-01-31T03:00:00Z");

type Act =
  | { readonly kind: "buy"; readonly tier: "basic" | "pro" | "premium"; readonly interval: "month" | "year" }
  | { readonly kind: "tell"; readonly which: number; readonly status: Reported }
  | { readonly kind: "wait"; readonly days: number }
  /** Staff end the subscription at once; whatever lives then. */
  | { readonly kind: "end" };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("buy" as const),
    tier: fc.constantFrom("basic" as const, "pro" as const, "premium" as const),
    interval: fc.constantFrom("month" as const, "month" as const, "year" as const),
  }),
  fc.record({
    kind: fc.constant("tell" as const),
    which: fc.nat({ max: 9 }),
    status: fc.constantFrom<Reported>("succeeded", "partially_refunded", "refunded", "disputed", "failed"),
  }),
  fc.record({ kind: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant("end" as const) }),
);

/** What a payment came to, as the lattice of payments alone says: the oracle knows no periods and no credit. */
interface Known {
  readonly id: string;
  readonly amount: number;
  status: Reported;
}

const after: Record<string, readonly Reported[]> = {
  succeeded: ["partially_refunded", "refunded", "disputed"],
  partially_refunded: ["refunded", "disputed"],
  disputed: ["succeeded", "partially_refunded", "refunded"],
};

async function play(shop: Shop, acts: readonly Act[]): Promise<Known[]> {
  const known: Known[] = [];
  let now = start;
  for (const step of acts) {
    if (step.kind === "wait") {
      now = new Date(now.getTime() + step.days * 86_400_000);
      await allAsked(shop);
      await clockAt(shop, now);
      // The clock stands still while nothing lives: whatever was paid runs out all the same.
      await database().owner.query("update private.test_clocks set at = target where organization_id = $1", [
        shop.id,
      ]);
    } else if (step.kind === "end") {
      await endSubscription(root, { organizationId: shop.id, when: "now", reason: "prueba" }).catch(
        nothingLives,
      );
    } else if (step.kind === "buy") {
      known.push({ ...(await buy(shop, step)), status: "succeeded" });
    } else {
      const payment = known[step.which % Math.max(1, known.length)];
      if (!payment || payment.amount === 0) continue;
      await tell(shop, payment.id, step.status);
      if (after[payment.status]?.includes(step.status)) payment.status = step.status;
    }
    await keepsItsInvariants(shop, known, now);
  }
  return known;
}

function nothingLives(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== "subscription.not_possible") throw error;
}

async function keepsItsInvariants(shop: Shop, known: readonly Known[], now: Date): Promise<void> {
  const { status, tier_code: tier, current_period_end: until } = await stateOf(shop);
  expect(
    await count("public.subscriptions where organization_id = $1 and status <> 'cancelled'", [shop.id]),
  ).toBeLessThanOrEqual(1);
  // Credit is never below zero, and the ledger says the same.
  expect(
    await row(
      `select coalesce(bool_and(c.balance >= 0 and c.balance = -private.ledger_balance('credits', c.currency, c.organization_id)), true) as kept
       from private.account_credits c where c.organization_id = $1`,
      [shop.id],
    ),
  ).toEqual({ kept: true });
  // Nobody has more than they paid: what is left of periods and credit comes from money that is still ours.
  if (!known.some((payment) => payment.status === "disputed")) {
    const { worth } = await row<{ worth: number }>(
      `select private.unused_value($1, 'CLP', $2) + coalesce((select sum(c.balance) from private.account_credits c
         where c.organization_id = $1), 0)::bigint as worth`,
      [shop.id, now],
    );
    const kept = known.filter((payment) => payment.status !== "refunded");
    expect(worth).toBeLessThanOrEqual(kept.reduce((sum, { amount }) => sum + amount, 0));
  }
  // Living periods lie side by side.
  expect(
    await count(
      `private.payment_ledger a join private.payment_ledger b on b.organization_id = a.organization_id and b.payment_id <> a.payment_id
       where a.organization_id = $1 and a.effect_kind = 'activated' and b.effect_kind = 'activated' and a.superseded_by is null
         and b.superseded_by is null and a.period_end > $2 and b.period_end > $2 and a.period_start < b.period_end and b.period_start < a.period_end`,
      [shop.id, now],
    ),
  ).toBe(0);
  // Who is paid is served, with the plan that was paid for; who is served was paid, or is in the days that everybody has.
  const { rows: running } = await database().owner.query<{ tier_code: string }>(
    "select tier_code from private.payment_ledger where organization_id = $1 and effect_kind = 'activated' and superseded_by is null and period_start <= $2 and period_end > $2",
    [shop.id, now],
  );
  const covered = status === "cancelled" ? 0 : running.length; // staff ended it: what is left waits for the next purchase
  const isDisputed = known.some((payment) => payment.status === "disputed");
  if (covered > 0) expect(isDisputed ? ["active", "grace"] : ["active"]).toContain(status);
  if (covered > 0) expect(tier).toBe(running[0]?.tier_code);
  if (status === "active")
    expect(until && until > now, `${until?.toISOString()} ${now.toISOString()}`).toBe(true);
  if (isDisputed)
    expect(["suspended", "cancelled"]).not.toContain(status === "active" ? "" : covered > 0 ? status : "");
  // Every payment has one invoice, which says what became of it; they add up.
  const invoices = await invoicesOf(shop);
  expect(invoices.map(({ number }) => number)).toEqual(invoices.map((_, index) => index + 1));
  const total = (wanted: string) =>
    invoices.filter((invoice) => invoice.status === wanted).reduce((sum, invoice) => sum + invoice.total, 0);
  const paid = (of: (payment: Known) => boolean) =>
    known.filter(of).reduce((sum, { amount }) => sum + amount, 0);
  expect(total("refunded")).toBe(paid(({ status: now_ }) => now_ === "refunded"));
  expect(total("paid")).toBe(paid(({ status: now_ }) => now_ !== "refunded"));
  for (const invoice of invoices)
    expect(invoice.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(invoice.total);
}

test("whatever is bought, paid back, disputed and waited for, in any order, the account stays whole", {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
      const shop = await aShop();
      await clockAt(shop, start);
      await play(shop, acts);
      expect(await row("select private.first_broken_audit($1) as broken", [shop.id])).toEqual({
        broken: null,
      });
    }),
    { numRuns: 120, seed: 20260301, endOnFailure: false },
  );
  expect((await database().owner.query("select from private.ledger_transactions")).rowCount).toBeGreaterThan(
    0,
  );
});
