import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sql, withClaims } from "@/lib/db";
import { cancelSubscription, resumeSubscription } from "@/lib/subscriptions";
import { moveTestClock } from "@/lib/wiring/test-clock";
import { ownerOf } from "@/tests/payments/support/checkout";
import { aShop, count, row, type Shop } from "@/tests/payments/support/shops";
import { database } from "@/tests/support/database";
import { allAsked, buy, clockAt, invoicesOf, lifeMailsOf, open, stateOf, tell } from "./support";

const start = new Date("2026-06-01T12:00:00Z");
const day = (days: number) => new Date(start.getTime() + days * 86_400_000);

async function aPaidShop(): Promise<Shop> {
  const shop = await aShop();
  await clockAt(shop, start);
  await buy(shop);
  return shop;
}

async function someStaff() {
  const user = { userId: randomUUID(), sessionId: randomUUID(), email: `root-${randomUUID()}@opttius.test` };
  const { owner } = database();
  await owner.query(
    "insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, 'Raíz', 'super_admin')",
    [user.userId, user.email],
  );
  await owner.query("insert into private.step_ups (session_id, user_id) values ($1, $2)", [
    user.sessionId,
    user.userId,
  ]);
  const claims = {
    sub: user.userId,
    session_id: user.sessionId,
    email: user.email,
    role: "authenticated",
    iat: Math.floor(Date.now() / 1_000),
  };
  return { transaction: <T>(work: Parameters<typeof withClaims<T>>[2]) => withClaims(claims, null, work) };
}

async function asStaff<T>(act: (staff: Awaited<ReturnType<typeof someStaff>>) => Promise<T>): Promise<T> {
  return act(await someStaff());
}

describe("an owner who leaves", () => {
  test("keeps what is paid, hears it, is charged no more, and ends without dunning", async () => {
    const shop = await aPaidShop();
    await cancelSubscription(ownerOf(shop), { reason: "cierro la tienda" });
    await cancelSubscription(ownerOf(shop), {});
    expect(await stateOf(shop)).toMatchObject({ status: "active", cancel_at_period_end: true });
    await clockAt(shop, day(100));
    expect((await stateOf(shop)).status).toBe("cancelled");
    expect(await lifeMailsOf(shop)).toEqual(["cancel_planned", "cancelled"]);
    expect((await invoicesOf(shop)).map(({ status }) => status)).toEqual(["paid"]);
    expect(await row("select owner_only from public.organizations where id = $1", [shop.id])).toEqual({
      owner_only: true,
    });
    await buy(shop);
    expect((await stateOf(shop)).status).toBe("active");
    expect(await row("select owner_only from public.organizations where id = $1", [shop.id])).toEqual({
      owner_only: false,
    });
  });

  test("stops what a gateway collects, and may stay after all", async () => {
    const shop = await aPaidShop();
    await database().owner.query(
      `insert into public.auto_renewals (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
         idempotency_key, request_hash, payer_email, created_by)
       values ($1, 'flow', 'active', 99000, 'CLP', 'pro', 1, 'month', 'key', '', 'a@b.test', gen_random_uuid())`,
      [shop.id],
    );
    await cancelSubscription(ownerOf(shop), {});
    expect(
      await count("public.auto_renewals where organization_id = $1 and cancel_requested_at is not null", [
        shop.id,
      ]),
    ).toBe(1);
    await resumeSubscription(ownerOf(shop));
    expect((await stateOf(shop)).cancel_at_period_end).toBe(false);
  });

  test("with a debt leaves at once, and its open invoice comes to nothing", async () => {
    const shop = await aPaidShop();
    await clockAt(shop, day(31));
    expect((await invoicesOf(shop)).map(({ status }) => status)).toEqual(["paid", "open"]);
    await cancelSubscription(ownerOf(shop), {});
    expect((await stateOf(shop)).status).toBe("cancelled");
    expect((await invoicesOf(shop)).map(({ status }) => status)).toEqual(["paid", "void"]);
    await expect(cancelSubscription(ownerOf(shop), {})).rejects.toMatchObject({
      code: "subscription.not_possible",
    });
  });
});

