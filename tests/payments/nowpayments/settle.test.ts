import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { comeBack, createGateways, openPayment, processNotices, receiveWebhook } from "@/lib/payments";
import type { Gateway } from "@/lib/payments/gateway";
import { database } from "@/tests/support/database";
import { APP_URL, ownerOf, paymentOf, subscriptionOf } from "../support/checkout";
import { nowPaymentsInHand, nowPaymentsKeys } from "../support/nowpayments";
import { aShop, count, row, type Shop } from "../support/shops";
import { hmac } from "./signing";

const now = nowPaymentsInHand();
let shop: Shop;

beforeEach(async () => {
  await database().owner.query("delete from private.webhook_events");
  shop = await aShop();
});

const gateways = (gateway: Gateway = now.gateway) =>
  createGateways([{ id: "nowpayments", configure: () => () => gateway }], null);
const open = async () => {
  const opened = await openPayment(
    ownerOf(shop),
    { gateway: "nowpayments", tier: "pro", interval: "month" },
    randomUUID(),
    { gateways: gateways(), appUrl: APP_URL, language: "es", subject: () => "Opttius Pro, 1 año ñandú ✓" },
  );
  const invoice = new URL(opened.redirectUrl).searchParams.get("iid") ?? "";
  return { paymentId: opened.paymentId, names: [{ kind: "invoice", value: invoice }] };
};
type Names = Awaited<ReturnType<typeof open>>["names"];
/** NOWPayments' notice about the last payment arrives. */
const arrive = async (names: Names, style?: string) => {
  const { headers, rawBody } = await now.notice(names, style);
  const url = new URL(`${APP_URL}/api/webhooks/nowpayments`);
  const arrived = { method: "POST", url, headers, rawBody, traceId: randomUUID() };
  await receiveWebhook(gateways(), "nowpayments", arrived);
  return arrived;
};
const work = async (gateway?: Gateway) => {
  while ((await processNotices({ gateways: gateways(gateway), name: randomUUID() })) > 0);
};
const ask = (paymentId: string) =>
  database().owner.query(
    `insert into private.webhook_events (gateway, kind, reference_kind, reference, verified_by)
     select 'nowpayments', 'payment', 'order', reference, 'hint' from private.payment_references where payment_id = $1 and kind = 'order'`,
    [paymentId],
  );
const stored = () => count("private.webhook_events");

test.each(["node", "php", "python"])(
  "a notice signed as the %s sample signs activates the shop, without a login",
  async (style) => {
    const { paymentId, names } = await open();
    await now.decide(names, { status: "finished" });
    await arrive(names, style);
    await work(now.withoutLogin());
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
    expect((await subscriptionOf(shop)).status).toBe("active");
  },
);

test("what is sent to NOWPayments is a price in dollars, in plain letters, with the way back to this payment", async () => {
  const { paymentId } = await open();
  const [invoice] = (await now.state()).invoices;
  const { amount, reference } = await row<{ amount: number; reference: string }>(
    "select p.amount, r.reference from public.payments p join private.payment_references r on r.payment_id = p.id and r.kind = 'order' where p.id = $1",
    [paymentId],
  );
  expect(invoice).toMatchObject({
    orderId: reference,
    description: "Opttius Pro, 1 anio niandu ?",
    price: amount / 100,
    priceCurrency: "usd",
    successUrl: `${APP_URL}/api/payments/return/nowpayments?order=${reference}`,
    cancelUrl: `${APP_URL}/api/payments/return/nowpayments?order=${reference}`,
    fixedRate: false,
  });
});

test("each step of a payment, told in any order and twice, activates the shop once", async () => {
  const { paymentId, names } = await open();
  for (const status of ["finished", "waiting", "sending", "finished", "confirming"]) {
    await now.decide(names, { status });
    await arrive(names);
  }
  await now.decide(names, { status: "finished" });
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
  expect(await count("private.payment_ledger where payment_id = $1", [paymentId])).toBe(1);
});

test("a notice that comes again is stored once, and a changed one never", async () => {
  const { names } = await open();
  await now.decide(names, { status: "finished" });
  const arrived = await arrive(names);
  for (let copy = 0; copy < 5; copy += 1) await receiveWebhook(gateways(), "nowpayments", arrived);
  const rawBody = Buffer.from(arrived.rawBody.toString().replace('"usdttrc20"', '"btc"'));
  await expect(receiveWebhook(gateways(), "nowpayments", { ...arrived, rawBody })).rejects.toMatchObject({
    code: "webhook.not_authentic",
  });
  expect(await stored()).toBe(1);
});

test("a genuine notice of finished money about a payment that waits grants nothing", async () => {
  const { paymentId, names } = await open();
  await now.decide(names, { lies: { payment_status: "finished" } });
  await arrive(names);
  await now.decide(names, { lies: {} });
  await work();
  expect((await paymentOf(paymentId)).status).toBe("pending");
  expect((await subscriptionOf(shop)).status).toBe("pending_payment");
});

