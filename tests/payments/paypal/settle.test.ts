import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { comeBack, createGateways, openPayment, processNotices, receiveWebhook } from "@/lib/payments";
import type { SignedEvent } from "@/scripts/sandbox/paypal/events";
import { database } from "@/tests/support/database";
import { APP_URL, ownerOf, paymentOf, subscriptionOf } from "../support/checkout";
import { paypalInHand } from "../support/paypal";
import { aShop, count, type Shop } from "../support/shops";
import { press } from "./payer";

const paypal = paypalInHand();
let shop: Shop;

beforeEach(async () => {
  await database().owner.query("delete from private.webhook_events");
  shop = await aShop();
});

const gateways = () => createGateways([{ id: "paypal", configure: () => () => paypal.gateway }], null);
const open = async () => {
  const opened = await openPayment(
    ownerOf(shop),
    { gateway: "paypal", tier: "pro", interval: "month" },
    randomUUID(),
    { gateways: gateways(), appUrl: APP_URL, language: "es", subject: () => "Opttius Pro" },
  );
  const order = new URL(opened.redirectUrl).searchParams.get("token") ?? "";
  return { ...opened, order, names: [{ kind: "paypal_order", value: order }] };
};
const arrive = ({ headers, body }: SignedEvent) =>
  receiveWebhook(gateways(), "paypal", {
    method: "POST",
    url: new URL(`${APP_URL}/api/webhooks/paypal`),
    headers: new Headers(headers),
    rawBody: Buffer.from(body),
    traceId: randomUUID(),
  });
const work = async () => {
  while ((await processNotices({ gateways: gateways(), name: randomUUID() })) > 0);
};
const stored = () => count("private.webhook_events");
const captured = async (order: string) => {
  const [capture] = (await paypal.state()).paypal.captures.filter(({ orderId }) => orderId === order);
  if (!capture) throw new Error("nothing was captured");
  return {
    id: capture.id,
    supplementary_data: { related_ids: { order_id: order } },
  };
};

test("a shop whose payer agreed and came back is active, and pays in dollars", async () => {
  const { paymentId, redirectUrl, currency } = await open();
  const back = await press(redirectUrl, "approve");
  const url = new URL(back.headers.get("location") ?? "");
  const request = { method: "GET", url, form: new URLSearchParams() };
  expect(await comeBack(gateways(), "paypal", request, randomUUID())).toMatchObject({ id: paymentId });
  expect((await paymentOf(paymentId)).status).not.toBe("succeeded");
  await work();
  expect(currency).toBe("USD");
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
  expect((await subscriptionOf(shop)).status).toBe("active");
});

test("an address that names nobody's order, or one that is settled, asks PayPal for nothing", async () => {
  const back = (order: string) =>
    comeBack(
      gateways(),
      "paypal",
      { method: "GET", url: new URL(`${APP_URL}/r?token=${order}&PayerID=X`), form: new URLSearchParams() },
      randomUUID(),
    );
  const { paymentId, order } = await open();
  await database().owner.query("update public.payments set status = 'cancelled' where id = $1", [paymentId]);
  paypal.calls.length = 0;
  expect(await back("5O190127TN364715T")).toBeNull();
  expect(await back(order)).toMatchObject({ id: paymentId });
  expect(paypal.calls).toEqual([]);
});

test("a shop whose payer agreed and closed the window is active by PayPal's notice alone", async () => {
  const { paymentId, redirectUrl, order } = await open();
  await press(redirectUrl, "leave");
  await arrive(await paypal.event("CHECKOUT.ORDER.APPROVED", { id: order }));
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
  expect((await paypal.state()).paypal.captures).toHaveLength(1);
});

test.each(["cancelled", "expired", "failed", "review"])(
  "what a shop agrees to once its payment is %s is not taken from it",
  async (over) => {
    const { paymentId, redirectUrl, order } = await open();
    await database().owner.query("update public.payments set status = $2 where id = $1", [paymentId, over]);
    await press(redirectUrl, "leave");
    await arrive(await paypal.event("CHECKOUT.ORDER.APPROVED", { id: order }));
    await work();
    expect((await paypal.state()).paypal.captures).toEqual([]);
    expect((await paymentOf(paymentId)).status).toBe(over);
    expect(await count("private.webhook_events where status = 'received'")).toBe(0);
  },
);

