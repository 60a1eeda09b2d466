import { describe, expect, test } from "vitest";
import { type Dashboard, getDashboard } from "@/lib/console";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";
import { buy, tell } from "@/tests/domain/subscriptions/support";
import { aShop, type Shop } from "@/tests/payments/support/shops";
import { staffMember } from "@/tests/payments/support/staff";
import { database } from "@/tests/support/database";

const root = staffMember();
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY);
const run = (text: string, values: unknown[] = []) => database().owner.query(text, values);

/** Some of the dashboard's figures as one flat record: what a story adds to them is a difference. */
async function figures(): Promise<Record<string, number>> {
  const { organizations, revenue, tiers, signups, trials, churn }: Dashboard = await getDashboard(
    root as Caller,
  );
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    total: organizations.total,
    active: organizations.active,
    trialing: organizations.trialing,
    newThisMonth: organizations.newThisMonth,
    mrr: revenue.mrr,
    arr: revenue.arr,
    revenue: sum(revenue.byMonth.map(({ amount }) => amount)),
    inTiers: sum(tiers.map(({ count }) => count)),
    tiersValue: sum(tiers.map(({ mrr }) => mrr)),
    signups: sum(signups.map(({ count }) => count)),
    ended: trials.ended,
    converted: trials.converted,
    lost: churn.lost30Days,
  };
}

/** What a story changed of the figures; those that stayed are left out. */
async function changes(story: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await figures();
  await story();
  const after = await figures();
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, figure]) => [name, figure - (before[name] ?? 0)] as const)
      .filter(([, difference]) => difference !== 0),
  );
}

const markTest = (shop: Shop) =>
  run("update public.organizations set is_test = true where id = $1", [shop.id]);

/** A shop whose trial ended some days ago, as the clock leaves it. */
const aTrialEnded = (days: number, status = "expired") => aShop({ status, trialEndsAt: daysAgo(days) });

/** Moves a subscription as the clock or the owner does; when the state began may be set back. */
async function move(shop: Shop, status: string, days = 0): Promise<void> {
  await run(
    "update public.subscriptions set status = $2 where organization_id = $1 and status <> 'cancelled'",
    [shop.id, status],
  );
  await run("update public.subscriptions set state_since = $3 where organization_id = $1 and status = $2", [
    shop.id,
    status,
    daysAgo(days),
  ]);
}

describe("money and shops of a test", () => {
  test("a shop that pays counts everywhere, and nowhere once it is marked as a test", async () => {
    const shop = await aShop();
    const paid = await changes(() => buy(shop));
    expect(paid).toEqual({
      active: 1,
      mrr: 99_000,
      arr: 1_188_000,
      revenue: 99_000,
      inTiers: 1,
      tiersValue: 99_000,
    });
    expect(await changes(() => markTest(shop))).toEqual({
      total: -1,
      newThisMonth: -1,
      signups: -1,
      active: -1,
      mrr: -99_000,
      arr: -1_188_000,
      revenue: -99_000,
      inTiers: -1,
      tiersValue: -99_000,
    });
    const trial = await aShop({ status: "trialing", trialEndsAt: daysAgo(-5) });
    expect(await changes(() => markTest(trial))).toMatchObject({ trialing: -1, active: -1 });
  });

  test("what was paid while the gateway moved no money is no revenue, nor is the credit it left", async () => {
    const shop = await aShop();
    await run("insert into private.gateway_worlds (gateway, test_mode) values ('flow', true)");
    try {
      const bought = await changes(async () => {
        await buy(shop, { tier: "premium", interval: "year" });
        await buy(shop, { tier: "premium", interval: "month" });
      });
      expect(bought["revenue"]).toBeUndefined();
      const upgraded = await aShop();
      await buy(upgraded, { tier: "pro", interval: "year" });
      expect((await changes(() => buy(upgraded, { tier: "premium" })))["revenue"]).toBeUndefined();
      const { rowCount } = await run(
        "select from private.ledger_transactions where organization_id = $1 and kind = 'credit'",
        [upgraded.id],
      );
      expect(rowCount).toBe(1);
    } finally {
      await run("delete from private.gateway_worlds");
    }
  });

  test("the monthly value is the one that the list of subscriptions adds up", async () => {
    await buy(await aShop());
    const test = await aShop();
    await buy(test, { tier: "premium" });
    await markTest(test);
    const { rows } = await root.transaction((db) =>
      sql<{ monthly_value: number; test_monthly_value: number }>`
        select * from private.console_subscription_totals('{}')`.execute(db),
    );
    expect(rows[0]?.test_monthly_value).toBeGreaterThan(0);
    const { mrr, tiersValue } = await figures();
    expect([mrr, tiersValue]).toEqual([rows[0]?.monthly_value, rows[0]?.monthly_value]);
  });
});

