import { randomUUID } from "node:crypto";
import type {
  AutoRenewalRequest,
  CheckoutRequest,
  PaymentState,
  Reference,
  RefundRequest,
} from "@/lib/payments/gateway";
import { valueOf } from "../contract-driver";
import type { PaypalInHand } from "../support/paypal";

export const RETURN_URL = new URL("https://shop.test/api/payments/return/paypal");
const NOTIFY_URL = "https://shop.test/api/webhooks/paypal";

export const minutes = (count: number) => new Date(Date.now() + count * 60_000);
export const token = () => randomUUID().replaceAll("-", "");

export function aCheckout(change: Partial<CheckoutRequest> = {}): CheckoutRequest {
  return {
    paymentId: randomUUID(),
    reference: token(),
    idempotencyKey: randomUUID(),
    money: { amountMinor: 2_990, currency: "USD" },
    subject: "Opttius Pro, 1 mes",
    payer: { email: "owner@vista.test" },
    returnUrl: RETURN_URL.href,
    notifyUrl: NOTIFY_URL,
    expiresAt: minutes(60),
    ...change,
  };
}

export function aRefund(payment: readonly Reference[], change: Partial<RefundRequest> = {}): RefundRequest {
  return {
    refundId: randomUUID(),
    idempotencyKey: randomUUID(),
    reference: token(),
    payment,
    money: { amountMinor: 1_000, currency: "USD" },
    payer: { email: "owner@vista.test" },
    notifyUrl: NOTIFY_URL,
    ...change,
  };
}

export function aRenewal(change: Partial<AutoRenewalRequest> = {}): AutoRenewalRequest {
  return {
    autoRenewalId: randomUUID(),
    reference: token(),
    idempotencyKey: randomUUID(),
    money: { amountMinor: 2_990, currency: "USD" },
    interval: "month",
    firstChargeAt: null,
    subject: "Opttius Pro",
    payer: { email: "owner@vista.test", name: "Ana Pérez" },
    returnUrl: RETURN_URL.href,
    notifyUrl: NOTIFY_URL,
    ...change,
  };
}

/** What a payment is that its shop still waits for. */
export const wanted = () => Promise.resolve(true);

/** Presses a button of a hosted page. */
export function press(page: string, action: string): Promise<Response> {
  return fetch(page, { method: "POST", body: new URLSearchParams({ action }), redirect: "manual" });
}

/** What tests do with payments at PayPal. */
export function payerOf(paypal: PaypalInHand) {
  async function open(amountMinor = 2_990) {
    const asked = aCheckout({ money: { amountMinor, currency: "USD" } });
    const checkout = valueOf(await paypal.gateway.createCheckout(asked));
    const { reference } = asked;
    const names: Reference[] = [
      checkout.gatewayRef,
      ...checkout.secondaryRefs,
      { kind: "order", value: reference },
    ];
    return { checkout, reference, names, id: checkout.gatewayRef.value };
  }

  return {
    open,
    paid: async (amountMinor?: number) => {
      const opened = await open(amountMinor);
      await paypal.control("orders", { id: opened.id, capture: true });
      const { id: captureId } = await paypal.capture(opened.names);
      return { ...opened, captureId };
    },
    approve: (id: string, fate?: string) =>
      paypal.control("orders", { id, approve: true, ...(fate ? { fate } : {}) }),
    comeBack: (address: URL) =>
      paypal.gateway.completeReturn({ method: "GET", url: address, form: new URLSearchParams() }),
    stateOf: async (names: readonly Reference[]): Promise<PaymentState> => {
      const state = valueOf(await paypal.gateway.fetchStatus(names, wanted));
      if (!state) throw new Error("PayPal knows no such payment");
      return state;
    },
    pathsOf: (method: string, path: RegExp) =>
      paypal.calls.filter((call) => call.method === method && path.test(call.path)),
  };
}
