import { randomUUID } from "node:crypto";
import type { RawBuilder } from "kysely";
import { describe, expect, test } from "vitest";
import { sql } from "@/lib/db";
import { cancelAutoRenewal, changeAutoRenewalTier, comeBack, createGateways } from "@/lib/payments";
import { paymentJobs } from "@/lib/payments/jobs";
import { sweepPayments } from "@/lib/payments/sweep";
import { database } from "@/tests/support/database";
import { APP_URL, ownerOf, subscriptionOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import {
  agreedRenewal,
  chargesOf,
  flowSubscription,
  hear,
  nextPeriod,
  openRenewal,
  referenceOf,
  registerToken,
  renewalOf,
} from "./support/renewals";
import { aShop, count, row, type Shop } from "./support/shops";

const flow = flowInHand();
const poke = async (id: string) => hear(flow, "token=ANY", `?renewal=${await referenceOf(id)}`);
const lastToken = async () => (await flow.order()).token;
const statuses = async (id: string) => (await chargesOf(id)).map(({ status }) => status);
const periods = (id: string) =>
  count(
    "private.payment_ledger l join public.payments p on p.id = l.payment_id where p.auto_renewal_id = $1 and l.effect_kind = 'activated'",
    [id],
  );
const runCancelJob = (organizationId: string, autoRenewalId: string) =>
  paymentJobs
    .find(({ name }) => name === "payments.cancel_auto_renewal")
    ?.run({ organizationId, autoRenewalId }, { id: randomUUID(), signal: AbortSignal.timeout(10_000) });

describe("a charge that was on its way when its owner decided otherwise", () => {
  const decide = (shop: Shop, decision: RawBuilder<unknown>) =>
    ownerOf(shop).transaction(async (db) => {
      await decision.execute(db);
    });
  const plansOf = (shop: Shop) =>
    row(
      "select status, cancel_at_period_end, tier_code, next_tier_code from public.subscriptions where organization_id = $1",
      [shop.id],
    );

  test("to leave is paid time, and the shop still leaves at the end of it", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await nextPeriod(flow, id); // charged; nobody here heard of it
    await decide(shop, sql`select private.cancel_subscription('cerramos')`);
    await poke(id);
    expect(await statuses(id)).toEqual(["succeeded", "succeeded"]);
    expect(await periods(id)).toBe(2);
    expect(await plansOf(shop)).toMatchObject({ status: "active", cancel_at_period_end: true });
  });

  test("for a smaller plan is paid time, and the smaller plan still comes after it", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await nextPeriod(flow, id);
    await decide(shop, sql`select private.plan_downgrade('basic', 'month', true)`);
    await poke(id);
    expect(await periods(id)).toBe(2);
    expect(await plansOf(shop)).toMatchObject({ tier_code: "pro", next_tier_code: "basic" });
  });
});

