import { describe, expect, test } from "vitest";
import { cancelAutoRenewal, changeAutoRenewalTier } from "@/lib/payments";
import { getBilling } from "@/lib/subscriptions";
import { database } from "@/tests/support/database";
import { ownerOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import {
  agreedRenewal,
  chargesOf,
  flowSubscription,
  hear,
  nextPeriod,
  openRenewal,
  receive,
  referenceOf,
  renewalOf,
} from "./support/renewals";
import { aShop, count, row, type Shop } from "./support/shops";

const flow = flowInHand();
const poke = async (id: string) => hear(flow, "token=ANY", `?renewal=${await referenceOf(id)}`);
const memberOf = (shop: Shop) => ({ ...ownerOf(shop), organization: { id: shop.id } }) as never;
const lastToken = async () => (await flow.order()).token;
const statuses = async (id: string) => (await chargesOf(id)).map(({ status }) => status);
const alerts = (rule: string, subject: string) =>
  count(
    "private.outbox where name = 'alert.raise' and payload ->> 'rule' = $1 and payload ->> 'subject' = $2",
    [rule, subject],
  );
const periods = (id: string) =>
  count(
    "private.payment_ledger l join public.payments p on p.id = l.payment_id where p.auto_renewal_id = $1 and l.effect_kind = 'activated'",
    [id],
  );

describe("charges", () => {
  test("told of many times, by every name and at once, are one payment and one period each", async () => {
    const id = await agreedRenewal(flow, await aShop());
    await nextPeriod(flow, id);
    await nextPeriod(flow, id);
    const token = await lastToken();
    const query = `?renewal=${await referenceOf(id)}`;
    await Promise.all([
      ...Array.from({ length: 6 }, () => receive(flow, `token=${token}`, query)),
      ...Array.from({ length: 6 }, () => receive(flow, `token=${token}`)),
    ]);
    await Promise.all([workInbox(flow), workInbox(flow), workInbox(flow)]);
    expect(await statuses(id)).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(await periods(id)).toBe(3);
    expect(await count("private.webhook_events where status = 'received'")).toBe(0);
  });

  test("whose card is refused wait, and are paid when Flow tries again", async () => {
    const id = await agreedRenewal(flow, await aShop());
    const { customerId } = await flowSubscription(flow, id);
    await flow.refuseCard(customerId, -11);
    await nextPeriod(flow, id);
    await poke(id);
    expect(await statuses(id)).toEqual(["succeeded", "pending"]);
    await flow.refuseCard(customerId, null);
    await flow.moveClock({ ms: 20 * 86_400_000 });
    await poke(id);
    expect(await statuses(id)).toEqual(["succeeded", "succeeded"]);
    expect(await periods(id)).toBe(2);
  });

  test("that stay refused make the renewal past due", async () => {
    const id = await agreedRenewal(flow, await aShop());
    const { customerId, nextInvoice } = await flowSubscription(flow, id);
    await flow.refuseCard(customerId, -11);
    await flow.moveClock({
      at: new Date(Date.parse(`${nextInvoice}T15:00:00Z`) + 6 * 86_400_000).toISOString(),
    });
    await poke(id);
    expect((await renewalOf(id)).status).toBe("past_due");
    expect(await periods(id)).toBe(1);
  });

  test.each([
    [
      "another amount",
      { amount: "990.0000" },
      { amount: 990, paymentData: { amount: 990, currency: "CLP" } },
      "amount_differs",
    ],
    [
      "another currency",
      {},
      { currency: "USD", paymentData: { amount: 99_000, currency: "USD" } },
      "currency_differs",
    ],
  ])(
    "of %s are held for review with an alert, and give nothing",
    async (_, invoiceLies, orderLies, reason) => {
      const id = await agreedRenewal(flow, await aShop());
      await nextPeriod(flow, id);
      const invoice = (await flow.state()).flow.invoices.at(-1);
      await flow.lieAbout("invoices", { id: invoice?.id }, invoiceLies);
      await flow.decide(await lastToken(), { lies: orderLies });
      await poke(id);
      const [, held] = await chargesOf(id);
      expect(held).toMatchObject({ status: "review", reason });
      expect(await alerts("payment.review", held?.id ?? "")).toBe(1);
      expect(await periods(id)).toBe(1);
    },
  );

  test("that an invoice claims and no payment shows are not paid", async () => {
    const id = await agreedRenewal(flow, await aShop());
    await nextPeriod(flow, id);
    const invoice = (await flow.state()).flow.invoices.at(-1);
    await flow.lieAbout("invoices", { id: invoice?.id }, { payment: null });
    await flow.decide(await lastToken(), { status: 3 });
    await poke(id);
    expect(await statuses(id)).toEqual(["succeeded", "pending"]);
  });

  test("made under a price just before it changed keep that price", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await nextPeriod(flow, id); // nobody heard of it
    await changeAutoRenewalTier(ownerOf(shop), id, "premium", flow.gateways);
    expect(await chargesOf(id)).toMatchObject([
      { status: "succeeded", amount: 99_000 },
      { status: "succeeded", amount: 99_000, tier_code: "pro" },
    ]);
  });

  test("before and after a price that the payer agreed to later are each held against their own", async () => {
    const id = await agreedRenewal(flow, await aShop());
    const { organization_id } = await row<{ organization_id: string }>(
      `update public.auto_renewals set next_amount = 299000, next_tier_code = 'premium', next_tier_version = 1
       where id = $1 returning organization_id`,
      [id],
    );
    const reference = await referenceOf(id);
    const told = { reference, currency: "CLP", rawStatus: "1", references: [] };
    const collected = (name: string, amountMinor: number) => ({
      ...told,
      normalized: "succeeded",
      amountExpectedMinor: amountMinor,
      amountPaidMinor: amountMinor,
      amountRefundedMinor: 0,
      underpaid: false,
      references: [{ kind: "invoice", value: `${name}-${id}` }],
    });
    await database().owner.query(
      "select private.apply_auto_renewal_state($1, $2, $3, $4, clock_timestamp(), '{}')",
      [
        organization_id,
        id,
        JSON.stringify({ ...told, normalized: "active", amountMinor: 299_000 }),
        JSON.stringify([collected("before", 99_000), collected("after", 299_000)]),
      ],
    );
    expect(await renewalOf(id)).toMatchObject({ status: "active", amount: 299_000, next_amount: null });
    expect((await chargesOf(id)).toSorted((one, other) => one.amount - other.amount).slice(1)).toEqual([
      expect.objectContaining({ status: "succeeded", amount: 99_000, tier_code: "pro" }),
      expect.objectContaining({ status: "succeeded", amount: 299_000, tier_code: "premium" }),
    ]);
  });

  test("of a new price whose order was carried out and never answered are those of the new price", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await flow.fault("subscription/changePlan", "lost-answer");
    await expect(changeAutoRenewalTier(ownerOf(shop), id, "premium", flow.gateways)).rejects.toMatchObject({
      code: "payment.gateway_unavailable",
    });
    expect(await renewalOf(id)).toMatchObject({ amount: 99_000, next_amount: 299_000 });
    await nextPeriod(flow, id);
    await poke(id);
    expect(await renewalOf(id)).toMatchObject({ status: "active", amount: 299_000, next_amount: null });
    expect((await chargesOf(id)).at(-1)).toMatchObject({
      status: "succeeded",
      amount: 299_000,
      tier_code: "premium",
    });
  });
});

