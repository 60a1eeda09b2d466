import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createGateways, getPayment, newPayment, openPayment } from "@/lib/payments";
import { database } from "@/tests/support/database";
import { APP_URL, open, ownerOf, paymentOf, tokenOf, workInbox } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row } from "./support/shops";

const flow = flowInHand();
const prices = { basic: 49_000, pro: 99_000, premium: 299_000 } as const;

describe("opening a payment", () => {
  test("asks Flow for the tier's price and hands the payer to its page", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    const order = await flow.order();
    expect(opened).toMatchObject({
      status: "pending",
      amount: 99_000,
      currency: "CLP",
      redirectMethod: "GET",
    });
    expect(opened.redirectUrl).toBe(`${flow.url}/flow/app/web/pay.php?token=${order.token}`);
    expect(order).toMatchObject({
      amount: 99_000,
      urlConfirmation: `${APP_URL}/api/webhooks/flow`,
      urlReturn: `${APP_URL}/api/payments/return/flow`,
    });
    expect((await paymentOf(opened.paymentId)).status).toBe("pending");
  });

  test("that a coupon covers whole is paid at once, and Flow never hears of it", async () => {
    const shop = await aShop();
    await database().owner.query(
      "insert into private.coupons (code, percent_bp, duration, note) values ('INVITACION', 10000, 'once', 'prueba')",
    );
    const key = randomUUID();
    const opened = await open(flow, shop, { coupon: "invitacion" }, key);
    expect(opened).toMatchObject({ status: "succeeded", amount: 0, redirectMethod: "GET" });
    expect(opened.redirectUrl).toBe(`${APP_URL}/billing?payment=${opened.paymentId}`);
    expect(await open(flow, shop, { coupon: "invitacion" }, key)).toEqual(opened);
    expect(flow.calls).toEqual([]);
    expect(
      await row("select status from public.subscriptions where organization_id = $1", [shop.id]),
    ).toEqual({ status: "active" });
  });

  test.each(Object.entries(prices))(
    "of %s costs %i pesos a month and ten months a year",
    async (tier, price) => {
      const shop = await aShop();
      expect((await open(flow, shop, { tier })).amount).toBe(price);
      expect((await open(flow, shop, { tier, interval: "year" })).amount).toBe(price * 10);
    },
  );

  test("a shop pays the version of its tier that it bought, others the newest", async () => {
    await database().owner.query(
      `insert into public.subscription_tiers (code, version, price_clp_month, price_clp_year, price_usd_month, price_usd_year)
       values ('basic', 2, 59000, 590000, 6500, 65000)`,
    );
    const old = await aShop({ tier: "basic" });
    await database().owner.query(
      "update public.subscriptions set tier_version = 1 where organization_id = $1",
      [old.id],
    );
    expect((await open(flow, old, { tier: "basic" })).amount).toBe(49_000);
    expect((await open(flow, await aShop({ tier: "pro" }), { tier: "basic" })).amount).toBe(59_000);
    await database().owner.query("update public.subscription_tiers set retired_at = now() where version = 2");
    expect((await open(flow, await aShop({ tier: "pro" }), { tier: "basic" })).amount).toBe(49_000);
  });

  test("takes no amount, currency or price from the caller", () => {
    for (const extra of [
      { amount: 1 },
      { price: 1 },
      { currency: "USD" },
      { organizationId: randomUUID() },
      { status: "succeeded" },
      { discount: 100 },
    ]) {
      expect(
        newPayment.safeParse({ gateway: "flow", tier: "pro", interval: "month", ...extra }).success,
      ).toBe(false);
    }
  });

  test("of a tier that is not sold is refused before Flow hears of it", async () => {
    await expect(open(flow, await aShop(), { tier: "gold" })).rejects.toMatchObject({
      code: "payment.tier_unavailable",
    });
    expect((await flow.state()).flow.orders).toHaveLength(0);
  });

  test("through a gateway that does not exist, or has no secrets, says so", async () => {
    const shop = await aShop();
    await expect(open(flow, shop, { gateway: "stripe" })).rejects.toMatchObject({
      code: "input.invalid",
      issues: [{ pointer: "/gateway" }],
    });
    const off = createGateways([{ id: "flow", configure: () => null }], null);
    const setting = { gateways: off, appUrl: APP_URL, language: "es" as const, subject: () => "x" };
    const asked = openPayment(
      ownerOf(shop),
      { gateway: "flow", tier: "pro", interval: "month" },
      "a-key-of-mine",
      setting,
    );
    await expect(asked).rejects.toMatchObject({ code: "payment.gateway_off" });
    expect(await count("public.payments where organization_id = $1", [shop.id])).toBe(0);
  });

  test("needs the right to manage billing", async () => {
    const shop = await aShop();
    await database().owner.query(
      "update public.admin_users set role = 'store_manager' where organization_id = $1",
      [shop.id],
    );
    await expect(open(flow, shop)).rejects.toMatchObject({ code: "access.forbidden" });
    expect((await flow.state()).flow.orders).toHaveLength(0);
  });

  test("works in a suspended shop: it must be able to pay", async () => {
    const shop = await aShop();
    await database().owner.query("update public.organizations set status = 'suspended' where id = $1", [
      shop.id,
    ]);
    expect((await open(flow, shop)).status).toBe("pending");
  });
});

