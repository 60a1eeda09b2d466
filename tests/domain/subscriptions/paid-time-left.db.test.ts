import { describe, expect, test } from "vitest";
import { endSubscription, extendSubscription } from "@/lib/console";
import { getBilling, quotePayment } from "@/lib/subscriptions";
import { mailsOf, ownerOf } from "@/tests/payments/support/checkout";
import { aShop, row, type Shop } from "@/tests/payments/support/shops";
import { staffMember } from "@/tests/payments/support/staff";
import { database } from "@/tests/support/database";
import { allAsked, buy, clockAt, creditOf, invoicesOf, stateOf, tell } from "./support";

const root = staffMember();
const start = new Date("2026-03-01T12:00:00Z");
const day = (days: number) => new Date(start.getTime() + days * 86_400_000);
const aMonthOn = new Date("2026-04-01T12:00:00Z");
const aYearOn = new Date("2027-03-01T12:00:00Z");
const month = { interval: "month", currency: "CLP" } as const;

type Tier = "basic" | "pro" | "premium";

/** A shop that bought a year, and whose subscription staff ended at once after a month of it. */
async function anEndedShop(tier: Tier): Promise<Shop & { readonly year: string }> {
  const shop = await aShop({ tier });
  await clockAt(shop, start);
  const { id } = await buy(shop, { tier, interval: "year" });
  await clockAt(shop, aMonthOn);
  await endSubscription(root, { organizationId: shop.id, when: "now", reason: "pidió cerrar su cuenta" });
  return { ...shop, year: id };
}

/** Lets time pass while the gateways say whenever asked that nobody paid. */
async function waitUntil(shop: Shop, at: Date): Promise<void> {
  await allAsked(shop);
  await clockAt(shop, at);
}

/** While a dearer version of a tier is on sale. */
async function withDearer(tier: Tier, story: () => Promise<void>): Promise<void> {
  const { owner } = database();
  await owner.query(
    `insert into public.subscription_tiers select (jsonb_populate_record(t, '{"version": 99}')).* from public.subscription_tiers t
     where code = $1 and version = 1`,
    [tier],
  );
  try {
    await owner.query(
      "update public.subscription_tiers set price_clp_month = price_clp_month + 1000 where code = $1 and version = 99",
      [tier],
    );
    await story();
  } finally {
    await owner.query("delete from public.subscription_tiers where code = $1 and version = 99", [tier]);
  }
}

const branchesOf = async (shop: Shop) =>
  (
    await row<{ max_count: number }>(
      "select max_count from public.usage_counters where organization_id = $1 and metric = 'branches'",
      [shop.id],
    )
  ).max_count;

describe("a shop that staff ended with eleven months left of a year", () => {
  test("stands still until it buys again", async () => {
    const shop = await anEndedShop("basic");
    expect(await stateOf(shop)).toMatchObject({ status: "cancelled" });
    const member = { ...ownerOf(shop), organization: { id: shop.id } } as never;
    expect((await getBilling(member)).subscription).toBeNull();
  });

  test("that buys a month of premium has premium for that month, and what its year of basic was still worth stays its own", async () => {
    const shop = await anEndedShop("basic");
    const left = Math.floor((490_000 * 334) / 365);
    const quote = await quotePayment(ownerOf(shop), { tier: "premium", ...month });
    expect(quote).toMatchObject({ change: "upgrade", total: 0 });
    expect(quote.startsAt).toContain("2026-04-01");
    expect(quote.lines).toContainEqual({ kind: "proration", amount: -299_000 });
    expect((await buy(shop, { tier: "premium" })).amount).toBe(0);
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "premium",
      billing_interval: "month",
      current_period_start: aMonthOn,
      current_period_end: new Date("2026-05-01T12:00:00Z"),
    });
    expect(await creditOf(shop)).toBe(left - 299_000);
    await waitUntil(shop, new Date("2026-05-02T12:00:00Z"));
    expect((await stateOf(shop)).status).toBe("past_due");
  });

  test("that buys a month of basic works as premium until its year ends, and as basic for the month after it", async () => {
    const shop = await anEndedShop("premium");
    const quote = await quotePayment(ownerOf(shop), { tier: "basic", ...month });
    expect(quote).toMatchObject({ change: "new", total: 49_000, lines: [{ kind: "price", amount: 49_000 }] });
    expect(quote.startsAt).toContain("2027-03-01");
    expect((await buy(shop, { tier: "basic" })).amount).toBe(49_000);
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "premium",
      billing_interval: "year",
      current_period_start: start,
      current_period_end: new Date("2027-04-01T12:00:00Z"),
    });
    expect(await branchesOf(shop)).toBe(20);
    expect((await invoicesOf(shop)).at(-1)).toMatchObject({ status: "paid", period_start: aYearOn });
    await waitUntil(shop, aYearOn);
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "basic",
      billing_interval: "month",
    });
    expect(await branchesOf(shop)).toBe(1);
  });

  test("that buys its own plan again goes on with it, and is told that it works again", async () => {
    const shop = await anEndedShop("pro");
    await buy(shop);
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      billing_interval: "year",
      current_period_start: start,
      current_period_end: new Date("2027-04-01T12:00:00Z"),
    });
    expect(await mailsOf(shop)).toEqual(["activated", "reactivated"]);
  });

  test("that comes back when its year is over is a new shop: today, at the whole price", async () => {
    const shop = await anEndedShop("basic");
    // The clock looks at no subscription that ended: nothing of it is due.
    await database().owner.query(
      "update private.test_clocks set at = $2, target = $2 where organization_id = $1",
      [shop.id, day(400)],
    );
    const quote = await quotePayment(ownerOf(shop), { tier: "premium", ...month });
    expect(quote).toMatchObject({ change: "new", total: 299_000 });
    await buy(shop, { tier: "premium" });
    expect(await stateOf(shop)).toMatchObject({ tier_code: "premium", current_period_start: day(400) });
  });
});

