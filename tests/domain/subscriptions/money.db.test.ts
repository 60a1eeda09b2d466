import { describe, expect, test } from "vitest";
import { sql } from "@/lib/db";
import { getBilling, getInvoice, planDowngrade, previewPlan, quotePayment } from "@/lib/subscriptions";
import { ownerOf } from "@/tests/payments/support/checkout";
import { aShop, count, row, type Shop } from "@/tests/payments/support/shops";
import { database } from "@/tests/support/database";
import { readWhile } from "@/tests/support/meanwhile";
import { allAsked, buy, clockAt, creditOf, invoicesOf, lifeMailsOf, open, stateOf, tell } from "./support";

const start = new Date("2026-03-01T12:00:00Z");
const day = (days: number) => new Date(start.getTime() + days * 86_400_000);

async function aTestShop(tier: "basic" | "pro" | "premium" = "pro"): Promise<Shop> {
  const shop = await aShop({ tier });
  await clockAt(shop, start);
  return shop;
}

const question = { interval: "month", currency: "CLP" } as const;

describe("an upgrade", () => {
  test("costs the new price less what the running period is still worth, to the peso", async () => {
    const shop = await aTestShop("basic");
    await buy(shop, { tier: "basic" });
    await clockAt(shop, day(10)); // 21 of March's 31 days are left: 49 000 · 21 / 31 = 33 193,5
    const quote = await quotePayment(ownerOf(shop), { tier: "pro", ...question });
    expect(quote).toMatchObject({
      change: "upgrade",
      total: 99_000 - 33_193,
    });
    expect(quote.startsAt).toContain("2026-03-11");
    expect(quote.lines).toEqual([
      { kind: "price", amount: 99_000 },
      { kind: "proration", amount: -33_193 },
    ]);
    const bought = await buy(shop, { tier: "pro" });
    expect(bought.amount).toBe(65_807);
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "pro",
      current_period_start: day(10),
      current_period_end: new Date("2026-04-11T12:00:00Z"),
    });
    expect(await creditOf(shop)).toBe(0);
    const [, invoice] = await invoicesOf(shop);
    expect(invoice).toMatchObject({ number: 2, status: "paid", total: 65_807, lines: quote.lines });
  });

  test("from a month to a year of the same plan is one as well", async () => {
    const shop = await aTestShop();
    await buy(shop);
    await clockAt(shop, day(1));
    const { total } = await quotePayment(ownerOf(shop), { tier: "pro", interval: "year", currency: "CLP" });
    expect(total).toBe(990_000 - Math.floor((99_000 * 30) / 31));
  });

  test("that is cheaper than what is left costs nothing, and the rest stands in the account", async () => {
    const shop = await aTestShop();
    await buy(shop, { interval: "year" });
    await clockAt(shop, day(1));
    const left = Math.floor((990_000 * 364) / 365);
    const bought = await buy(shop, { tier: "premium" });
    expect(bought.amount).toBe(0);
    expect(await creditOf(shop)).toBe(left - 299_000);
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "premium",
      billing_interval: "month",
    });
    expect(await row("select gateway, status from public.payments where id = $1", [bought.id])).toEqual({
      gateway: "credit",
      status: "succeeded",
    });
    expect(await row("select private.ledger_balance('credits', 'CLP', $1) as credits", [shop.id])).toEqual({
      credits: -(left - 299_000),
    });
    // The next period is paid from it, in part.
    await clockAt(shop, day(20));
    const next = await buy(shop, { tier: "premium" });
    expect(next.amount).toBe(0);
    expect(await creditOf(shop)).toBe(left - 2 * 299_000);
  });

  test("in another currency leaves the worth of the old period as credit in its own", async () => {
    const shop = await aTestShop("basic");
    await buy(shop, { tier: "basic" });
    await clockAt(shop, day(10));
    const bought = await buy(shop, { tier: "pro", currency: "USD" });
    expect(bought.amount).toBe(10_900);
    expect([await creditOf(shop), await creditOf(shop, "USD")]).toEqual([33_193, 0]);
  });

  test("that is paid back gives the old period back, and what it had taken or given", async () => {
    const shop = await aTestShop("basic");
    await buy(shop, { tier: "basic" });
    await clockAt(shop, day(10));
    const bought = await buy(shop, { tier: "pro" });
    await tell(shop, bought.id, "refunded");
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "basic",
      current_period_end: new Date("2026-04-01T12:00:00Z"),
    });
    expect((await invoicesOf(shop)).map(({ status }) => status)).toEqual(["paid", "refunded"]);
  });

  test("never leaves an amount that no gateway takes", async () => {
    const shop = await aTestShop();
    await database().owner.query(
      "insert into private.account_credits (organization_id, currency, balance) values ($1, 'CLP', 98990)",
      [shop.id],
    );
    const { total, lines } = await quotePayment(ownerOf(shop), { tier: "pro", ...question });
    expect(total).toBe(500);
    expect(lines).toContainEqual({ kind: "credit", amount: -98_500 });
  });
});

