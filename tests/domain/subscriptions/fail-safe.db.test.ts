import { describe, expect, test } from "vitest";
import { asService } from "@/lib/db/service";
import { advanceSubscriptions } from "@/lib/subscriptions";
import { aShop, count, row, type Shop } from "@/tests/payments/support/shops";
import { database } from "@/tests/support/database";
import { allAsked, buy, clockAt, lifeMailsOf, open, stateOf, tell } from "./support";

const start = new Date("2026-06-01T12:00:00Z");
const day = (days: number) => new Date(start.getTime() + days * 86_400_000);

async function aPaidShop(): Promise<Shop> {
  const shop = await aShop();
  await clockAt(shop, start);
  await buy(shop);
  return shop;
}

describe("nobody is stopped by what is not known", () => {
  test.each(["pending", "processing"] as const)(
    "a payment that is %s holds every step, and the gateway is asked",
    async (status) => {
      const shop = await aPaidShop();
      const { id } = await open(shop);
      if (status === "processing") await tell(shop, id, status);
      expect((await clockAt(shop, day(200))).held).toBe(true);
      expect(await stateOf(shop)).toMatchObject({ status: "active", held_because: "payment_open" });
      expect(
        await count("private.webhook_events where event_key like 'ask:%' and payment_ref = $1", [id]),
      ).toBe(1);
      await tell(shop, id, "failed");
      await clockAt(shop, day(200));
      expect(await stateOf(shop)).toMatchObject({ status: "cancelled", held_because: null });
    },
  );

  test("a payment in review holds until a person has decided", async () => {
    const shop = await aPaidShop();
    const { id } = await open(shop);
    await database().owner.query("update public.payments set status = 'review' where id = $1", [id]);
    expect((await clockAt(shop, day(100))).held).toBe(true);
    expect((await stateOf(shop)).status).toBe("active");
  });

  test("a page that closed unpaid has to be asked about within the hour, before each step", async () => {
    const shop = await aPaidShop();
    const { id } = await open(shop);
    await database().owner.query(
      "update public.payments set status = 'expired', redirect_url = 'https://pay.test', checked_at = now() - interval '61 minutes' where id = $1",
      [id],
    );
    expect((await clockAt(shop, day(100))).held).toBe(true);
    expect(await stateOf(shop)).toMatchObject({ status: "active", held_because: "payment_unasked" });
    await allAsked(shop);
    expect((await clockAt(shop, day(100))).held).toBe(false);
    expect((await stateOf(shop)).status).not.toBe("active");
  });

  test("a renewal at a gateway that does not answer holds, however long it is away", async () => {
    const shop = await aPaidShop();
    await database().owner.query(
      `insert into public.auto_renewals (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
         checked_at, idempotency_key, request_hash, payer_email, created_by)
       values ($1, 'flow', 'active', 99000, 'CLP', 'pro', 1, 'month', now() - interval '3 days', 'key', '', 'a@b.test', gen_random_uuid())`,
      [shop.id],
    );
    for (const days of [31, 60, 300]) {
      expect((await clockAt(shop, day(days))).held).toBe(true);
      expect(await stateOf(shop)).toMatchObject({ status: "active", held_because: "renewal_unasked" });
    }
    await database().owner.query(
      "update public.auto_renewals set checked_at = now() where organization_id = $1",
      [shop.id],
    );
    await clockAt(shop, day(301));
    expect((await stateOf(shop)).status).not.toBe("active");
  });

  test.each([
    ["active", []],
    ["review", []],
    ["cancelled", ["renewal_coming"]],
  ])(
    "a shop whose renewal is %s is asked to pay by itself only if nothing is collected",
    async (status, mails) => {
      const shop = await aPaidShop();
      await database().owner.query(
        `insert into public.auto_renewals (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
         checked_at, idempotency_key, request_hash, payer_email, created_by)
       values ($1, 'flow', $2, 99000, 'CLP', 'pro', 1, 'month', now(), 'key', '', 'a@b.test', gen_random_uuid())`,
        [shop.id, status],
      );
      await clockAt(shop, day(28));
      expect(await lifeMailsOf(shop)).toEqual(mails);
    },
  );

  test("a charge that failed holds until it was asked about, through its renewal, which may have ended", async () => {
    const shop = await aPaidShop();
    const { id: renewal } = await row<{ id: string }>(
      `insert into public.auto_renewals (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
         checked_at, idempotency_key, request_hash, payer_email, created_by)
       values ($1, 'flow', 'cancelled', 99000, 'CLP', 'pro', 1, 'month', now() - interval '3 days', 'ended', '', 'a@b.test', gen_random_uuid())
       returning id`,
      [shop.id],
    );
    const { id: charge } = await row<{ id: string }>(
      `insert into public.payments (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
         idempotency_key, request_hash, payer_email, expires_at, auto_renewal_id, checked_at)
       values ($1, 'flow', 'failed', 99000, 'CLP', 'pro', 1, 'month', 'charge', '', 'a@b.test', now(), $2, now() - interval '2 hours') returning id`,
      [shop.id, renewal],
    );
    await database().owner.query(
      `insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
       values ('flow', 'bill-1', 'invoice', $1, $2), ('flow', 'flow-1', 'flow_order', $1, $2)`,
      [shop.id, charge],
    );
    expect((await clockAt(shop, day(100))).held).toBe(true);
    expect(await stateOf(shop)).toMatchObject({ status: "active", held_because: "payment_unasked" });
    const about = `private.webhook_events e, lateral private.notice_owner(e.gateway, e.reference_kind, e.reference, false) o
      where e.event_key like 'ask:%' and o.auto_renewal_id = $1`;
    expect(await count(about, [renewal])).toBe(1);
    await allAsked(shop);
    await clockAt(shop, day(100));
    expect((await stateOf(shop)).status).not.toBe("active");
  });

  test("the gateway is asked once in ten minutes, however often the clock ticks", async () => {
    const shop = await aPaidShop();
    const { id } = await open(shop);
    for (let tick = 0; tick < 5; tick += 1) await clockAt(shop, day(100));
    expect(
      await count("private.webhook_events where event_key like 'ask:%' and payment_ref = $1", [id]),
    ).toBeLessThanOrEqual(2);
  });
});