test("two purchases at once of a shop that ended use what was left once", async () => {
  const shop = await anEndedShop("basic");
  const busy = await database().owner.connect();
  try {
    // Whoever writes into the trail waits, so both have priced what they buy by the time that the first of them has it.
    await busy.query("begin");
    await busy.query("select from private.audit_heads where organization_id = $1 for update", [shop.id]);
    const both = Promise.allSettled([buy(shop, { tier: "premium" }), buy(shop, { tier: "premium" })]);
    await new Promise((later) => setTimeout(later, 500));
    await busy.query("rollback");
    await both;
  } finally {
    busy.release();
  }
  expect(
    await row(
      "select count(*)::int as n from private.payment_quotes where organization_id = $1 and proration > 0",
      [shop.id],
    ),
  ).toEqual({ n: 1 });
});

test("what was left is sold at the price that it was bought at, on the page as at the checkout", async () => {
  const shop = await anEndedShop("pro");
  await withDearer("pro", async () => {
    const { tiers, subscription, paidTimeLeft } = await getBilling({
      ...ownerOf(shop),
      organization: { id: shop.id },
    } as never);
    expect(subscription).toBeNull();
    expect(paidTimeLeft).toEqual({ tier: "pro", until: aYearOn });
    const onPage = tiers.find(({ code }) => code === "pro");
    const [price] = (await quotePayment(ownerOf(shop), { tier: "pro", ...month })).lines;
    expect(price).toEqual({ kind: "price", amount: onPage?.monthly });
  });
});