describe("a price with something taken off is a promise about the account of that moment", () => {
  test("a second page withdraws the first, and money for the first waits for a person", async () => {
    const shop = await aTestShop("basic");
    await buy(shop, { tier: "basic" });
    await clockAt(shop, day(10));
    const first = await open(shop, { tier: "pro" });
    const second = await open(shop, { tier: "premium" });
    expect(await row("select status, reason from public.payments where id = $1", [first.id])).toEqual({
      status: "cancelled",
      reason: "price_outdated",
    });
    await tell(shop, second.id, "succeeded");
    expect(await tell(shop, first.id, "succeeded")).toBe("review");
    expect((await stateOf(shop)).tier_code).toBe("premium");
  });

  test("one that is already on its way is held when the account changes under it", async () => {
    const shop = await aTestShop("basic");
    const first = await buy(shop, { tier: "basic" });
    await clockAt(shop, day(10));
    const upgrade = await open(shop, { tier: "pro" });
    await tell(shop, upgrade.id, "processing");
    await expect(open(shop, { tier: "premium" })).rejects.toMatchObject({ code: "payment.in_progress" });
    await tell(shop, first.id, "refunded");
    expect(await tell(shop, upgrade.id, "succeeded")).toBe("review");
    expect(await row("select reason from public.payments where id = $1", [upgrade.id])).toEqual({
      reason: "price_outdated",
    });
  });

  test("the same order again is the same payment, though its credit is spent", async () => {
    const shop = await aTestShop();
    await database().owner.query(
      "insert into private.account_credits (organization_id, currency, balance) values ($1, 'CLP', 99000)",
      [shop.id],
    );
    const again = () =>
      ownerOf(shop).transaction(async (db) => {
        const { rows } = await sql<{ id: string; is_new: boolean }>`
          select id, is_new from private.open_payment('one-key', 'flow', 'CLP', 'pro', 'month', '', 'es')`.execute(
          db,
        );
        return rows[0];
      });
    const [one, two] = [await again(), await again()];
    expect(one).toMatchObject({ is_new: true });
    expect(two).toEqual({ id: one?.id, is_new: false });
    expect(await creditOf(shop)).toBe(0);
  });
});

describe("a smaller plan", () => {
  test("is shown with what exceeds it, is accepted knowingly, and begins with its period", async () => {
    const shop = await aTestShop("pro");
    await buy(shop);
    await database().owner.query(
      "update public.usage_counters set n = 1200 where organization_id = $1 and metric = 'customers'",
      [shop.id],
    );
    const excess = [{ metric: "customers", used: 1_200, max: 500 }];
    expect(await previewPlan(ownerOf(shop), { tier: "basic", interval: "month" })).toMatchObject({
      change: "downgrade",
      excess,
    });
    const plan = { tier: "basic", interval: "month", acceptsExcess: false } as const;
    await expect(planDowngrade(ownerOf(shop), plan)).rejects.toMatchObject({
      code: "subscription.exceeds_limits",
    });
    await planDowngrade(ownerOf(shop), { ...plan, acceptsExcess: true });
    expect(await lifeMailsOf(shop)).toEqual(["downgrade_planned"]);
    expect((await stateOf(shop)).tier_code).toBe("pro");

    const limit = () =>
      row<{ n: number; max_count: number }>(
        "select n, max_count from public.usage_counters where organization_id = $1 and metric = 'customers'",
        [shop.id],
      );
    await buy(shop, { tier: "basic" });
    await clockAt(shop, day(30));
    expect(await limit()).toEqual({ n: 1_200, max_count: 2_000 });
    await clockAt(shop, day(32));
    expect((await stateOf(shop)).tier_code).toBe("basic");
    expect(await limit()).toEqual({ n: 1_200, max_count: 500 });
    const newCustomer = () =>
      database().owner.query(
        "insert into public.customers (organization_id, surnames) values ($1, 'Soto Rojas')",
        [shop.id],
      );
    await expect(newCustomer()).rejects.toMatchObject({ message: "tier.limit_exceeded" });
  });

  test("that is dearer is bought, not planned; the present plan takes a plan back", async () => {
    const shop = await aTestShop("pro");
    await buy(shop);
    const plan = (tier: string) =>
      planDowngrade(ownerOf(shop), { tier, interval: "month", acceptsExcess: true });
    await expect(plan("premium")).rejects.toMatchObject({ code: "subscription.not_possible" });
    await plan("basic");
    await plan("pro");
    expect(
      await count("public.subscriptions where organization_id = $1 and next_tier_code is not null", [
        shop.id,
      ]),
    ).toBe(0);
  });

  test("that was planned is what the open invoice asks for when the period comes due", async () => {
    const shop = await aTestShop("pro");
    await buy(shop);
    await planDowngrade(ownerOf(shop), { tier: "basic", interval: "month", acceptsExcess: true });
    await allAsked(shop);
    await clockAt(shop, day(32));
    expect((await invoicesOf(shop)).at(-1)).toMatchObject({ status: "open", total: 49_000 });
  });
});

describe("invoices", () => {
  const member = (of: Shop) => ({ ...ownerOf(of), organization: { id: of.id } }) as never;

  test("fit the payments beside them, whatever happens while the page is read", async () => {
    const shop = await aTestShop();
    await buy(shop);
    const { payments, invoices } = await readWhile(
      "public.invoices",
      () => getBilling(member(shop)),
      async (db) => {
        await db.query("update public.payments set status = 'refunded' where organization_id = $1", [
          shop.id,
        ]);
        await db.query("update public.invoices set status = 'refunded' where organization_id = $1", [
          shop.id,
        ]);
      },
    );
    expect([payments[0]?.status, invoices[0]?.status]).toEqual(["succeeded", "paid"]);
  });

  test("are read by the shop's owner, and nobody else's number opens", async () => {
    const [shop, neighbour] = [await aTestShop(), await aTestShop()];
    await buy(shop);
    const [invoice] = (await getBilling(member(shop))).invoices;
    expect(invoice).toMatchObject({ number: 1, status: "paid", total: 99_000, tax: 15_807, tier: "pro" });
    expect(await getInvoice(member(shop), invoice?.id ?? "")).toEqual(invoice);
    await expect(getInvoice(member(neighbour), invoice?.id ?? "")).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(getInvoice(member(shop), "no-invoice")).rejects.toMatchObject({ code: "not_found" });
  });
});
