import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { advanceOrganization } from "@/lib/subscriptions";
import { buy, clockAt, invoicesOf, stateOf, tell } from "@/tests/domain/subscriptions/support";
import { aShop, count, row, type Shop } from "@/tests/payments/support/shops";
import { staffMember } from "@/tests/payments/support/staff";
import { database } from "@/tests/support/database";

const root = staffMember();
const support = staffMember({ role: "support" });
const DAY = 86_400_000;
const why = "acordado por teléfono";

/** Calls a console function as staff; its only value. */
async function call<T = unknown>(name: string, values: readonly unknown[], staff = root): Promise<T> {
  const { rows } = await staff.transaction((db) =>
    sql<{
      answer: T;
    }>`select ${sql.raw(`private.${name}`)}(${sql.join(values.map((value) => sql`${value}`))}) as answer`.execute(
      db,
    ),
  );
  return (rows[0]?.answer ?? null) as T;
}

async function list<Row>(name: string, filter: object): Promise<Row[]> {
  const { rows } = await root.transaction((db) =>
    name === "console_subscription_totals"
      ? sql<Row>`select * from private.console_subscription_totals(${JSON.stringify(filter)}::jsonb)`.execute(
          db,
        )
      : sql<Row>`select * from private.console_subscriptions(${JSON.stringify(filter)}::jsonb, 100, 0)`.execute(
          db,
        ),
  );
  return rows;
}

/** A shop that bought a month of pro, with a clock of its own. */
async function aBuyer(): Promise<Shop> {
  const shop = await aShop();
  await clockAt(shop, new Date());
  await buy(shop);
  return shop;
}

const changePlan = (shop: Shop, tier: string, interval = "month", when = "now", staff = root) =>
  call<{ metric: string }[]>("console_change_plan", [shop.id, tier, interval, when, why], staff);

/** Everything of a shop that an act on another one must leave alone. */
const everythingOf = (shop: Shop) =>
  row(
    `select to_jsonb(s) as subscription, (select jsonb_agg(to_jsonb(u) order by metric) from public.usage_counters u where u.organization_id = s.organization_id) as usage,
            (select count(*)::int from public.audit_entries e where e.organization_id = s.organization_id) as entries,
            (select jsonb_agg(to_jsonb(l) order by payment_id) from private.payment_ledger l where l.organization_id = s.organization_id) as periods
     from public.subscriptions s where s.organization_id = $1`,
    [shop.id],
  );

const maximumOf = async (shop: Shop, metric: string) =>
  (
    await row<{ max_count: number | null }>(
      "select max_count from public.usage_counters where organization_id = $1 and metric = $2",
      [shop.id, metric],
    )
  ).max_count;

const lastEntry = (shop: Shop, action: string) =>
  row<{ reason: string; via: string; changes: Record<string, unknown> }>(
    "select reason, via, changes from public.audit_entries where organization_id = $1 and action = $2 order by seq desc limit 1",
    [shop.id, action],
  );