describe("an automatic renewal", () => {
  test("collects month after month, at another price once that is agreed, until it is cancelled", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    expect(await renewalOf(id)).toMatchObject({
      status: "active",
      amount: 99_000,
      method_label: "Visa ···· 6623",
    });
    expect(await chargesOf(id)).toMatchObject([{ status: "succeeded", amount: 99_000, tier_code: "pro" }]);
    expect(await subscriptionOf(shop)).toMatchObject({ status: "active", tier_code: "pro" });

    for (const _ of [1, 2]) {
      await nextPeriod(flow, id);
      await poke(id);
    }
    expect(await statuses(id)).toEqual(["succeeded", "succeeded", "succeeded"]);

    const changed = await changeAutoRenewalTier(ownerOf(shop), id, "premium", flow.gateways);
    expect(changed).toMatchObject({ amount: 299_000, redirect: null });
    expect(await statuses(id), "nothing is charged for the running period").toHaveLength(3);
    await nextPeriod(flow, id);
    await poke(id);
    expect((await chargesOf(id)).at(-1)).toMatchObject({
      status: "succeeded",
      amount: 299_000,
      tier_code: "premium",
    });
    expect(await renewalOf(id)).toMatchObject({ status: "active", next_amount: null, tier_code: "premium" });

    const cancelled = await cancelAutoRenewal(ownerOf(shop), id, flow.gateways);
    expect(cancelled).toMatchObject({ status: "cancelled", cancelRequested: true });
    await flow.moveClock({ ms: 40 * 86_400_000 });
    await poke(id);
    expect(await statuses(id)).toHaveLength(4);
    expect(await periods(id)).toBe(4);
  });

  test("grants nothing and collects nothing before a card is registered", async () => {
    const shop = await aShop();
    const opened = await openRenewal(flow, shop);
    expect(opened).toMatchObject({
      status: "pending",
      amount: 99_000,
      currency: "CLP",
      redirectMethod: "GET",
    });
    expect((await fetch(opened.redirectUrl)).status).toBe(200);
    await hear(flow, `token=${registerToken(opened)}`);
    await flow.registerCard(registerToken(opened), false);
    await hear(flow, `token=${registerToken(opened)}`);
    expect((await renewalOf(opened.autoRenewalId)).status).toBe("pending");
    expect((await flow.state()).flow.subscriptions).toHaveLength(0);
    expect((await subscriptionOf(shop)).status).toBe("pending_payment");
  });

  test("opened twice under one key is one renewal; another body under it is refused", async () => {
    const shop = await aShop();
    const key = randomUUID();
    const [first, again] = [await openRenewal(flow, shop, {}, key), await openRenewal(flow, shop, {}, key)];
    expect(again).toEqual(first);
    expect(flow.calls.filter(({ path }) => path === "customer/create")).toHaveLength(1);
    await expect(openRenewal(flow, shop, { tier: "basic" }, key)).rejects.toMatchObject({
      code: "idempotency.key_reused",
    });
  });

  test("agreed to while a period runs is charged first when that ends", async () => {
    const periodEnd = new Date(Date.now() + 12 * 86_400_000);
    const shop = await aShop({ status: "active", periodStart: new Date(), periodEnd });
    const id = await agreedRenewal(flow, shop);
    expect(await renewalOf(id)).toMatchObject({ status: "active", first_charge_at: periodEnd });
    expect(await chargesOf(id)).toEqual([]);
    await flow.moveClock({ ms: 13 * 86_400_000 });
    await poke(id);
    expect(await statuses(id)).toEqual(["succeeded"]);
  });

  test("is found again by the browser that comes back", async () => {
    const shop = await aShop();
    const opened = await openRenewal(flow, shop);
    const token = registerToken(opened);
    const back = { method: "POST", url: new URL(`${APP_URL}/back`), form: new URLSearchParams({ token }) };
    await flow.registerCard(token, true);
    expect(await comeBack(flow.gateways, "flow", back, "trace")).toEqual({
      kind: "renewal",
      id: opened.autoRenewalId,
    });
    expect((await renewalOf(opened.autoRenewalId)).status).toBe("pending");
    await workInbox(flow);
    expect((await renewalOf(opened.autoRenewalId)).status).toBe("active");
  });

  test("of a gateway that collects nothing by itself is refused before anything is written", async () => {
    const shop = await aShop();
    const oneOff = { ...flow.gateway, subscriptions: null };
    const gateways = createGateways([{ id: "flow", configure: () => () => oneOff }], null);
    await expect(openRenewal({ gateways }, shop)).rejects.toMatchObject({
      code: "payment.renewal_unsupported",
    });
    expect(await count("public.auto_renewals where organization_id = $1", [shop.id])).toBe(0);
  });
});

