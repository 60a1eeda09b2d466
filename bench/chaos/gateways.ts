import { createHmac, randomUUID } from "node:crypto";
import { control, remembered } from "@/scripts/sandbox/control";
import type { FlowState } from "@/scripts/sandbox/flow/orders";
import type { MercadoPagoState } from "@/scripts/sandbox/mercadopago/state";
import type { NowState } from "@/scripts/sandbox/nowpayments/state";
import { hundredths } from "@/scripts/sandbox/paypal/amounts";
import type { SignedEvent } from "@/scripts/sandbox/paypal/events";
import type { PaypalState } from "@/scripts/sandbox/paypal/state";

/** A notice that nobody at the gateway sent, for our webhook route. */
export interface Forgery {
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body: string;
}

/** How a chaos run plays the payers of one gateway, what forgers would send, and what the gateway believes. */
export interface ChaosGateway {
  readonly id: string;
  /** Buttons of the hosted page. `reject`: the bank says no. */
  readonly buttons: Readonly<Record<"pay" | "reject" | "leave", string>>;
  /** Lets the payer of this hosted page pay, and the gateway say that it was less than was asked for. */
  payShort(sandboxUrl: string, page: URL): Promise<void>;
  /** Notices that call the payment of this hosted page paid. */
  forge(sandboxUrl: string, page: URL): Promise<readonly Forgery[]>;
  /** What the gateway holds for us: minor units by our own reference. */
  paid(sandboxUrl: string): Promise<ReadonlyMap<string, number>>;
}

interface SandboxState {
  readonly flow: FlowState;
  readonly mercadopago: MercadoPagoState;
  readonly paypal: PaypalState;
  readonly nowpayments: NowState;
}

async function stateOf<Name extends keyof SandboxState>(
  url: string,
  name: Name,
): Promise<SandboxState[Name]> {
  return (await remembered<SandboxState>(url))[name];
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "content-type": "application/json" };

function sums(paid: readonly (readonly [string | null, number])[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const [reference, amount] of paid)
    if (reference !== null) total.set(reference, (total.get(reference) ?? 0) + amount);
  return total;
}

function named(page: URL, name: string): string {
  const value = page.searchParams.get(name);
  if (value === null) throw new Error(`the page has no ${name}`);
  return value;
}

function hmac(algorithm: string, text: string): string {
  return createHmac(algorithm, "a secret that somebody guessed").update(text).digest("hex");
}

const flow: ChaosGateway = {
  id: "flow",
  buttons: { pay: "approve", reject: "reject", leave: "leave" },
  async payShort(sandboxUrl, page) {
    const order = { token: named(page, "token"), status: 2, callback: true };
    await control(sandboxUrl, "flow/orders", { ...order, lies: { amount: 1_000, paymentData: null } });
  },
  // Flow signs nothing: whoever knows a token can send this, and a token of nobody's.
  forge: async (_, page) => [
    { headers: FORM, body: `token=${named(page, "token")}&status=2` },
    { headers: FORM, body: `token=F0RGED${randomUUID().replaceAll("-", "")}` },
  ],
  async paid(sandboxUrl) {
    const { orders } = await stateOf(sandboxUrl, "flow");
    return sums(orders.filter(({ status }) => status === 2).map((one) => [one.commerceOrder, one.amount]));
  },
};

const mercadopago: ChaosGateway = {
  id: "mercadopago",
  buttons: { pay: "approve", reject: "reject", leave: "leave" },
  async payShort(sandboxUrl, page) {
    const payment = { preference_id: named(page, "pref_id"), status: "approved", callback: true };
    await control(sandboxUrl, "mercadopago/payments", { ...payment, lies: { transaction_amount: 1_000 } });
  },
  async forge(sandboxUrl, page) {
    const { payments } = await stateOf(sandboxUrl, "mercadopago");
    const tried = payments.findLast(({ preferenceId }) => preferenceId === named(page, "pref_id"));
    const id = String(tried?.id ?? 128_000_000_001);
    const [ts, requestId] = [String(Date.now()), randomUUID()];
    const v1 = hmac("sha256", `id:${id};request-id:${requestId};ts:${ts};`);
    const body = JSON.stringify({
      action: "payment.updated",
      data: { id },
      type: "payment",
      status: "approved",
    });
    const query = `?data.id=${id}&type=payment`;
    const signed = { ...JSON_TYPE, "x-request-id": requestId, "x-signature": `ts=${ts},v1=${v1}` };
    return [
      { headers: signed, query, body },
      { headers: JSON_TYPE, query, body },
    ];
  },
  async paid(sandboxUrl) {
    const { payments } = await stateOf(sandboxUrl, "mercadopago");
    const approved = payments.filter(({ status }) => status === "approved");
    return sums(approved.map((one) => [one.externalReference, one.amount]));
  },
};