describe("money that went back or is disputed after the end", () => {
  test("in part, or is won back from a dispute, does not bring the shop back", async () => {
    const shop = await anEndedShop("premium");
    for (const status of ["partially_refunded", "disputed", "succeeded"] as const) {
      expect(await tell(shop, shop.year, status)).toBe("apply");
      expect((await stateOf(shop)).status).toBe("cancelled");
    }
    await buy(shop, { tier: "premium", interval: "year" });
    expect(await stateOf(shop)).toMatchObject({ status: "active", current_period_start: start });
  });

  test("of the year leaves nothing to go on with", async () => {
    const shop = await anEndedShop("premium");
    await tell(shop, shop.year, "refunded");
    expect(await quotePayment(ownerOf(shop), { tier: "basic", ...month })).toMatchObject({ change: "new" });
    await buy(shop, { tier: "basic" });
    expect(await stateOf(shop)).toMatchObject({ tier_code: "basic", current_period_start: aMonthOn });
  });

  test("of the year that had come back leaves the month that was bought after it, from now", async () => {
    const shop = await anEndedShop("premium");
    await buy(shop, { tier: "basic" });
    await tell(shop, shop.year, "refunded");
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "basic",
      current_period_start: aMonthOn,
      current_period_end: new Date("2026-05-01T12:00:00Z"),
    });
  });

  test("of the plan that it came back with gives the year back, and its credit", async () => {
    const shop = await anEndedShop("basic");
    const bought = await buy(shop, { tier: "premium", interval: "year" });
    await tell(shop, bought.id, "refunded");
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      tier_code: "basic",
      current_period_start: start,
      current_period_end: aYearOn,
    });
    expect(await creditOf(shop)).toBe(0);
  });

  test("of the first of two periods leaves no gap before the second", async () => {
    const shop = await aShop({ tier: "pro" });
    await clockAt(shop, start);
    const first = await buy(shop);
    await buy(shop);
    await clockAt(shop, day(10));
    await endSubscription(root, { organizationId: shop.id, when: "now", reason: "pidió cerrar su cuenta" });
    await tell(shop, first.id, "refunded");
    await buy(shop, { tier: "basic" });
    expect(await stateOf(shop)).toMatchObject({
      tier_code: "pro",
      current_period_start: day(10),
      current_period_end: new Date("2026-05-11T12:00:00Z"),
    });
  });

  test("of the first of two periods lets the second wait for the shop", async () => {
    const shop = await aShop({ tier: "pro" });
    await clockAt(shop, start);
    const first = await buy(shop);
    await buy(shop);
    await clockAt(shop, day(10));
    await endSubscription(root, { organizationId: shop.id, when: "now", reason: "pidió cerrar su cuenta" });
    await tell(shop, first.id, "refunded");
    await database().owner.query(
      "update private.test_clocks set at = $2, target = $2 where organization_id = $1",
      [shop.id, day(45)],
    );
    const { startsAt } = await quotePayment(ownerOf(shop), { tier: "pro", ...month });
    await buy(shop);
    const { current_period_start, current_period_end } = await stateOf(shop);
    expect(current_period_start).toEqual(day(31));
    expect(new Date(startsAt)).toEqual(new Date("2026-05-01T12:00:00Z"));
    expect(current_period_end).toEqual(new Date("2026-06-01T12:00:00Z"));
  });

  test("is written down, and a year whose dispute was won waits behind what was bought meanwhile", async () => {
    const shop = await anEndedShop("premium");
    expect(await tell(shop, shop.year, "disputed")).toBe("apply");
    await buy(shop, { tier: "basic" });
    expect((await stateOf(shop)).tier_code).toBe("basic");
    expect(await tell(shop, shop.year, "succeeded")).toBe("apply");
    expect((await stateOf(shop)).tier_code).toBe("basic");
    await waitUntil(shop, new Date("2026-05-02T12:00:00Z"));
    expect(await stateOf(shop)).toMatchObject({ status: "active", tier_code: "premium" });
  });
});

describe("days that staff gave are days, wherever they are moved", () => {
  const give = async (shop: Shop, days: number) => {
    const { current_period_end: end } = await stateOf(shop);
    await extendSubscription(root, {
      organizationId: shop.id,
      from: end?.toISOString() ?? "",
      days,
      reason: "compensa la caída",
    });
  };

  // Within the month in which they begin, and into the next one.
  test.each([10, 40])("%d of them, when the month before them is paid back", async (days) => {
    const shop = await aShop({ tier: "pro" });
    await clockAt(shop, start);
    const { id } = await buy(shop);
    await give(shop, days);
    await tell(shop, id, "refunded");
    expect(await stateOf(shop)).toMatchObject({ status: "active", current_period_end: day(days) });
  });

  test("when the shop had ended before that", async () => {
    const shop = await aShop({ tier: "pro" });
    await clockAt(shop, start);
    const { id } = await buy(shop);
    await give(shop, 10);
    await endSubscription(root, { organizationId: shop.id, when: "now", reason: "pidió cerrar su cuenta" });
    await tell(shop, id, "refunded");
    const { paidTimeLeft } = await getBilling({ ...ownerOf(shop), organization: { id: shop.id } } as never);
    expect(paidTimeLeft?.until).toEqual(day(10));
    await buy(shop, { tier: "basic" });
    expect((await stateOf(shop)).current_period_end).toEqual(new Date("2026-04-11T12:00:00Z"));
  });
});

test("a month that is bought after what is left of another one is a whole month", async () => {
  const shop = await aShop({ tier: "pro" });
  await clockAt(shop, start);
  const first = await buy(shop);
  await clockAt(shop, day(10));
  await tell(shop, first.id, "disputed");
  await buy(shop);
  await tell(shop, first.id, "succeeded");
  expect((await stateOf(shop)).current_period_end).toEqual(new Date("2026-05-02T12:00:00Z"));
  await buy(shop);
  expect((await stateOf(shop)).current_period_end).toEqual(new Date("2026-06-02T12:00:00Z"));
});

test("what was agreed with a shop stands in its price list, on every plan", async () => {
  const shop = await aShop({ tier: "pro" });
  await database().owner.query(
    "insert into public.limit_overrides (organization_id, metric, max_count, reason) values ($1, 'users', 12, 'acuerdo')",
    [shop.id],
  );
  const { tiers } = await getBilling({ ...ownerOf(shop), organization: { id: shop.id } } as never);
  expect(tiers.map(({ limits, agreed }) => [limits.users, agreed])).toEqual([
    [12, ["users"]],
    [12, ["users"]],
    [12, ["users"]],
  ]);
});