describe("a renewal's step that was lost", () => {
  test.each(["plans/create", "subscription/create"])(
    "%s, done and never answered, is found and made once",
    async (call) => {
      const shop = await aShop();
      const opened = await openRenewal(flow, shop);
      await flow.registerCard(registerToken(opened), true);
      await flow.fault(call, "lost-answer");
      await hear(flow, `token=${registerToken(opened)}`);
      expect((await renewalOf(opened.autoRenewalId)).status).toBe("pending");
      await hear(flow, `token=${registerToken(opened)}`);
      expect((await renewalOf(opened.autoRenewalId)).status).toBe("active");
      expect(await flowSubscription(flow, opened.autoRenewalId)).toMatchObject({ status: 1 });
      expect(await statuses(opened.autoRenewalId)).toEqual(["succeeded"]);
    },
  );

  test("customer/create, never answered, leaves a renewal that the sweep gives up", async () => {
    const shop = await aShop();
    await flow.fault("customer/create", "lost-answer");
    await expect(openRenewal(flow, shop)).rejects.toMatchObject({ code: "payment.gateway_unavailable" });
    await database().owner.query(
      "update public.auto_renewals set created_at = now() - interval '3 minutes' where organization_id = $1",
      [shop.id],
    );
    await sweepPayments();
    await workInbox(flow);
    expect(
      await row("select status, reason from public.auto_renewals where organization_id = $1", [shop.id]),
    ).toEqual({
      status: "failed",
      reason: "never_reached_gateway",
    });
  });

  test("a callback is healed by the sweep an hour after the charge was due", async () => {
    const id = await agreedRenewal(flow, await aShop());
    await nextPeriod(flow, id);
    await database().owner.query(
      "update public.auto_renewals set next_charge_at = now() - interval '61 minutes' where id = $1",
      [id],
    );
    const { asked } = await sweepPayments();
    expect(asked).toBeGreaterThan(0);
    await workInbox(flow);
    expect(await statuses(id)).toEqual(["succeeded", "succeeded"]);
    expect((await sweepPayments()).asked, "the same hour asks once").toBe(0);
  });

  test("a callback without our address names the renewal through its order at Flow", async () => {
    const id = await agreedRenewal(flow, await aShop());
    await nextPeriod(flow, id);
    await hear(flow, `token=${await lastToken()}`);
    expect(await statuses(id)).toEqual(["succeeded", "succeeded"]);
  });
});

describe("two renewals", () => {
  const living = (shop: string) =>
    count("public.auto_renewals where organization_id = $1 and status in ('active', 'paused', 'past_due')", [
      shop,
    ]);

  test("never collect side by side: the later one stays", async () => {
    const shop = await aShop();
    const first = await agreedRenewal(flow, shop);
    const second = await agreedRenewal(flow, shop, { tier: "basic" });
    expect((await renewalOf(first)).cancel_requested_at).not.toBeNull();
    expect(
      await count(
        "private.outbox where name = 'payments.cancel_auto_renewal' and payload ->> 'autoRenewalId' = $1",
        [first],
      ),
    ).toBe(1);
    await runCancelJob(shop.id, first);
    await workInbox(flow);
    expect((await renewalOf(first)).status).toBe("cancelled");
    expect((await renewalOf(second)).status).toBe("active");
    expect(await living(shop.id)).toBe(1);
    expect((await flowSubscription(flow, first)).status).toBe(4);
  });

  test("agreed to in the other order leave the later one too", async () => {
    const shop = await aShop();
    const older = await openRenewal(flow, shop);
    const newer = await agreedRenewal(flow, shop);
    await flow.registerCard(registerToken(older), true);
    await hear(flow, `token=${registerToken(older)}`);
    expect((await renewalOf(older.autoRenewalId)).status).toBe("cancelled");
    expect((await renewalOf(newer)).status).toBe("active");
    expect((await flow.state()).flow.subscriptions).toHaveLength(1);
  });
});

describe("an order to cancel", () => {
  test("whose answer is lost is asked about again until Flow confirms", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await flow.fault("subscription/cancel", "error500");
    expect(await cancelAutoRenewal(ownerOf(shop), id, flow.gateways)).toMatchObject({
      status: "active",
      cancelRequested: true,
    });
    await database().owner.query(
      "update private.webhook_events set next_attempt_at = now() where status = 'received'",
    );
    await workInbox(flow);
    expect((await renewalOf(id)).status).toBe("cancelled");
  });

  test("of a neighbour's renewal finds nothing", async () => {
    const id = await agreedRenewal(flow, await aShop());
    const neighbour = await aShop();
    await expect(cancelAutoRenewal(ownerOf(neighbour), id, flow.gateways)).rejects.toMatchObject({
      code: "auto_renewal.not_found",
    });
    await expect(changeAutoRenewalTier(ownerOf(neighbour), id, "basic", flow.gateways)).rejects.toMatchObject(
      {
        code: "auto_renewal.not_found",
      },
    );
    expect((await renewalOf(id)).cancel_requested_at).toBeNull();
  });

  test("leaves a price that Flow refuses as it was", async () => {
    const shop = await aShop();
    const id = await agreedRenewal(flow, shop);
    await flow.fault("plans/create", "rate-limited");
    await expect(changeAutoRenewalTier(ownerOf(shop), id, "premium", flow.gateways)).rejects.toMatchObject({
      code: "payment.gateway_unavailable",
    });
    expect(await renewalOf(id)).toMatchObject({ amount: 99_000, next_amount: null, status: "active" });
  });
});