describe("trials that stay", () => {
  test("are those that paid after the trial, of all that ended, whatever became of them since", async () => {
    expect(await changes(() => aTrialEnded(20))).toMatchObject({ ended: 1 });
    const stays = await aTrialEnded(20);
    expect(await changes(() => buy(stays))).toMatchObject({ converted: 1 });
    // Whoever leaves later had stayed; and an unconverted one that leaves is not forgotten.
    expect(await changes(() => move(stays, "cancelled"))).not.toHaveProperty("converted");
    const left = await aTrialEnded(20);
    const leaving = await changes(() => move(left, "cancelled"));
    expect([leaving["ended"], leaving["converted"]]).toEqual([undefined, undefined]);
  });

  test("leave out trials that still run, that ended long ago, and those of test shops", async () => {
    const test = await aTrialEnded(20);
    expect(await changes(() => markTest(test))).toMatchObject({ ended: -1 });
    const others = await changes(async () => {
      await aTrialEnded(200);
      await aShop({ status: "trialing", trialEndsAt: daysAgo(-3) });
    });
    expect(others).not.toHaveProperty("ended");
  });

  test("pay with money: neither days that staff gave nor what was paid back is a shop that stays", async () => {
    const [given, refunded, disputed] = [await aTrialEnded(9), await aTrialEnded(9), await aTrialEnded(9)];
    const conversions = async (story: () => Promise<unknown>) => (await changes(story))["converted"];
    await run(
      `select private.give_period(s, now() + interval '30 days', now(), gen_random_uuid(), 'root@opttius.test')
       from public.subscriptions s where s.organization_id = $1`,
      [given.id],
    );
    expect(await conversions(() => move(given, "cancelled"))).toBeUndefined();
    let paid = await buy(refunded);
    expect(await conversions(() => tell(refunded, paid.id, "refunded"))).toBe(-1);
    paid = await buy(disputed);
    expect(await conversions(() => tell(disputed, paid.id, "disputed"))).toBe(-1);
    expect(await conversions(() => tell(disputed, paid.id, "succeeded"))).toBe(1);
  });
});

describe("shops that left", () => {
  const losses = async (story: () => Promise<unknown>) => (await changes(story))["lost"];

  test("had paid, whenever their row was touched last, and count from the day they left", async () => {
    const [trial, shop, long] = [await aTrialEnded(3), await aShop(), await aShop()];
    expect(await losses(() => move(trial, "cancelled"))).toBeUndefined();
    await buy(shop);
    expect(await losses(() => move(shop, "cancelled", 29))).toBe(1);
    await buy(long);
    expect(await losses(() => move(long, "cancelled", 31))).toBeUndefined();
    expect(
      await losses(() =>
        run("update public.subscriptions set updated_at = now() where organization_id = $1", [long.id]),
      ),
    ).toBeUndefined();
    expect(await losses(() => markTest(shop))).toBe(-1);
  });

  test("are back when they have a subscription again, and leave once however often they do", async () => {
    const shop = await aShop();
    await buy(shop);
    expect(await losses(() => move(shop, "cancelled"))).toBe(1);
    expect(await losses(() => buy(shop))).toBe(-1);
    expect(await losses(() => move(shop, "cancelled"))).toBe(1);
  });
});

describe("the health of the service", () => {
  const health = async () => (await getDashboard(root as Caller)).health;

  test("counts how late a queue is from when its oldest was due: what waits for its hour is not late", async () => {
    await run("delete from private.outbox");
    const { rows } = await database().owner.query<{ id: string }>(
      `insert into private.webhook_events (gateway, verified_by, received_at, next_attempt_at)
       values ('flow', 'hint', now() - interval '2 hours', now() + interval '10 minutes') returning id`,
    );
    await run(
      "insert into private.outbox (name, payload, created_at, available_at) values ('mail.welcome', '{}', now() - interval '2 hours', now() + interval '1 hour')",
    );
    expect(await health()).toMatchObject({
      noticesWaiting: 1,
      oldestNoticeSeconds: null,
      oldestJobSeconds: null,
    });
    await run(
      "update private.webhook_events set next_attempt_at = now() - interval '1 minute' where id = $1",
      [rows[0]?.id],
    );
    await run(
      "update private.outbox set available_at = now() - interval '1 minute' where name = 'mail.welcome'",
    );
    const late = await health();
    for (const seconds of [late.oldestNoticeSeconds, late.oldestJobSeconds]) {
      expect(seconds).toBeGreaterThanOrEqual(60);
      expect(seconds).toBeLessThan(7_200);
    }
  });

  test("is told before any worker has made the queue", async () => {
    expect((await run("select to_regclass('pgboss.job') as made")).rows).toEqual([{ made: null }]);
    expect(await health()).toMatchObject({ jobsRetrying: 0, jobsFailed: 0 });
  });
});
