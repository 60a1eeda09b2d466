import { expect, test } from "vitest";
import { changeAutoRenewalTier } from "@/lib/payments";
import { findRenewalEndedBy, getBilling } from "@/lib/subscriptions";
import { open, ownerOf, pay, subscriptionOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import {
  agreedRenewal,
  chargesOf,
  flowSubscription,
  hear,
  openRenewal,
  referenceOf,
  registerToken,
  renewalOf,
} from "./support/renewals";
import { aShop, type Shop } from "./support/shops";

const flow = flowInHand();
const poke = async (id: string) => hear(flow, "token=ANY", `?renewal=${await referenceOf(id)}`);
/** Lets two more months pass at Flow, and asks. */
const twoMonthsLater = async (id: string) => {
  await flow.moveClock({ ms: 62 * 86_400_000 });
  await poke(id);
};

const memberOf = (shop: Shop) => ({ ...ownerOf(shop), organization: { id: shop.id } }) as never;
const year = { tier: "pro", interval: "year", change: "upgrade" } as const;

test("whoever is about to buy another plan is told that the automatic payment ends with it", async () => {
  const shop = await aShop();
  expect(await findRenewalEndedBy(memberOf(shop), year), "nothing is collected").toBeNull();
  await agreedRenewal(flow, shop);
  expect(await findRenewalEndedBy(memberOf(shop), year)).toEqual({ gateway: "flow" });
  const month = { tier: "pro", interval: "month", change: "renewal" } as const;
  expect(await findRenewalEndedBy(memberOf(shop), month)).toBeNull();
  expect(await findRenewalEndedBy(memberOf(shop), { ...month, tier: "basic" })).toEqual({ gateway: "flow" });
  expect(await findRenewalEndedBy(memberOf(await aShop()), year), "a neighbour's is nobody's").toBeNull();
});

test("the payment that ended the automatic payment says so, and no other does", async () => {
  const shop = await aShop();
  await agreedRenewal(flow, shop);
  const paid = await pay(flow, shop, { interval: "year" });
  const { payments } = await getBilling(memberOf(shop));
  expect(payments.map(({ id, endedRenewal }) => [id === paid, endedRenewal])).toEqual([
    [true, true],
    [false, false],
  ]);
});

test("a shop that buys a year is not charged for months any more", async () => {
  const shop = await aShop();
  const id = await agreedRenewal(flow, shop);
  await pay(flow, shop, { interval: "year" });
  await workInbox(flow);
  expect((await renewalOf(id)).status).toBe("cancelled");
  await twoMonthsLater(id);
  expect(await chargesOf(id)).toHaveLength(1);
  expect(await subscriptionOf(shop)).toMatchObject({ tier_code: "pro", billing_interval: "year" });
});

test("a shop that buys a larger plan is not brought back to the smaller one by its old renewal", async () => {
  const shop = await aShop({ tier: "basic" });
  const id = await agreedRenewal(flow, shop, { tier: "basic" });
  await pay(flow, shop, { tier: "pro" });
  await workInbox(flow);
  expect((await renewalOf(id)).status).toBe("cancelled");
  await twoMonthsLater(id);
  expect(await chargesOf(id)).toHaveLength(1);
  expect((await subscriptionOf(shop)).tier_code).toBe("pro");
});

test("a shop that pays for a smaller plan to come is not charged for the larger one after it", async () => {
  const shop = await aShop();
  const id = await agreedRenewal(flow, shop);
  await pay(flow, shop, { tier: "basic" });
  expect((await renewalOf(id)).cancel_requested_at).not.toBeNull();
});

test("a renewal whose page is still open is not agreed to after another plan was bought", async () => {
  const shop = await aShop();
  await pay(flow, shop);
  const opened = await openRenewal(flow, shop);
  await pay(flow, shop, { interval: "year" });
  await flow.registerCard(registerToken(opened), true);
  await hear(flow, `token=${registerToken(opened)}`);
  expect((await renewalOf(opened.autoRenewalId)).status).toBe("cancelled");
  expect(await chargesOf(opened.autoRenewalId)).toEqual([]);
});

test("a period of the same plan that is paid by hand leaves the renewal as it is", async () => {
  const shop = await aShop();
  const id = await agreedRenewal(flow, shop);
  await pay(flow, shop);
  expect(await renewalOf(id)).toMatchObject({ status: "active", cancel_requested_at: null });
});

test("what is only opened stops nothing", async () => {
  const shop = await aShop();
  const id = await agreedRenewal(flow, shop);
  await open(flow, shop, { interval: "year" });
  expect((await renewalOf(id)).cancel_requested_at).toBeNull();
});

test("a renewal that itself collects a larger plan goes on", async () => {
  const shop = await aShop();
  const id = await agreedRenewal(flow, shop);
  await changeAutoRenewalTier(ownerOf(shop), id, "premium", flow.gateways);
  const { nextInvoice } = await flowSubscription(flow, id);
  await flow.moveClock({ at: `${nextInvoice}T15:00:00Z` });
  await poke(id);
  expect(await chargesOf(id)).toMatchObject([{ tier_code: "pro" }, { tier_code: "premium" }]);
  expect(await renewalOf(id)).toMatchObject({ status: "active", cancel_requested_at: null });
});