describe("a renewal that Flow tells differently", () => {
  test.each([
    ["of another price", "plans", { amount: "990.0000" }, "amount_differs"],
    ["in another currency", "plans", { currency: "UF" }, "currency_differs"],
    ["of somebody else", "subscriptions", { planId: "opt-0000000000000000" }, "reference_differs"],
  ] as const)("%s is held for review with an alert", async (_, what, lies, reason) => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await openRenewal(flow, shop);
    const { planId, subscriptionId } = await flowSubscription(flow, id);
    await flow.lieAbout(what, what === "plans" ? { planId } : { subscriptionId }, lies);
    await poke(id);
    expect(await renewalOf(id)).toMatchObject({ status: "review", reason });
    expect(await alerts("auto_renewal.review", id)).toBe(1);
    await poke(id);
    expect(await alerts("auto_renewal.review", id), "people are told once").toBe(1);
    const [first] = (await getBilling(memberOf(shop))).renewals;
    expect(first, "it collects: the page shows it before one that does not").toMatchObject({
      id,
      isEnding: false,
    });
  });

  test("with an answer older than the one that stands changes nothing", async () => {
    const id = await agreedRenewal(flow, await aShop());
    const { organization_id } = await row<{ organization_id: string }>(
      "select organization_id from public.auto_renewals where id = $1",
      [id],
    );
    const stale = {
      normalized: "past_due",
      rawStatus: "1",
      reference: await referenceOf(id),
      amountMinor: 1,
      currency: "CLP",
      references: [],
    };
    await database().owner.query(
      "select private.apply_auto_renewal_state($1, $2, $3, '[]', now() - interval '1 hour', '{}')",
      [organization_id, id, JSON.stringify(stale)],
    );
    expect((await renewalOf(id)).status).toBe("active");
  });

  test("as active again after it was cancelled is held for review", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await cancelAutoRenewal(ownerOf(shop), id, flow.gateways);
    const { subscriptionId } = await flowSubscription(flow, id);
    await flow.lieAbout("subscriptions", { subscriptionId }, { status: 1 });
    await poke(id);
    expect(await renewalOf(id)).toMatchObject({ status: "review", reason: "active_after_cancelled" });
  });
});