const paypal: ChaosGateway = {
  id: "paypal",
  buttons: { pay: "approve", reject: "declined", leave: "cancel" },
  async payShort(sandboxUrl, page) {
    const lies = { amount: { currency_code: "USD", value: "1.00" } };
    await control(sandboxUrl, "paypal/orders", { id: named(page, "token"), approve: true, lies });
  },
  async forge(sandboxUrl, page) {
    const id = named(page, "token");
    const { orders } = await stateOf(sandboxUrl, "paypal");
    const order = orders.find((one) => one.id === id);
    const resource = {
      id: "8F148933LY9388354",
      status: "COMPLETED",
      amount: order?.amount,
      custom_id: order?.customId,
      invoice_id: order?.invoiceId,
      supplementary_data: { related_ids: { order_id: id } },
    };
    const event = { type: "PAYMENT.CAPTURE.COMPLETED", resource };
    // One under PayPal's own signature, and untrue; one under the signature of another event.
    const untrue = await control<SignedEvent>(sandboxUrl, "paypal/events", event);
    return [untrue, { ...untrue, body: untrue.body.replace('"id":"WH-', '"id":"WH-F') }];
  },
  async paid(sandboxUrl) {
    const { captures, orders } = await stateOf(sandboxUrl, "paypal");
    const honest = new Set(orders.filter(({ lies }) => lies.amount === undefined).map(({ id }) => id));
    const taken = captures.filter(
      ({ status, orderId }) => status === "COMPLETED" && orderId !== null && honest.has(orderId),
    );
    return sums(taken.map((one) => [one.customId, hundredths(one.amount)]));
  },
};

const nowpayments: ChaosGateway = {
  id: "nowpayments",
  buttons: { pay: "approve", reject: "expire", leave: "leave" },
  async payShort(sandboxUrl, page) {
    const payment = { invoice: named(page, "iid"), status: "finished", callback: true };
    await control(sandboxUrl, "nowpayments/payments", { ...payment, lies: { actually_paid: 0.000_001 } });
  },
  async forge(sandboxUrl, page) {
    const invoiceId = named(page, "iid");
    const { invoices, payments } = await stateOf(sandboxUrl, "nowpayments");
    const invoice = invoices.find(({ id }) => id === invoiceId);
    const payment = payments.findLast((one) => one.invoiceId === invoiceId);
    const body = JSON.stringify({
      actually_paid: payment?.payAmount ?? 1,
      invoice_id: Number(invoiceId),
      order_id: invoice?.orderId,
      payment_id: payment?.id ?? 5_000_000_001,
      payment_status: "finished",
      price_amount: invoice?.price,
      price_currency: "usd",
    });
    return [
      { headers: { ...JSON_TYPE, "x-nowpayments-sig": hmac("sha512", body) }, body },
      { headers: JSON_TYPE, body },
    ];
  },
  async paid(sandboxUrl) {
    const { invoices, payments } = await stateOf(sandboxUrl, "nowpayments");
    const orders = new Map(invoices.map(({ id, orderId }) => [id, orderId]));
    const finished = payments.filter(({ status }) => status === "finished");
    return sums(
      finished.map(({ invoiceId, price }) => [
        orders.get(invoiceId) ?? null,
        hundredths({ currency_code: "USD", value: price.toFixed(2) }),
      ]),
    );
  },
};

export const chaosGateways: readonly ChaosGateway[] = [flow, mercadopago, paypal, nowpayments];