describe("a payment of which no notice ever came", () => {
  test("is found through its invoice", async () => {
    const { paymentId, names } = await open();
    await now.decide(names, { status: "finished" });
    await ask(paymentId);
    await work();
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
  });

  test("waits and does not fail where nobody may list payments", async () => {
    const { paymentId, names } = await open();
    await now.decide(names, { status: "finished" });
    await ask(paymentId);
    await work(now.withoutLogin());
    expect((await paymentOf(paymentId)).status).toBe("pending");
    expect(await count("private.webhook_events where status <> 'done'")).toBe(0);
    await arrive(names); // resent from the dashboard
    await work(now.withoutLogin());
    expect((await paymentOf(paymentId)).status).toBe("succeeded");
  });
});

test("half of the price grants nothing and does not expire; the rest activates the shop", async () => {
  const { paymentId, names } = await open();
  const { payAmount } = await firstPayment(names);
  const first = await now.decide(names, { status: "partially_paid", actuallyPaid: payAmount / 2 });
  await arrive(names);
  await work();
  expect((await paymentOf(paymentId)).status).toBe("processing");
  expect((await subscriptionOf(shop)).status).toBe("pending_payment");
  await now.decide(names, { new: true, topUp: first.payment_id, status: "finished" });
  await arrive(names);
  await work(now.withoutLogin()); // both payments are known by their notices
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
});

test.each([
  ["of any amount", 0.01],
  ["of the whole amount", undefined],
])("a second deposit %s beside an unpaid address goes to people", async (_, actuallyPaid) => {
  const { paymentId, names } = await open();
  const first = await now.decide(names, { status: "expired" });
  await now.decide(names, {
    new: true,
    coin: "trx",
    parent: first.payment_id,
    status: "finished",
    ...(actuallyPaid === undefined ? {} : { actuallyPaid }),
  });
  await arrive(names);
  await work(now.withoutLogin());
  expect((await paymentOf(paymentId)).status).toBe("review");
  expect((await subscriptionOf(shop)).status).toBe("pending_payment");
});

test("a payment of another account, which our key cannot open, touches nobody", async () => {
  const { paymentId, names } = await open();
  await now.decide(names, { status: "waiting" });
  const { orderId } = (await now.state()).invoices[0] ?? {};
  const text = JSON.stringify({ order_id: orderId, payment_id: 4_999_999_999, payment_status: "finished" });
  await receiveWebhook(gateways(), "nowpayments", {
    method: "POST",
    url: new URL(`${APP_URL}/api/webhooks/nowpayments`),
    headers: new Headers({ "x-nowpayments-sig": hmac(text, nowPaymentsKeys.nowpaymentsIpnSecret) }),
    rawBody: Buffer.from(text),
    traceId: randomUUID(),
  });
  await work();
  expect((await paymentOf(paymentId)).status).toBe("pending");
  expect(await count("private.webhook_events where reference = '4999999999' and status = 'received'")).toBe(
    1,
  );
});

test("a payer who comes back is shown the payment, by whatever of ours or theirs the address holds", async () => {
  const { paymentId } = await open();
  const [invoice] = (await now.state()).invoices;
  const back = new URL(invoice?.successUrl ?? "");
  back.searchParams.set("NP_id", "5077125051");
  const at = (url: URL) =>
    comeBack(gateways(), "nowpayments", { method: "GET", url, form: new URLSearchParams() }, "t");
  expect(await at(back)).toMatchObject({ id: paymentId });
  expect(await at(new URL(`${APP_URL}/x?iid=${invoice?.id}`))).toMatchObject({ id: paymentId });
  expect(await at(new URL(`${APP_URL}/x?order=${invoice?.orderId?.toUpperCase()}`))).toBeNull();
  expect(await at(new URL(`${APP_URL}/x?order=a&order=b`))).toBeNull();
});

test("payers decide on the hosted page, and each step is told with a signature that holds", async () => {
  const { paymentId } = await open();
  const [invoice] = (await now.state()).invoices;
  const answer = await fetch(`${now.url}/nowpayments/payment/`, {
    method: "POST",
    body: new URLSearchParams({ iid: invoice?.id ?? "", coin: "trx", action: "approve" }),
    redirect: "manual",
  });
  expect(answer.headers.get("location")).toMatch(/order=[0-9a-f]{32}&NP_id=\d+$/);
  const told = async () =>
    new Set(
      (await now.callbacks()).deliveries.map(
        ({ body }) => (JSON.parse(body) as { payment_status: string }).payment_status,
      ),
    );
  await expect
    .poll(told, { timeout: 10_000 })
    .toEqual(new Set(["waiting", "confirming", "confirmed", "sending", "finished"]));
  await ask(paymentId);
  await work();
  expect((await paymentOf(paymentId)).status).toBe("succeeded");
});

async function firstPayment(names: Names): Promise<{ payAmount: number }> {
  await now.decide(names, {});
  const [payment] = (await now.state()).payments;
  if (!payment) throw new Error("there is no payment");
  return payment;
}