describe("the same key", () => {
  test("gives the same answer and opens one order, sixteen times at once", async () => {
    const shop = await aShop();
    const key = randomUUID();
    const settled = await Promise.allSettled(Array.from({ length: 16 }, () => open(flow, shop, {}, key)));
    const answers = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const refusals = settled.flatMap((one) =>
      one.status === "rejected" ? [(one.reason as { code: string }).code] : [],
    );
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(refusals.every((code) => code === "idempotency.in_progress")).toBe(true);
    expect((await flow.state()).flow.orders).toHaveLength(1);
    expect(await open(flow, shop, {}, key)).toEqual(answers[0]);
  });

  test("gives the same answer at once where a coupon pays for all of it", async () => {
    const shop = await aShop();
    await database().owner.query(
      "insert into private.coupons (code, percent_bp, duration, note) values ('PRIMERAVEZ', 10000, 'once', 'prueba')",
    );
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => open(flow, shop, { coupon: "primeravez" }, key)),
    );
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  test("for another order is a conflict", async () => {
    const shop = await aShop();
    const key = randomUUID();
    await open(flow, shop, {}, key);
    await expect(open(flow, shop, { tier: "premium" }, key)).rejects.toMatchObject({
      code: "idempotency.key_reused",
    });
    await expect(open(flow, shop, { interval: "year" }, key)).rejects.toMatchObject({
      code: "idempotency.key_reused",
    });
  });

  test("belongs to one shop: a neighbour's equal key is another payment", async () => {
    const key = randomUUID();
    const mine = await open(flow, await aShop(), {}, key);
    const theirs = await open(flow, await aShop(), {}, key);
    expect(mine.paymentId).not.toBe(theirs.paymentId);
  });
});

