import { expect, test } from "vitest";
import { endSubscription } from "@/lib/console";
import { quotePayment } from "@/lib/subscriptions";
import { database } from "@/tests/support/database";
import { ownerOf, pay, subscriptionOf } from "./support/checkout";
import { flowInHand } from "./support/flow";
import {
  agreedRenewal,
  chargesOf,
  hear,
  nextPeriod,
  openRenewal,
  referenceOf,
  registerToken,
  renewalOf,
} from "./support/renewals";
import { aShop, count, row, type Shop } from "./support/shops";
import { staffMember } from "./support/staff";

const flow = flowInHand();
const root = staffMember();
const poke = async (id: string) => hear(flow, "token=ANY", `?renewal=${await referenceOf(id)}`);
const end = (shop: Shop) =>
  endSubscription(root, { organizationId: shop.id, when: "now", reason: "pidió cerrar su cuenta" });
const living = (shop: Shop) =>
  count("public.subscriptions where organization_id = $1 and status <> 'cancelled'", [shop.id]);

test("agreed to by a shop that was ended with months left, is charged when those are over, as its page said; until then it works", async () => {
  const shop = await aShop({ tier: "premium" });
  await pay(flow, shop, { tier: "premium" });
  const { current_period_end: paidUntil } = await subscriptionOf(shop);
  await end(shop);
  const { startsAt } = await quotePayment(ownerOf(shop), {
    tier: "basic",
    interval: "month",
    currency: "CLP",
  });
  const opened = await openRenewal(flow, shop, { tier: "basic" });
  expect(await living(shop), "nothing before the card is registered").toBe(0);
  await flow.registerCard(registerToken(opened), true);
  await hear(flow, `token=${registerToken(opened)}`);

  expect(await renewalOf(opened.autoRenewalId)).toMatchObject({
    status: "active",
    first_charge_at: paidUntil,
  });
  expect(new Date(startsAt)).toEqual(paidUntil);
  expect(await chargesOf(opened.autoRenewalId)).toEqual([]);
  expect(await subscriptionOf(shop)).toMatchObject({
    status: "active",
    tier_code: "premium",
    current_period_end: paidUntil,
  });
  await poke(opened.autoRenewalId);
  expect(await living(shop)).toBe(1);
});

test("agreed to by a shop that was ended with nothing left is charged at once", async () => {
  const shop = await aShop();
  await end(shop);
  const id = await agreedRenewal(flow, shop);
  expect(await renewalOf(id)).toMatchObject({ status: "active", first_charge_at: null });
  expect(await chargesOf(id)).toMatchObject([{ status: "succeeded" }]);
  expect(await subscriptionOf(shop)).toMatchObject({ status: "active", tier_code: "pro" });
});

test("that collected once more although staff had ended the shop gives the time that was paid, and the shop leaves after it", async () => {
  const shop = await aShop();
  const id = await agreedRenewal(flow, shop);
  await nextPeriod(flow, id); // charged; nobody here heard of it
  await end(shop);
  await poke(id);
  expect((await chargesOf(id)).map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
  expect(
    await row(
      "select status, cancel_at_period_end from public.subscriptions where organization_id = $1 and status <> 'cancelled'",
      [shop.id],
    ),
  ).toEqual({ status: "active", cancel_at_period_end: true });
});

test("agreed to while staff's end is planned keeps the shop: the day of the end is the day of the first charge", async () => {
  const shop = await aShop();
  await pay(flow, shop);
  await endSubscription(root, { organizationId: shop.id, when: "period_end", reason: "no contesta" });
  const { current_period_end: paidUntil } = await subscriptionOf(shop);
  const id = await agreedRenewal(flow, shop);
  expect(await renewalOf(id)).toMatchObject({ status: "active", first_charge_at: paidUntil });
  expect(await planned(shop)).toEqual({
    status: "active",
    cancel_at_period_end: false,
    ended_by_staff: false,
  });
});

test("agreed to before the end was planned keeps nobody", async () => {
  const shop = await aShop();
  const id = await agreedRenewal(flow, shop);
  await endSubscription(root, { organizationId: shop.id, when: "period_end", reason: "no contesta" });
  await poke(id);
  expect(await planned(shop)).toMatchObject({ cancel_at_period_end: true, ended_by_staff: true });
});

test("agreed to on a page that we had given up brings the paid time back, too", async () => {
  const shop = await aShop({ tier: "premium" });
  await pay(flow, shop, { tier: "premium" });
  await end(shop);
  const opened = await openRenewal(flow, shop, { tier: "basic" });
  await database().owner.query("update public.auto_renewals set status = 'expired' where id = $1", [
    opened.autoRenewalId,
  ]);
  await flow.registerCard(registerToken(opened), true);
  await hear(flow, `token=${registerToken(opened)}`);
  expect(await renewalOf(opened.autoRenewalId)).toMatchObject({ status: "active" });
  expect(await subscriptionOf(shop)).toMatchObject({ status: "active", tier_code: "premium" });
});

const planned = (shop: Shop) =>
  row(
    "select status, cancel_at_period_end, ended_by_staff from public.subscriptions where organization_id = $1 and status <> 'cancelled'",
    [shop.id],
  );
