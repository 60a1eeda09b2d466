import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { requestRefund } from "@/lib/payments";
import { database } from "@/tests/support/database";
import { APP_URL, open, pay } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, type Shop } from "./support/shops";
import { staffMember } from "./support/staff";
import { rightState, tell, tellRefund } from "./support/states";

const flow = flowInHand();
const root = staffMember();

/** Staff order a part of a payment back; the gateway has not done it yet. */
const order = async (paymentId: string, amount: number) =>
  (
    await requestRefund(root, paymentId, { amount, reason: "cobro doble" }, randomUUID(), {
      gateways: flow.gateways,
      appUrl: APP_URL,
    })
  ).refundId;

/** What the mails said that went back, in order. */
async function toldBack(shop: Shop): Promise<{ amount: number; currency: string }[]> {
  const { rows } = await database().owner.query<{ refund: { amount: number; currency: string } }>(
    `select payload -> 'refund' as refund from private.outbox
     where name = 'mail.payment' and payload ->> 'kind' = 'refunded' and payload ->> 'organizationId' = $1 order by id`,
    [shop.id],
  );
  return rows.map(({ refund }) => refund);
}

const pesos = (...amounts: number[]) => amounts.map((amount) => ({ amount, currency: "CLP" }));

async function aPaidShop(): Promise<Shop & { readonly payment: string }> {
  const shop = await aShop();
  return { ...shop, payment: await pay(flow, shop) };
}

test("each part that goes back is told as itself, never as the sum so far", async () => {
  const shop = await aPaidShop();
  for (const amount of [20_000, 30_000])
    await tellRefund(shop, await order(shop.payment, amount), "succeeded");
  expect(await toldBack(shop)).toEqual(pesos(20_000, 30_000));
});

test("what the gateway gives back by itself after a part of ours is told without that part", async () => {
  const shop = await aPaidShop();
  await tellRefund(shop, await order(shop.payment, 20_000), "succeeded");
  await tell(shop, shop.payment, await rightState(shop.payment, "refunded"));
  expect(await toldBack(shop)).toEqual(pesos(20_000, 79_000));
});

test("a refund of ours of which the gateway speaks twice, as payment and as refund, is told once", async () => {
  const shop = await aPaidShop();
  const refunds = [await order(shop.payment, 20_000), await order(shop.payment, 79_000)];
  await tell(shop, shop.payment, await rightState(shop.payment, "refunded"));
  for (const refund of refunds) await tellRefund(shop, refund, "succeeded");
  expect(await toldBack(shop)).toEqual(pesos(99_000));
});

test("money in review that goes back is told as what had come in", async () => {
  const shop = await aShop();
  const { paymentId } = await open(flow, shop);
  const more = { amountPaidMinor: 150_000 };
  const paid = { ...(await rightState(paymentId, "succeeded")), ...more };
  expect(await tell(shop, paymentId, paid)).toMatchObject({ to: "review" });
  await tell(shop, paymentId, { ...(await rightState(paymentId, "refunded")), ...more });
  expect(await toldBack(shop)).toEqual(pesos(150_000));
});