describe("a chargeback", () => {
  test("puts the shop into grace with an alarm, waits for its end, and a dispute that is won puts it back", async () => {
    const shop = await aPaidShop();
    const { id } = await row<{ id: string }>("select id from public.payments where organization_id = $1", [
      shop.id,
    ]);
    await tell(shop, id, "disputed");
    expect((await stateOf(shop)).status).toBe("grace");
    expect(
      await count("private.outbox where name = 'alert.raise' and payload ->> 'subject' = $1", [id]),
    ).toBe(1);
    await clockAt(shop, day(20));
    expect((await stateOf(shop)).status).toBe("grace");
    await tell(shop, id, "succeeded");
    expect(await stateOf(shop)).toMatchObject({
      status: "active",
      current_period_end: new Date("2026-07-01T12:00:00Z"),
    });
    expect(await lifeMailsOf(shop)).toEqual(["chargeback", "dispute_won"]);
  });

  test("that is lost takes the period, and the shop has its days of grace from then on", async () => {
    const shop = await aPaidShop();
    const { id } = await row<{ id: string }>("select id from public.payments where organization_id = $1", [
      shop.id,
    ]);
    await tell(shop, id, "disputed");
    await clockAt(shop, day(3));
    await tell(shop, id, "refunded");
    expect((await stateOf(shop)).status).toBe("grace");
    await clockAt(shop, day(11));
    expect((await stateOf(shop)).status).toBe("suspended");
  });

  test("of money that has become another plan takes that back too, from the credit first", async () => {
    const shop = await aShop();
    await clockAt(shop, start);
    const year = await buy(shop, { interval: "year" });
    await clockAt(shop, day(1));
    await buy(shop, { tier: "premium" });
    await tell(shop, year.id, "disputed");
    expect((await open(shop, { tier: "premium" })).amount).toBe(299_000); // credit rests meanwhile
    await tell(shop, year.id, "refunded");
    expect(
      await row(
        "select coalesce(sum(balance), 0)::int + private.unused_value($1, 'CLP', $2) as worth from private.account_credits where organization_id = $1",
        [shop.id, day(1)],
      ),
    ).toEqual({ worth: 0 });
    expect((await stateOf(shop)).status).toBe("grace");
  });
});

describe("staff", () => {
  test.each([
    ["expired", "trialing"],
    ["past_due", "active"],
    ["suspended", "active"],
  ])("give a shop that is %s time, and it works at once", async (from, to) => {
    const shop = await aShop({
      status: from,
      trialEndsAt: day(-60),
      periodStart: new Date(Date.now() - 40 * 86_400_000),
      periodEnd: new Date(Date.now() - 10 * 86_400_000),
    });
    const until = new Date(Date.now() + 20 * 86_400_000);
    await asStaff((staff) =>
      staff.transaction(async (db) => {
        await sql`select private.console_extend_subscription(${shop.id}, ${until}, 'pagó por transferencia')`.execute(
          db,
        );
      }),
    );
    expect((await stateOf(shop)).status).toBe(to);
    expect(await row("select private.is_read_only($1) as closed", [shop.id])).toEqual({ closed: false });
  });

  test("play a year of a test shop in one move, and never turn a real one's clock", async () => {
    const staff = await someStaff();
    const test_ = await aShop({ status: "trialing", trialEndsAt: new Date(Date.now() + 14 * 86_400_000) });
    const inAYear = new Date(Date.now() + 365 * 86_400_000);
    expect(await moveTestClock(staff, test_.id, inAYear)).toEqual({ held: false });
    expect((await stateOf(test_)).status).toBe("expired");
    expect(await lifeMailsOf(test_)).toEqual(["trial_7", "trial_3", "trial_1", "trial_0"]);
    await expect(moveTestClock(staff, test_.id, new Date())).rejects.toMatchObject({ code: "input.invalid" });

    const real = await aShop();
    await buy(real);
    await allAsked(real);
    await expect(moveTestClock(staff, real.id, inAYear)).rejects.toMatchObject({
      code: "subscription.real_shop",
    });
    expect(await row("select is_test from public.organizations where id = $1", [real.id])).toEqual({
      is_test: false,
    });
  });

  test("make coupons that work, and no second one of a name", async () => {
    const make = () =>
      asStaff((staff) =>
        staff.transaction(async (db) => {
          await sql`select private.console_create_coupon(${JSON.stringify({ code: "feria", amountClp: 9_000, duration: "once", note: "feria de Temuco" })}::jsonb)`.execute(
            db,
          );
        }),
      );
    await make();
    await expect(make()).rejects.toMatchObject({ code: "coupon.code_taken" });
    const shop = await aShop();
    expect((await buy(shop, { coupon: "FERIA" })).amount).toBe(90_000);
    const { rows } = await asStaff((staff) =>
      staff.transaction(async (db) =>
        sql<{
          code: string;
          redeemed: number;
        }>`select code, redeemed from private.console_coupons('{}', 25, 0)`.execute(db),
      ),
    );
    expect(rows).toContainEqual({ code: "FERIA", redeemed: 1 });
  });
});