describe("the list of subscriptions", () => {
  test("finds by name, state, plan and version, interval, what is due soon, clocks and what is ending; and adds up the same", async () => {
    const shop = await aBuyer();
    const yearly = await aShop({
      tier: "premium",
      status: "active",
      periodStart: new Date(),
      periodEnd: new Date(Date.now() + 5 * DAY),
    });
    await database().owner.query(
      "update public.subscriptions set billing_interval = 'year', cancel_at_period_end = true where organization_id = $1",
      [yearly.id],
    );
    const trial = await aShop({
      tier: "basic",
      status: "trialing",
      trialEndsAt: new Date(Date.now() + 20 * DAY),
    });
    const found = async (filter: object) => {
      const rows = await list<{ organization_id: string }>("console_subscriptions", filter);
      return [shop, yearly, trial].map(({ id }) => rows.some((one) => one.organization_id === id));
    };
    expect(await found({})).toEqual([true, true, true]);
    expect(await found({ q: shop.owner.email })).toEqual([true, false, false]);
    expect(await found({ q: "%_%" })).toEqual([false, false, false]);
    expect(await found({ status: "trialing" })).toEqual([false, false, true]);
    expect(await found({ tier: "premium", version: 1 })).toEqual([false, true, false]);
    expect(await found({ tier: "premium", version: 2 })).toEqual([false, false, false]);
    expect(await found({ interval: "year" })).toEqual([false, true, false]);
    expect(await found({ days: 7 })).toEqual([false, true, false]);
    expect(await found({ days: 25 })).toEqual([false, true, true]);
    expect(await found({ clock: "yes" })).toEqual([true, false, false]);
    expect(await found({ ending: "yes" })).toEqual([false, true, false]);

    const [totals] = await list<{ subscriptions: number; monthly_value: number }>(
      "console_subscription_totals",
      { q: yearly.owner.email },
    );
    expect(totals).toMatchObject({ subscriptions: 1, monthly_value: 249_167 });
  });

  test("counts what a test shop is worth apart from real money", async () => {
    const shop = await aBuyer();
    await database().owner.query("update public.organizations set is_test = true where id = $1", [shop.id]);
    const [totals] = await list("console_subscription_totals", { q: shop.owner.email });
    expect(totals).toMatchObject({
      subscriptions: 1,
      paying: 1,
      monthly_value: 0,
      test_monthly_value: 99_000,
    });
  });
});