describe("the tick", () => {
  test("of eight workers at once takes each step once and writes each mail once", async () => {
    const past = (days: number) => new Date(Date.now() - days * 86_400_000);
    const shops = await Promise.all(
      Array.from({ length: 12 }, () =>
        aShop({ status: "active", periodStart: past(31), periodEnd: past(1) }),
      ),
    );
    await Promise.all(Array.from({ length: 8 }, () => advanceSubscriptions(asService)));
    for (const shop of shops) {
      expect((await stateOf(shop)).status).toBe("past_due");
      expect(await lifeMailsOf(shop)).toEqual(["past_due"]);
      expect(await count("public.invoices where organization_id = $1", [shop.id])).toBe(1);
      expect(
        await count("public.audit_entries where organization_id = $1 and action = 'subscription.moved'", [
          shop.id,
        ]),
      ).toBe(1);
    }
    // Nothing is due any more: nobody is looked at again before something happens.
    expect((await advanceSubscriptions(asService)).moved).toBe(0);
  });

  test("plays a year of a shop that never pays, in order, with one mail for each step", async () => {
    const shop = await aShop({ status: "trialing", trialEndsAt: day(14) });
    await clockAt(shop, start);
    await clockAt(shop, day(20));
    await buy(shop);
    await clockAt(shop, day(385));
    expect(await lifeMailsOf(shop)).toEqual([
      "trial_7",
      "trial_3",
      "trial_1",
      "trial_0",
      "renewal_coming",
      "past_due",
      "charge_failed",
      "charge_failed",
      "charge_failed",
      "grace",
      "suspended",
      "cancelled",
    ]);
    expect((await stateOf(shop)).status).toBe("cancelled");
    expect(
      await row("select at = target as arrived from private.test_clocks where organization_id = $1", [
        shop.id,
      ]),
    ).toEqual({
      arrived: false, // an ended life has nothing to play
    });
  });

  test("leaves the other shops' time alone", async () => {
    const shop = await aShop({
      status: "active",
      periodStart: day(0),
      periodEnd: new Date(Date.now() + 5 * 86_400_000),
    });
    const other = await aPaidShop();
    await clockAt(other, day(3_000));
    await advanceSubscriptions(asService);
    expect((await stateOf(shop)).status).toBe("active");
  });
});