describe("when Flow fails at the checkout", () => {
  test.each(["error500", "malformed", "lost-answer"] as const)(
    "with %s the payment waits for the sweep and the same key says so",
    async (kind) => {
      const shop = await aShop();
      const key = randomUUID();
      await flow.fault("payment/create", kind);
      await expect(open(flow, shop, {}, key)).rejects.toMatchObject({ code: "payment.gateway_unavailable" });
      await expect(open(flow, shop, {}, key)).rejects.toMatchObject({
        code: "idempotency.in_progress",
        details: { retryAfterSeconds: 5 },
      });
      expect(await row("select status from public.payments where organization_id = $1", [shop.id])).toEqual({
        status: "creating",
      });
    },
  );

  test("a refusal ends the payment, and the same key goes on saying that it failed", async () => {
    const shop = await aShop();
    const key = randomUUID();
    await flow.fault("payment/create", "rate-limited");
    await expect(open(flow, shop, {}, key)).rejects.toMatchObject({ code: "payment.gateway_unavailable" });
    await expect(open(flow, shop, {}, key)).rejects.toMatchObject({ code: "payment.gateway_unavailable" });
    expect(
      await row("select status, reason from public.payments where organization_id = $1", [shop.id]),
    ).toEqual({
      status: "failed",
      reason: "rate-limited: 429",
    });
  });

  const age = (shop: { id: string }, interval: string) =>
    database().owner.query(
      "update public.payments set created_at = now() - $2::interval where organization_id = $1",
      [shop.id, interval],
    );
  const sweep = async () => {
    await database().owner.query("select private.sweep_payments()");
    return workInbox(flow);
  };

  test("the sweep ends a checkout that never reached Flow", async () => {
    const shop = await aShop();
    await flow.fault("payment/create", "error500");
    await expect(open(flow, shop)).rejects.toThrow();
    await age(shop, "3 minutes");
    await sweep();
    expect(
      await row("select status, reason from public.payments where organization_id = $1", [shop.id]),
    ).toEqual({
      status: "failed",
      reason: "never_reached_gateway",
    });
    expect(
      await count("private.outbox where name = 'mail.payment' and payload ->> 'organizationId' = $1", [
        shop.id,
      ]),
    ).toBe(0);
  });

  test("the sweep's second question about a checkout that was given up is put away, and nobody is alarmed", async () => {
    const shop = await aShop();
    await flow.fault("payment/create", "error500");
    await expect(open(flow, shop)).rejects.toThrow();
    await age(shop, "3 minutes");
    await sweep();
    const { rows } = await database().owner.query<{ id: string }>(
      `insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref)
       select e.gateway, e.event_key || ' again', e.kind, e.reference_kind, e.reference, e.verified_by, e.payment_ref
       from private.webhook_events e join public.payments p on p.id = e.payment_ref where p.organization_id = $1 returning id`,
      [shop.id],
    );
    expect(rows).toHaveLength(1);
    expect(await workInbox(flow)).toBe(1);
    expect(await row("select status from private.webhook_events where id = $1", [rows[0]?.id])).toEqual({
      status: "ignored",
    });
  });

  test("the sweep adopts a checkout whose answer was lost, by our own reference", async () => {
    const shop = await aShop();
    await flow.fault("payment/create", "lost-answer");
    await expect(open(flow, shop)).rejects.toThrow();
    await age(shop, "3 minutes");
    await sweep();
    const payment = await row<{ id: string; status: string }>(
      "select id, status from public.payments where organization_id = $1",
      [shop.id],
    );
    expect(payment.status).toBe("pending");
    expect(flow.calls.some((call) => call.path === "payment/getStatusByCommerceId")).toBe(true);
    // And should somebody have paid it after all, the money is found.
    await flow.decide((await flow.order()).token, { status: 2 });
    await age(shop, "11 minutes");
    await sweep();
    expect((await paymentOf(payment.id)).status).toBe("succeeded");
  });

  test("the sweep asks once in each age, and not about what is settled", async () => {
    const shop = await aShop();
    const opened = await open(flow, shop);
    await age(shop, "3 minutes");
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    await age(shop, "2 hours");
    await flow.decide(tokenOf(opened), { status: 2 });
    expect(await sweep()).toBe(1);
    await age(shop, "2 days");
    expect(await sweep()).toBe(0);
  });
});

describe("looking at a payment", () => {
  test("shows it to its own shop with the subscription, and to nobody else", async () => {
    const shop = await aShop({ tier: "basic" });
    const { paymentId } = await open(flow, shop);
    expect(await getPayment(ownerOf(shop), paymentId)).toMatchObject({
      paymentId,
      gateway: "flow",
      status: "pending",
      amount: 99_000,
      refundedAmount: 0,
      checkedAt: null,
      subscription: { status: "pending_payment", tier: "basic", currentPeriodEnd: null },
    });
    const neighbour = await aShop();
    const refusals = await Promise.allSettled(
      [paymentId, randomUUID(), "not-an-id"].map((id) => getPayment(ownerOf(neighbour), id)),
    );
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ status: "rejected", reason: { code: "payment.not_found" } });
  });

  test("shows it with the subscription that ended, where there is no other", async () => {
    const shop = await aShop({ tier: "basic" });
    const { paymentId } = await open(flow, shop);
    await database().owner.query(
      "update public.subscriptions set status = 'cancelled' where organization_id = $1",
      [shop.id],
    );
    expect((await getPayment(ownerOf(shop), paymentId)).subscription).toMatchObject({
      status: "cancelled",
      tier: "basic",
    });
  });
});