test("a payment whose price was withdrawn is not taken, though it is still on its way", async () => {
  const { paymentId, redirectUrl, order } = await open();
  await database().owner.query("update public.payments set status = 'processing' where id = $1", [paymentId]);
  await database().owner.query(
    "update private.payment_quotes set withdrawn_at = now() where payment_id = $1",
    [paymentId],
  );
  await press(redirectUrl, "leave");
  await arrive(await paypal.event("CHECKOUT.ORDER.APPROVED", { id: order }));
  await work();
  expect((await paypal.state()).paypal.captures).toEqual([]);
});

test("a payment that is withdrawn while PayPal is asked about it is not taken", async () => {
  const { paymentId, redirectUrl, order } = await open();
  await press(redirectUrl, "leave");
  await arrive(await paypal.event("CHECKOUT.ORDER.APPROVED", { id: order }));
  const withdraw = () =>
    database().owner.query("update public.payments set status = 'cancelled' where id = $1", [paymentId]);
  await processNotices({
    gateways: gateways(),
    name: randomUUID(),
    onStep: async (step) => {
      if (step === "claimed") await withdraw();
    },
  });
  expect((await paypal.state()).paypal.captures).toEqual([]);
});

test("a notice that comes again is stored once, and a changed one never", async () => {
  const { order } = await open();
  await paypal.control("orders", { id: order, capture: true });
  const event = await paypal.event("PAYMENT.CAPTURE.COMPLETED", await captured(order));
  for (let copy = 0; copy < 5; copy += 1) await arrive(event);
  expect(await stored()).toBe(1);
  const changed = { ...event, body: event.body.replace('"id":"WH-', '"id":"WH-F') };
  await expect(arrive(changed)).rejects.toMatchObject({ code: "webhook.not_authentic" });
  expect(await stored()).toBe(1);
});

test("a genuine notice that claims a payment which PayPal does not confirm grants nothing", async () => {
  const { paymentId, order } = await open();
  const claim = { id: order, status: "COMPLETED", supplementary_data: { related_ids: { order_id: order } } };
  await arrive(await paypal.event("PAYMENT.CAPTURE.COMPLETED", claim));
  await work();
  expect((await paymentOf(paymentId)).status).toBe("pending");
});

test("a payment that PayPal holds, then takes, then gives back follows each step", async () => {
  const { paymentId, order, names } = await open();
  await paypal.control("orders", { id: order, capture: true, fate: "PENDING" });
  const about = await captured(order);
  await arrive(await paypal.event("PAYMENT.CAPTURE.PENDING", about));
  await work();
  expect((await paymentOf(paymentId)).status).toBe("processing");
  await paypal.control("captures", { id: about.id, status: "COMPLETED" });
  await arrive(await paypal.event("PAYMENT.CAPTURE.COMPLETED", about));
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
  // On PayPal's own pages: we had no part in it.
  await paypal.gateway.refund({
    refundId: randomUUID(),
    idempotencyKey: randomUUID(),
    reference: "",
    payment: names,
    money: { amountMinor: (await paymentOf(paymentId)).amount, currency: "USD" },
    payer: { email: "a@b.test" },
    notifyUrl: APP_URL,
  });
  const [refund] = (await paypal.state()).paypal.refunds;
  await arrive(await paypal.event("PAYMENT.CAPTURE.REFUNDED", { id: refund?.id }));
  await work();
  expect((await paymentOf(paymentId)).status).toBe("refunded");
});

test("a disputed payment is disputed however late an older notice comes", async () => {
  const { paymentId, order } = await open();
  await paypal.control("orders", { id: order, capture: true });
  const about = await captured(order);
  const older = await paypal.event("PAYMENT.CAPTURE.COMPLETED", about);
  await paypal.control("disputes", { capture: about.id, status: "OPEN" });
  const dispute = { disputed_transactions: [{ seller_transaction_id: about.id }] };
  await arrive(await paypal.event("CUSTOMER.DISPUTE.CREATED", dispute));
  await work();
  expect((await paymentOf(paymentId)).status).toBe("disputed");
  await arrive(older);
  await work();
  expect((await paymentOf(paymentId)).status).toBe("disputed");
});

test.each([
  ["amount", { amount: { currency_code: "USD", value: "1.00" } }],
  ["currency", { amount: { currency_code: "EUR", value: "109.00" } }],
  ["reference", { customId: "somebody-elses" }],
])("money whose %s is not ours is held for review", async (_what, lies) => {
  const { paymentId, order } = await open();
  await paypal.control("orders", { id: order, capture: true, lies });
  await arrive(await paypal.event("PAYMENT.CAPTURE.COMPLETED", await captured(order)));
  await work();
  expect((await paymentOf(paymentId)).status).toBe("review");
});
