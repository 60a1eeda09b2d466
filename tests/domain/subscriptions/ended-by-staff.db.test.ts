import { expect, test } from "vitest";
import { endSubscription, extendSubscription, takeBackEnd } from "@/lib/console";
import { cancelSubscription, getBilling, resumeSubscription } from "@/lib/subscriptions";
import { ownerOf } from "@/tests/payments/support/checkout";
import { aShop, row, type Shop } from "@/tests/payments/support/shops";
import { staffMember } from "@/tests/payments/support/staff";
import { database } from "@/tests/support/database";
import { buy, clockAt, lifeMailsOf, stateOf } from "./support";

const root = staffMember();
const start = new Date("2026-06-01T12:00:00Z");
const day = (days: number) => new Date(start.getTime() + days * 86_400_000);
const reason = "usa la cuenta de otra óptica";

async function aPaidShop(): Promise<Shop> {
  const shop = await aShop();
  await clockAt(shop, start);
  await buy(shop);
  return shop;
}

const endByStaff = (shop: Shop, when: "now" | "period_end" = "period_end") =>
  endSubscription(root, { organizationId: shop.id, when, reason });

const shownTo = async (shop: Shop) =>
  (await getBilling({ ...ownerOf(shop), organization: { id: shop.id } } as never)).subscription;

test("an end that staff ordered is told to the owners as that, with its day", async () => {
  const shop = await aPaidShop();
  await endByStaff(shop);
  expect(await lifeMailsOf(shop)).toEqual(["end_planned_by_staff"]);
  expect(
    await row(
      "select payload #>> '{facts,endsAt}' as ends from private.outbox where payload ->> 'kind' = 'end_planned_by_staff' and payload ->> 'organizationId' = $1",
      [shop.id],
    ),
  ).toEqual({ ends: "2026-07-01T12:00:00+00:00" });
  await clockAt(shop, day(31));
  expect((await stateOf(shop)).status).toBe("cancelled");
  expect(await lifeMailsOf(shop)).toEqual(["end_planned_by_staff", "cancelled"]);
});

test("one at once is told as theirs, too", async () => {
  const shop = await aPaidShop();
  await endByStaff(shop, "now");
  expect(await lifeMailsOf(shop)).toEqual(["ended_by_staff"]);
});

test("the owner does not take back with a click what staff ended, and goes on by paying", async () => {
  const shop = await aPaidShop();
  await endByStaff(shop);
  expect(await shownTo(shop)).toMatchObject({ cancelAtPeriodEnd: true, endedByStaff: true });
  await expect(resumeSubscription(ownerOf(shop))).rejects.toMatchObject({
    code: "subscription.ended_by_staff",
  });
  await cancelSubscription(ownerOf(shop), { reason: "entonces me voy yo" });
  await expect(resumeSubscription(ownerOf(shop))).rejects.toMatchObject({
    code: "subscription.ended_by_staff",
  });
  await buy(shop);
  expect(await shownTo(shop)).toMatchObject({ cancelAtPeriodEnd: false, endedByStaff: false });
});

test("what the owner ended, the owner takes back, also after a time that staff had ended", async () => {
  const shop = await aPaidShop();
  await endByStaff(shop);
  await buy(shop);
  await cancelSubscription(ownerOf(shop), {});
  expect(await shownTo(shop)).toMatchObject({ cancelAtPeriodEnd: true, endedByStaff: false });
  await resumeSubscription(ownerOf(shop));
  expect(await stateOf(shop)).toMatchObject({ status: "active", cancel_at_period_end: false });
});

test("days that staff give leave a shop's mails in its own language", async () => {
  const shop = await aPaidShop();
  await database().owner.query("update public.payments set language = 'en' where organization_id = $1", [
    shop.id,
  ]);
  const from = (await stateOf(shop)).current_period_end?.toISOString() ?? "";
  await extendSubscription(root, { organizationId: shop.id, from, days: 10, reason: "compensa la caída" });
  await cancelSubscription(ownerOf(shop), {});
  expect(
    await row(
      "select payload ->> 'language' as language from private.outbox where name = 'mail.subscription' and payload ->> 'organizationId' = $1",
      [shop.id],
    ),
  ).toEqual({ language: "en" });
});

test("a trial that had ended and gets five days is reminded of five, and then of three and one", async () => {
  const shop = await aShop({ status: "expired", trialEndsAt: day(-20) });
  await clockAt(shop, start);
  await extendSubscription(root, {
    organizationId: shop.id,
    from: start.toISOString(),
    days: 5,
    reason: "quiere ver más",
  });
  await clockAt(shop, day(5));
  const { rows } = await database().owner.query<{ kind: string; days: number | null }>(
    "select payload ->> 'kind' as kind, (payload #>> '{facts,days}')::int as days from private.outbox where name = 'mail.subscription' and payload ->> 'organizationId' = $1 order by id",
    [shop.id],
  );
  expect(rows).toEqual([
    { kind: "trial_7", days: 5 },
    { kind: "trial_3", days: 3 },
    { kind: "trial_1", days: 1 },
    { kind: "trial_0", days: null },
  ]);
});

test("staff take back an end of theirs before its day: it goes on, and the owners are told", async () => {
  const shop = await aPaidShop();
  await endByStaff(shop);
  await takeBackEnd(root, { organizationId: shop.id, reason: "era otra óptica" });
  expect(await shownTo(shop)).toMatchObject({ cancelAtPeriodEnd: false, endedByStaff: false });
  expect(await lifeMailsOf(shop)).toEqual(["end_planned_by_staff", "end_taken_back"]);
  await clockAt(shop, day(31));
  expect((await stateOf(shop)).status).toBe("past_due");
  expect(
    await row(
      "select via, reason from public.audit_entries where organization_id = $1 and action = 'subscription.resumed'",
      [shop.id],
    ),
  ).toEqual({ via: "console", reason: "era otra óptica" });
});

test("there is nothing to take back where the owner ended it, where nobody did, or where it has ended", async () => {
  const shop = await aPaidShop();
  const takenBack = () => takeBackEnd(root, { organizationId: shop.id, reason: "era otra óptica" });
  await expect(takenBack()).rejects.toMatchObject({ code: "subscription.not_possible" });
  await cancelSubscription(ownerOf(shop), { reason: "me voy" });
  await expect(takenBack()).rejects.toMatchObject({ code: "subscription.not_possible" });
  const other = await aPaidShop();
  await endByStaff(other, "now");
  await expect(
    takeBackEnd(root, { organizationId: other.id, reason: "era otra óptica" }),
  ).rejects.toMatchObject({ code: "subscription.not_possible" });
});