describe("what staff change", () => {
  test("support looks and changes nothing", async () => {
    const shop = await aBuyer();
    const before = await everythingOf(shop);
    const acts: [string, unknown[]][] = [
      ["console_change_plan", [shop.id, "premium", "month", "now", why]],
      ["console_cancel_subscription", [shop.id, "now", why]],
      ["console_extend_subscription", [shop.id, new Date(Date.now() + 90 * DAY), why]],
      ["console_play_test_clock", [shop.id, 30, null]],
      ["console_remove_test_clock", [shop.id]],
      ["console_publish_tier", [JSON.stringify({ code: "pro", replaces: 1 })]],
      ["console_create_coupon", [JSON.stringify({ code: "NADA" })]],
      ["console_retire_coupon", ["NADA"]],
    ];
    for (const [name, values] of acts)
      await expect(call(name, values, support)).rejects.toMatchObject({ code: "access.forbidden" });
    expect(await everythingOf(shop)).toEqual(before);
    expect(await call("console_subscription", [shop.id], support)).toMatchObject({
      subscription: { status: "active" },
    });
  });

  test("an extension and a change of plan stand in the shop's trail and in the console's history, and no neighbour notices", async () => {
    const [shop, neighbour] = [await aBuyer(), await aBuyer()];
    const before = await everythingOf(neighbour);
    const { current_period_end: end } = await stateOf(shop);
    const until = new Date((end?.getTime() ?? 0) + 10 * DAY);
    await call("console_extend_subscription", [shop.id, until, why]);
    await changePlan(shop, "premium");
    expect(await lastEntry(shop, "subscription.extended")).toMatchObject({ via: "console", reason: why });
    expect((await lastEntry(shop, "subscription.plan_changed")).changes).toMatchObject({
      tier: ["pro", "premium"],
      when: "now",
    });
    const detail = await call<{ history: { action: string; reason: string }[]; periods: object[] }>(
      "console_subscription",
      [shop.id],
    );
    expect(detail.history.slice(0, 2)).toMatchObject([
      { action: "subscription.plan_changed", reason: why },
      { action: "subscription.extended", reason: why },
    ]);
    expect(detail.periods).toHaveLength(2);
    expect(await everythingOf(neighbour)).toEqual(before);
  });

  test("another plan holds at once with its limits, for the time that was paid, through refunds of other payments", async () => {
    const shop = await aBuyer();
    const { current_period_end: end } = await stateOf(shop);
    const later = await buy(shop);
    expect(await maximumOf(shop, "branches")).toBe(3);
    await changePlan(shop, "premium");
    expect(await stateOf(shop)).toMatchObject({ status: "active", tier_code: "premium" });
    expect(await maximumOf(shop, "branches")).toBe(20);
    await tell(shop, later.id, "refunded");
    expect(await stateOf(shop)).toMatchObject({ tier_code: "premium", current_period_end: end });
  });

  test("another interval waits for the paid period; a plan for the period's end changes nothing today", async () => {
    const shop = await aBuyer();
    await changePlan(shop, "premium", "year");
    expect(
      await row(
        "select billing_interval, next_tier_code, next_interval from public.subscriptions where organization_id = $1",
        [shop.id],
      ),
    ).toEqual({
      billing_interval: "month",
      next_tier_code: "premium",
      next_interval: "year",
    });
    const other = await aBuyer();
    await changePlan(other, "basic", "month", "period_end");
    expect(await stateOf(other)).toMatchObject({ tier_code: "pro" });
    expect(await maximumOf(other, "branches")).toBe(3);
    expect(
      await row("select next_tier_code from public.subscriptions where organization_id = $1", [other.id]),
    ).toEqual({ next_tier_code: "basic" });
  });

  test("a shop that owes gets its open invoice anew, at the price of its new plan", async () => {
    const shop = await aBuyer();
    const end = (await stateOf(shop)).current_period_end ?? new Date();
    await clockAt(shop, new Date(end.getTime() + DAY));
    expect((await invoicesOf(shop)).at(-1)).toMatchObject({ status: "open", total: 99_000 });
    await changePlan(shop, "basic");
    expect((await invoicesOf(shop)).slice(1)).toMatchObject([
      { status: "void", total: 99_000 },
      { status: "open", total: 49_000 },
    ]);
  });

  test("what is more than a smaller plan holds is told, and stays", async () => {
    const shop = await aBuyer();
    await database().owner.query(
      "insert into public.branches (organization_id, name, time_zone) values ($1, 'Norte', 'America/Santiago')",
      [shop.id],
    );
    expect(await changePlan(shop, "basic")).toMatchObject([{ metric: "branches", used: 2, max: 1 }]);
    expect(await count("public.branches where organization_id = $1 and archived_at is null", [shop.id])).toBe(
      2,
    );
  });

  test("the same plan again, a reason too short and a shop without a subscription are refused", async () => {
    const shop = await aBuyer();
    await expect(changePlan(shop, "pro")).rejects.toMatchObject({ code: "conflict" });
    await expect(call("console_change_plan", [shop.id, "basic", "month", "now", "no"])).rejects.toMatchObject(
      { code: "input.invalid" },
    );
    await expect(call("console_subscription", [randomUUID()])).rejects.toMatchObject({
      code: "organization.not_found",
    });
  });

  test("a subscription that staff end at the period's end runs until then; at once, it is over, and what was paid counts again later", async () => {
    const shop = await aBuyer();
    const { current_period_start: began, current_period_end: end } = await stateOf(shop);
    await call("console_cancel_subscription", [shop.id, "period_end", why]);
    expect(await stateOf(shop)).toMatchObject({ status: "active", cancel_at_period_end: true });
    await expect(call("console_cancel_subscription", [shop.id, "period_end", why])).rejects.toMatchObject({
      code: "subscription.not_possible",
    });
    await call("console_cancel_subscription", [shop.id, "now", why]);
    expect(await stateOf(shop)).toMatchObject({ status: "cancelled" });
    await buy(shop);
    const again = await stateOf(shop);
    expect(again).toMatchObject({ status: "active", current_period_start: began });
    expect(again.current_period_end?.getTime()).toBeGreaterThan((end?.getTime() ?? 0) + 27 * DAY);
  });

  test("every living state can be ended at once", async () => {
    for (const status of [
      "pending_payment",
      "trialing",
      "active",
      "past_due",
      "grace",
      "suspended",
      "expired",
    ]) {
      const shop = await aShop({
        status,
        trialEndsAt: new Date(Date.now() + DAY),
        periodStart: new Date(),
        periodEnd: new Date(Date.now() + DAY),
      });
      await call("console_cancel_subscription", [shop.id, "now", why]);
      expect(await stateOf(shop)).toMatchObject({ status: "cancelled" });
    }
  });
});

