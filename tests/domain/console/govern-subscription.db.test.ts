import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { changePlanByStaff, endSubscription, extendSubscription, removeTestClock } from "@/lib/console";
import { moveTestClock } from "@/lib/wiring/test-clock";
import { buy, stateOf } from "@/tests/domain/subscriptions/support";
import { aShop, count, row, type Shop } from "@/tests/payments/support/shops";
import { staffMember } from "@/tests/payments/support/staff";
import { database } from "@/tests/support/database";

const root = staffMember();
const support = staffMember({ role: "support" });
const DAY_MS = 86_400_000;
const reason = "acordado por teléfono";
const now = "now" as const;

/** Where a refusal stands: at which field, and by which code. */
const refusedAtField = (code: string, pointer: string, key: string) => ({
  code,
  issues: [{ pointer, key, code: key, values: {} }],
});

const endMoved = refusedAtField("input.invalid", "/days", "subscriptions.endMoved");

async function aTrial(days = 10): Promise<Shop & { readonly from: string }> {
  const from = new Date(Date.now() + days * DAY_MS);
  return { ...(await aShop({ status: "trialing", trialEndsAt: from })), from: from.toISOString() };
}

const trialEnd = async (shop: Shop) =>
  (
    await row<{ trial_ends_at: Date }>(
      "select trial_ends_at from public.subscriptions where organization_id = $1",
      [shop.id],
    )
  ).trial_ends_at.getTime();

describe("days that staff give", () => {
  test("are given once, however often the same form arrives", async () => {
    const shop = await aTrial();
    const form = { organizationId: shop.id, from: shop.from, days: 7, reason };
    const sent = await Promise.allSettled([extendSubscription(root, form), extendSubscription(root, form)]);
    expect(sent.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(sent.find(({ status }) => status === "rejected")).toMatchObject({
      reason: endMoved,
    });
    expect(await trialEnd(shop)).toBe(new Date(shop.from).getTime() + 7 * DAY_MS);
  });

  test("from a page that somebody else's days have overtaken are refused: sixty never come out as thirty", async () => {
    const shop = await aTrial();
    const form = { organizationId: shop.id, from: shop.from, reason };
    await extendSubscription(root, { ...form, days: 30 });
    await expect(extendSubscription(root, { ...form, days: 60 })).rejects.toMatchObject(endMoved);
    expect(await trialEnd(shop)).toBe(new Date(shop.from).getTime() + 30 * DAY_MS);
  });

  test("count from the end of what was paid, though a browser knows no microseconds", async () => {
    const shop = await aShop();
    await buy(shop);
    await database().owner.query(
      "update public.subscriptions set current_period_end = current_period_end + interval '123456 microseconds' where organization_id = $1",
      [shop.id],
    );
    const end = (await stateOf(shop)).current_period_end ?? new Date();
    const form = { organizationId: shop.id, from: end.toISOString(), reason };
    await extendSubscription(root, { ...form, days: 30 });
    await expect(extendSubscription(root, { ...form, days: 60 })).rejects.toMatchObject(endMoved);
    expect((await stateOf(shop)).current_period_end).toEqual(new Date(end.getTime() + 30 * DAY_MS));
  });

  test("given to a shop whose end had passed count from the page's hour, and once somebody gave some, from nowhere", async () => {
    const shop = await aShop({ status: "expired", trialEndsAt: new Date(Date.now() - 20 * DAY_MS) });
    const from = new Date(Date.now() - 60_000).toISOString();
    const form = { organizationId: shop.id, from, reason };
    await extendSubscription(root, { ...form, days: 30 });
    expect(await trialEnd(shop)).toBe(new Date(from).getTime() + 30 * DAY_MS);
    await expect(extendSubscription(root, { ...form, days: 60 })).rejects.toMatchObject(endMoved);
    expect(await trialEnd(shop)).toBe(new Date(from).getTime() + 30 * DAY_MS);
  });

  test("from an end that a refund has brought nearer are refused", async () => {
    const shop = await aShop();
    await buy(shop);
    const seen = (await stateOf(shop)).current_period_end ?? new Date();
    await database().owner.query(
      "update public.subscriptions set current_period_end = current_period_end - interval '10 days' where organization_id = $1",
      [shop.id],
    );
    const form = { organizationId: shop.id, from: seen.toISOString(), days: 5, reason };
    await expect(extendSubscription(root, form)).rejects.toMatchObject(endMoved);
  });

  test("do not reach beyond a year", async () => {
    const shop = await aTrial(200);
    await expect(
      extendSubscription(root, { organizationId: shop.id, from: shop.from, days: 200, reason }),
    ).rejects.toMatchObject(endMoved);
  });
});

describe("a refusal stands at its field", () => {
  const plan = { tier: "pro", interval: "month", when: now, reason } as const;

  test("the plan that a shop has, and one for the end of a period where none runs", async () => {
    const shop = await aTrial();
    const organizationId = shop.id;
    await expect(changePlanByStaff(root, { ...plan, organizationId })).rejects.toMatchObject(
      refusedAtField("conflict", "/tier", "subscriptions.samePlan"),
    );
    await expect(
      changePlanByStaff(root, { ...plan, organizationId, tier: "basic", when: "period_end" }),
    ).rejects.toMatchObject(
      refusedAtField("subscription.not_possible", "/when", "subscriptions.nothingRuns"),
    );
  });

  test("an end that was asked for already, and nothing at all where nothing lives", async () => {
    const { id: organizationId } = await aTrial();
    const end = { organizationId, when: "period_end", reason } as const;
    await endSubscription(root, end);
    await expect(endSubscription(root, end)).rejects.toMatchObject(
      refusedAtField("subscription.not_possible", "/when", "subscriptions.nothingRuns"),
    );
    await endSubscription(root, { ...end, when: now });
    await expect(endSubscription(root, { ...end, when: now })).rejects.toMatchObject({
      code: "subscription.not_possible",
      issues: [],
    });
  });
});

describe("a test clock", () => {
  test("goes on by days and to a moment, never back, and is given back", async () => {
    const shop = await aTrial();
    await moveTestClock(root, shop.id, { days: 0 });
    expect(await moveTestClock(root, shop.id, { days: 11 })).toEqual({ held: false });
    expect(await stateOf(shop)).toMatchObject({ status: "expired" });
    await expect(moveTestClock(root, shop.id, new Date())).rejects.toMatchObject(
      refusedAtField("input.invalid", "/until", "subscriptions.clockRange"),
    );
    await removeTestClock(root, shop.id);
    expect(await count("private.test_clocks where organization_id = $1", [shop.id])).toBe(0);
    expect(await stateOf(shop)).toMatchObject({ status: "expired" });
  });

  test("is not for a shop that paid, and not for support", async () => {
    const paid = await aShop();
    await buy(paid);
    await expect(moveTestClock(root, paid.id, { days: 1 })).rejects.toMatchObject({
      code: "subscription.real_shop",
    });
    const trial = await aTrial();
    await expect(moveTestClock(support, trial.id, { days: 1 })).rejects.toMatchObject({
      code: "access.forbidden",
    });
    expect(await count("private.test_clocks where organization_id = $1", [trial.id])).toBe(0);
    await expect(moveTestClock(root, randomUUID(), { days: 1 })).rejects.toMatchObject({
      code: "organization.not_found",
    });
  });
});
