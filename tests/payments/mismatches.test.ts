import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createGateways, openPayment, processNotices } from "@/lib/payments";
import type { Gateway, PaymentState, Reference, ReportedStatus } from "@/lib/payments/gateway";
import { database } from "@/tests/support/database";
import { APP_URL, ownerOf, subscriptionOf } from "./support/checkout";
import { everyGateway, type GatewayInHand } from "./support/every-gateway";
import { aShop, count, row, type Shop } from "./support/shops";

// Money that is not the money we asked for, through every gateway: a payment opened and paid at the sandbox, fetched
// by the adapter, with one thing changed in what the gateway told, and applied by the worker.

type Change = (state: PaymentState, story: Story) => Partial<PaymentState>;

interface Story {
  readonly price: number;
  /** Our reference for another shop's open payment. */
  readonly neighbours: string;
}

const times =
  (by: number): Change =>
  ({ amountPaidMinor, amountExpectedMinor }) => ({
    amountPaidMinor: (amountPaidMinor ?? 0) * by,
    amountExpectedMinor: (amountExpectedMinor ?? 0) * by,
  });
const paid =
  (amount: (price: number) => number | null): Change =>
  (_, { price }) => ({ amountPaidMinor: amount(price) });

const mismatches: Record<string, Change> = {
  "one less": paid((price) => price - 1),
  "one more": paid((price) => price + 1),
  "a hundred times the price, asked and paid": times(100),
  "a hundredth of the price, asked and paid": times(0.01),
  "nothing paid": paid(() => 0),
  "less than nothing": paid((price) => -price),
  "no amount": paid(() => null),
  "no amount asked": () => ({ amountExpectedMinor: null }),
  "another amount asked": (_, { price }) => ({ amountExpectedMinor: price / 2 }),
  "a fraction": paid((price) => price + 0.5),
  "more than a number holds": paid(() => 9_007_199_254_740_991),
  "another currency": ({ currency }) => ({ currency: currency === "USD" ? "CLP" : "USD" }),
  "the currency in small letters": ({ currency }) => ({ currency: currency?.toLowerCase() ?? null }),
  "no currency": () => ({ currency: null }),
  "another reference": () => ({ reference: "00000000000000000000000000000000" }),
  "our reference in capitals": ({ reference }) => ({
    reference: reference?.toUpperCase().replace(/\d/g, "A") ?? null,
  }),
  "no reference": () => ({ reference: null }),
  "a neighbour's reference": (_, { neighbours }) => ({ reference: neighbours }),
  "a test payment": () => ({ objection: "test-mode" }),
  "another merchant's account": () => ({ objection: "foreign-account" }),
  "a part of it": (_, { price }) => ({ underpaid: true, amountPaidMinor: price - 1_000 }),
  "a part of it in another coin": () => ({ underpaid: true }),
  "the fee taken off": paid((price) => Math.round(price * 0.96)),
  "captured twice": paid((price) => price * 2),
};

const gateways = everyGateway();

describe.each(gateways.map(({ id }) => id))("money through %s that is not the money we asked for", (id) => {
  const inHand = () => gateways.find((one) => one.id === id) ?? gateways[0];

  test("is the right money as long as nothing is changed", async () => {
    const { shop, paymentId } = await paidOtherwise(inHand(), () => ({}));
    expect(await statusOf(paymentId)).toBe("succeeded");
    expect((await subscriptionOf(shop)).status).toBe("active");
  });

  test.each(Object.keys(mismatches))("%s: goes to people and grants nothing", async (what) => {
    const { shop, paymentId } = await paidOtherwise(inHand(), mismatches[what] ?? (() => ({})));
    await expectHeld(shop, paymentId);
  });

  test.each<ReportedStatus>(["failed", "expired", "cancelled"])("paid after it had %s", async (end) => {
    const { shop, paymentId, again } = await paidOtherwise(inHand(), () => ({ normalized: end }));
    expect(await statusOf(paymentId)).toBe(end);
    await again(() => ({}));
    await expectHeld(shop, paymentId);
  });

  test("captured a second time after it was applied: kept apart, and the period stays one", async () => {
    const { shop, paymentId, again } = await paidOtherwise(inHand(), () => ({}));
    const { current_period_end } = await subscriptionOf(shop);
    await again((_, { price }) => ({ amountPaidMinor: price * 2 }));
    await again((_, { price }) => ({ amountPaidMinor: price * 2 }));
    expect(
      await count(
        "private.outbox where payload ->> 'rule' = 'payment.surplus' and payload ->> 'subject' = $1",
        [paymentId],
      ),
    ).toBe(1);
    expect((await subscriptionOf(shop)).current_period_end).toEqual(current_period_end);
    expect(await count("private.payment_ledger where payment_id = $1", [paymentId])).toBe(1);
  });
});

