import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { createGateways, processNotices, receiveWebhook } from "@/lib/payments";
import type { Gateway } from "@/lib/payments/gateway";
import { database } from "@/tests/support/database";
import { press } from "./paypal/payer";
import { APP_URL } from "./support/checkout";
import { paypalInHand } from "./support/paypal";
import { chargesOf, openRenewal } from "./support/renewals";
import { aShop, row } from "./support/shops";

const paypal = paypalInHand();
const DAY_MS = 86_400_000;

beforeEach(() => database().owner.query("delete from private.webhook_events"));

const over = (gateway: Gateway) => createGateways([{ id: "paypal", configure: () => () => gateway }], null);
const gateways = () => over(paypal.gateway);
const work = async (known = gateways()) => {
  while ((await processNotices({ gateways: known, name: randomUUID() })) > 0);
};
const inbox = () =>
  row<{ status: string; attempts: number }>("select status, attempts from private.webhook_events");

/** A shop that PayPal charged fifty and twenty days ago. */
async function chargedTwice(): Promise<{ id: string; capture: string }> {
  const shop = await aShop();
  await paypal.sandbox("clock", { ms: -50 * DAY_MS });
  const { autoRenewalId: id, redirectUrl } = await openRenewal({ gateways: gateways() }, shop, {
    gateway: "paypal",
  });
  await press(redirectUrl, "approve");
  await paypal.sandbox("clock", {});
  await database().owner.query(
    "update public.auto_renewals set created_at = now() - interval '50 days' where id = $1",
    [id],
  );
  await hearOf("BILLING.SUBSCRIPTION.ACTIVATED", { id: await subscriptionOf() });
  const charges = (await paypal.state()).paypal.captures;
  for (const { id: name, createTime } of charges) {
    await database().owner.query(
      `update public.payments p set created_at = $2 from private.payment_references r
       where r.payment_id = p.id and r.kind = 'capture' and r.reference = $1`,
      [name, createTime],
    );
  }
  return { id, capture: charges[0]?.id ?? "" };
}

async function subscriptionOf(): Promise<string> {
  return (await paypal.state()).paypal.subscriptions.at(-1)?.id ?? "";
}

async function hearOf(type: string, resource: object, known = gateways()): Promise<void> {
  const { headers, body } = await paypal.event(type, resource);
  await receiveWebhook(known, "paypal", {
    method: "POST",
    url: new URL(`${APP_URL}/api/webhooks/paypal`),
    headers: new Headers(headers),
    rawBody: Buffer.from(body),
    traceId: randomUUID(),
  });
  await work(known);
}

const disputeOf = (capture: string) => ({ disputed_transactions: [{ seller_transaction_id: capture }] });

/** PayPal, leaving a charge out of its list. */
function forgetting(capture: string): Gateway {
  const { subscriptions } = paypal.gateway;
  if (!subscriptions) throw new Error("PayPal has renewals");
  return {
    ...paypal.gateway,
    subscriptions: {
      ...subscriptions,
      async listCharges(names, since) {
        const told = await subscriptions.listCharges(names, since);
        return told.ok
          ? { ok: true, value: told.value.filter(({ references }) => references[0]?.value !== capture) }
          : told;
      },
    },
  };
}

test("a bank that takes back what a renewal collected fifty days ago is heard", async () => {
  const { id, capture } = await chargedTwice();
  expect((await chargesOf(id)).map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
  await paypal.control("disputes", { capture, status: "OPEN" });
  await hearOf("CUSTOMER.DISPUTE.CREATED", disputeOf(capture));
  expect((await chargesOf(id)).map(({ status }) => status)).toEqual(["disputed", "succeeded"]);
});

test("a notice about money that the gateway's list lacks stays open, and what the list holds counts", async () => {
  const { id, capture } = await chargedTwice();
  await database().owner.query("delete from private.webhook_events");
  const other = (await paypal.state()).paypal.captures[1]?.id ?? "";
  await paypal.control("disputes", { capture, status: "OPEN" });
  await paypal.control("disputes", { capture: other, status: "OPEN" });
  await hearOf("CUSTOMER.DISPUTE.CREATED", disputeOf(capture), over(forgetting(capture)));
  expect((await chargesOf(id)).map(({ status }) => status)).toEqual(["succeeded", "disputed"]);
  expect(await inbox()).toEqual({ status: "received", attempts: 1 });
  await database().owner.query("update private.webhook_events set next_attempt_at = now()");
  await work();
  expect((await chargesOf(id)).map(({ status }) => status)).toEqual(["disputed", "disputed"]);
});

test("a notice about a refused try that the gateway replaced by the next one is closed", async () => {
  const { id, capture } = await chargedTwice();
  await database().owner.query("delete from private.webhook_events");
  await database().owner.query(
    `update public.payments p set status = 'failed', paid_at = null from private.payment_references r
     where r.payment_id = p.id and r.kind = 'capture' and r.reference = $1`,
    [capture],
  );
  await hearOf("PAYMENT.SALE.DENIED", { id: capture }, over(forgetting(capture)));
  expect((await chargesOf(id)).map(({ status }) => status)).toEqual(["failed", "succeeded"]);
  expect((await inbox()).status).not.toBe("received");
});
