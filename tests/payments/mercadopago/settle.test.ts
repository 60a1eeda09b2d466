import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { createGateways, openPayment, processNotices, receiveWebhook } from "@/lib/payments";
import { signedNotice, type Topic } from "@/scripts/sandbox/mercadopago/notices";
import { database } from "@/tests/support/database";
import { APP_URL, ownerOf, paymentOf, subscriptionOf } from "../support/checkout";
import { mercadoPagoInHand, mercadoPagoKeys } from "../support/mercadopago";
import { aShop, count, type Shop } from "../support/shops";

const mp = mercadoPagoInHand();
let shop: Shop;

beforeEach(async () => {
  await database().owner.query("delete from private.webhook_events");
  shop = await aShop();
});

const gateways = () => createGateways([{ id: "mercadopago", configure: () => () => mp.gateway }], null);
const open = async () => {
  const opened = await openPayment(
    ownerOf(shop),
    { gateway: "mercadopago", tier: "pro", interval: "month" },
    randomUUID(),
    { gateways: gateways(), appUrl: APP_URL, language: "es", subject: () => "Opttius Pro" },
  );
  const preference = new URL(opened.redirectUrl).searchParams.get("pref_id") ?? "";
  return { paymentId: opened.paymentId, names: [{ kind: "preference", value: preference }] };
};
/** Mercado Pago's notice arrives, as it signs one; `secret`: somebody else's does. */
const arrive = async (
  id: string | number,
  change: { action?: string; topic?: Topic; secret?: string } = {},
) => {
  const { url, headers, body } = signedNotice(
    {
      url: `${APP_URL}/api/webhooks/mercadopago?source_news=webhooks`,
      topic: change.topic ?? "payment",
      action: change.action ?? "payment.updated",
      id,
      liveMode: false,
    },
    change.secret ?? mercadoPagoKeys.mercadopagoWebhookSecret,
    new Date(),
  );
  const arrived = {
    method: "POST",
    url: new URL(url),
    headers: new Headers(headers),
    rawBody: Buffer.from(body),
    traceId: randomUUID(),
  };
  await receiveWebhook(gateways(), "mercadopago", arrived);
  return arrived;
};
const work = async () => {
  while ((await processNotices({ gateways: gateways(), name: randomUUID() })) > 0);
};
const stored = () => count("private.webhook_events");

test("a signed notice of a payment that nobody had heard of activates the shop, though searches lag", async () => {
  const { paymentId, names } = await open();
  await mp.control("mercadopago/search", { behindMs: 60_000 });
  await mp.decide(names, { status: "approved" });
  const [payment] = await mp.payments(names);
  await arrive(payment?.id ?? "");
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
  expect((await subscriptionOf(shop)).status).toBe("active");
});

test("a card that was refused and another that paid activate the shop once, without review", async () => {
  const { paymentId, names } = await open();
  await mp.decide(names, { status: "rejected" });
  await arrive((await mp.payments(names))[0]?.id ?? "", { action: "payment.created" });
  await work();
  expect((await paymentOf(paymentId)).status).toBe("pending");
  await mp.decide(names, { status: "approved", again: true });
  const [refused, paid] = await mp.payments(names);
  await arrive(paid?.id ?? "", { action: "payment.created" });
  await arrive(refused?.id ?? "");
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
});

test("a card that paid before another was tried activates the shop, in whatever order that is heard", async () => {
  const { paymentId, names } = await open();
  await mp.control("mercadopago/search", { behindMs: 60_000 });
  await mp.decide(names, { status: "approved" });
  await mp.control("clock", { ms: 1_000 });
  await mp.decide(names, { status: "in_process", again: true });
  const [paid, held] = await mp.payments(names);
  await arrive(held?.id ?? "");
  await work();
  expect((await paymentOf(paymentId)).status).toBe("processing");
  await arrive(paid?.id ?? "");
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
});

test("an order that two cards paid activates the shop once, and people hear of the second", async () => {
  const { paymentId, names } = await open();
  await mp.decide(names, { status: "approved" });
  await arrive((await mp.payments(names))[0]?.id ?? "");
  await work();
  await mp.decide(names, { status: "approved", again: true });
  await arrive((await mp.payments(names))[1]?.id ?? "");
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
  expect(await count("private.payment_ledger where payment_id = $1", [paymentId])).toBe(1);
  expect(
    await count("private.security_events where kind = 'payment.surplus' and subject = $1", [paymentId]),
  ).toBe(1);
});

test("a notice that comes again is stored once, and a forged one never", async () => {
  const { names } = await open();
  await mp.decide(names, { status: "approved" });
  const id = (await mp.payments(names))[0]?.id ?? "";
  const arrived = await arrive(id);
  for (let copy = 0; copy < 5; copy += 1) await receiveWebhook(gateways(), "mercadopago", arrived);
  expect(await stored()).toBe(1);
  await expect(arrive(id, { secret: "another secret" })).rejects.toMatchObject({
    code: "webhook.not_authentic",
  });
  expect(await stored()).toBe(1);
});

test("a genuine notice of an unpaid payment grants nothing, whatever its body says", async () => {
  const { paymentId, names } = await open();
  await mp.decide(names, { status: "in_process" });
  await arrive((await mp.payments(names))[0]?.id ?? "", { action: "payment.approved" });
  await work();
  expect((await paymentOf(paymentId)).status).toBe("processing");
});

test.each([
  ["amount", { transaction_amount: 990 }],
  ["currency", { currency_id: "USD" }],
  ["reference", { external_reference: "somebody-elses" }],
  ["account", { collector_id: 99 }],
])("money whose %s is not ours is held for review", async (_, lies) => {
  const { paymentId, names } = await open();
  await mp.decide(names, { status: "approved", lies });
  await database().owner.query(
    "insert into private.webhook_events (gateway, kind, reference_kind, reference, verified_by) values ('mercadopago', 'payment', 'preference', $1, 'hint')",
    [names[0]?.value],
  );
  await work();
  expect((await paymentOf(paymentId)).status).toBe("review");
});