const statusOf = async (id: string) =>
  (await row<{ status: string }>("select status from public.payments where id = $1", [id])).status;

async function expectHeld(shop: Shop, paymentId: string): Promise<void> {
  expect(await statusOf(paymentId)).toBe("review");
  expect((await subscriptionOf(shop)).status).toBe("pending_payment");
  expect(await count("private.payment_ledger where payment_id = $1", [paymentId])).toBe(0);
  expect(
    await count("private.ledger_entries where organization_id = $1 and account = 'revenue'", [shop.id]),
  ).toBe(0);
  for (const where of [
    "private.outbox where name = 'alert.raise' and payload ->> 'rule' = 'payment.review' and payload ->> 'subject' = $1",
    "private.security_events where kind = 'payment.review' and subject = $1",
  ])
    expect(await count(where, [paymentId])).toBe(1);
}

/** Opens and pays a payment, and lets the worker hear of it from a gateway that tells one thing otherwise. */
async function paidOtherwise(inHand: GatewayInHand | undefined, change: Change) {
  if (!inHand) throw new Error("no gateway in hand");
  const shop = await aShop();
  const paymentId = await openAt(inHand.gateway, shop);
  const neighbours = await orderOf(await openAt(inHand.gateway, await aShop()));
  const { amount: price } = await row<{ amount: number }>(
    "select amount from public.payments where id = $1",
    [paymentId],
  );
  const { names } = await row<{ names: Reference[] }>(
    "select jsonb_agg(jsonb_build_object('kind', kind, 'value', reference)) as names from private.payment_references where payment_id = $1",
    [paymentId],
  );
  await inHand.pay(names);
  const hear = async (how: Change) => {
    const lying: Gateway = {
      ...inHand.gateway,
      async fetchStatus(references) {
        const told = await inHand.gateway.fetchStatus(references);
        return told.ok && told.value
          ? { ok: true, value: { ...told.value, ...how(told.value, { price, neighbours }) } }
          : told;
      },
    };
    await database().owner.query(
      "insert into private.webhook_events (gateway, kind, reference_kind, reference, verified_by) values ($1, 'payment', 'order', $2, 'hint')",
      [inHand.id, await orderOf(paymentId)],
    );
    const worker = {
      gateways: createGateways([{ id: inHand.id, configure: () => () => lying }], null),
      name: randomUUID(),
    };
    while ((await processNotices(worker)) > 0);
  };
  await hear(change);
  return { shop, paymentId, again: hear };
}

async function openAt(gateway: Gateway, shop: Shop): Promise<string> {
  const order = { gateway: gateway.id, tier: "pro", interval: "month" } as const;
  const { paymentId } = await openPayment(ownerOf(shop), order, randomUUID(), {
    gateways: createGateways([{ id: gateway.id, configure: () => () => gateway }], null),
    appUrl: APP_URL,
    language: "es",
    subject: ({ tier }) => `Opttius ${tier}`,
  });
  return paymentId;
}

const orderOf = async (paymentId: string) =>
  (
    await row<{ reference: string }>(
      "select reference from private.payment_references where payment_id = $1 and kind = 'order'",
      [paymentId],
    )
  ).reference;