describe("a test clock", () => {
  test("starts, plays and tells by the shop's own hour what it brought about", async () => {
    const shop = await aShop({ status: "trialing", trialEndsAt: new Date(Date.now() + 10 * DAY) });
    await call("console_play_test_clock", [shop.id, 0, null]);
    await call("console_play_test_clock", [shop.id, 400, null]);
    await advanceOrganization(asService, shop.id);
    const detail = await call<{
      clock: { at: string; target: string };
      played: { kind: string; at: string; after: string }[];
    }>("console_subscription", [shop.id]);
    expect(detail.clock.at).toBe(detail.clock.target);
    const moved = detail.played.filter(({ kind }) => kind === "moved");
    expect(moved.map(({ after }) => after)).toContain("expired");
    expect(Math.abs(new Date(moved.at(-1)?.at ?? 0).getTime() - (Date.now() + 10 * DAY))).toBeLessThan(DAY);
    await expect(call("console_play_test_clock", [shop.id, null, new Date()])).rejects.toMatchObject({
      code: "input.invalid",
    });
  });

  test("is not for a shop that paid", async () => {
    const shop = await aShop();
    await buy(shop);
    await expect(call("console_play_test_clock", [shop.id, 0, null])).rejects.toMatchObject({
      code: "subscription.real_shop",
    });
    expect(await call("console_subscription", [shop.id])).toMatchObject({ mayHaveClock: false, clock: null });
  });
});

describe("the price list", () => {
  const publish = (over: object = {}) =>
    call<number>("console_publish_tier", [
      JSON.stringify({
        code: "pro",
        replaces: 1,
        priceClpMonth: 119_000,
        priceClpYear: 1_190_000,
        priceUsdMonth: 12_900,
        priceUsdYear: 129_000,
        maxBranches: 4,
        features: ["pos"],
        ...over,
      }),
    ]);
  const newestOnSale = (code: string) =>
    row<{ versions: number[] }>(
      "select array_agg(t.version order by t.version) as versions from public.subscription_tiers t where t.code = $1 and private.is_on_sale(t)",
      [code],
    );

  test("of two versions published at once one is on sale; old buyers keep theirs and its price, new ones get the new", async () => {
    const buyer = await aBuyer();
    const outcomes = await Promise.allSettled([publish(), publish({ priceClpMonth: 129_000 })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "tier.changed" },
    });
    expect(await newestOnSale("pro")).toEqual({ versions: [2] });
    expect((await buy(buyer)).amount).toBe(99_000);
    expect(await maximumOf(buyer, "branches")).toBe(3);
    const fresh = await aShop({ tier: "pro" });
    expect((await buy(fresh)).amount).toBeGreaterThanOrEqual(119_000);
    expect(await maximumOf(fresh, "branches")).toBe(4);
    expect(await count("private.security_events where kind = 'tier.published' and subject = 'pro 2'")).toBe(
      1,
    );
  });

  test("a version for later takes over at its hour, and a third in between does not leave two", async () => {
    const later = new Date(Date.now() + 30 * DAY);
    await publish({ code: "basic", availableFrom: later.toISOString() });
    expect(await newestOnSale("basic")).toEqual({ versions: [1] });
    expect((await buy(await aShop({ tier: "basic" }), { tier: "basic" })).amount).toBe(49_000);
    await publish({ code: "basic", replaces: 2 });
    expect(await newestOnSale("basic")).toEqual({ versions: [3] });
    const ahead = await row<{ n: number }>(
      "select count(*)::int as n from public.subscription_tiers t where t.code = 'basic' and t.available_from <= $1 and (t.retired_at is null or t.retired_at > $1)",
      [new Date(later.getTime() + DAY)],
    );
    expect(ahead.n).toBe(1);
  });

  test("a price of nothing, a past day and an unknown tier are refused", async () => {
    await expect(publish({ code: "premium", priceUsdYear: 0 })).rejects.toMatchObject({
      code: "input.invalid",
    });
    await expect(publish({ code: "premium", availableFrom: "2026-01-01" })).rejects.toMatchObject({
      code: "input.invalid",
    });
    await expect(publish({ code: "gold" })).rejects.toMatchObject({ code: "not_found" });
  });
});
