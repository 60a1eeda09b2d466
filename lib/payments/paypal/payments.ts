import {
  CheckoutPaymentIntent,
  PaypalExperienceUserAction,
  PaypalWalletContextShippingPreference,
} from "@paypal/paypal-server-sdk";
import { log } from "@/lib/log";
import type { Checkout, CheckoutRequest, PaymentState, Reference, ReturnRequest } from "../gateway";
import { type Failure, failed, type Outcome, succeeded } from "../outcome";
import { isNotFound } from "./answers";
import { refusalOfMoney } from "./capabilities";
import type { PaypalClient } from "./client";
import { withDispute } from "./disputes";
import { isKnownStatus, paypalReference, toApproval, toCaptureState, toOrderState, valueOf } from "./map";
import { toPaypal } from "./money";

const NAME = /^[A-Za-z0-9-]{3,64}$/;
const MOST_DESCRIPTION = 127;

/** Opens an order of one unit, to be captured once the payer agrees. */
export async function createCheckout(
  client: PaypalClient,
  request: CheckoutRequest,
): Promise<Outcome<Checkout>> {
  const refusal = refusalOfMoney(request.money);
  if (refusal) return refusal;
  const answer = await client.viaSdk("checkout", ({ orders }) =>
    orders.createOrder({
      paypalRequestId: request.idempotencyKey,
      prefer: "return=minimal",
      body: {
        intent: CheckoutPaymentIntent.Capture,
        purchaseUnits: [
          {
            customId: request.reference,
            invoiceId: request.reference, // PayPal takes an invoice once: a second payment of it is refused there
            description: request.subject.slice(0, MOST_DESCRIPTION),
            amount: toPaypal(request.money),
          },
        ],
        paymentSource: {
          paypal: {
            experienceContext: {
              brandName: "Opttius",
              shippingPreference: PaypalWalletContextShippingPreference.NoShipping,
              userAction: PaypalExperienceUserAction.PayNow,
              returnUrl: request.returnUrl,
              cancelUrl: request.returnUrl,
            },
          },
        },
      },
    }),
  );
  if (!answer.ok) return answer;
  const approval = toApproval(answer.value);
  if (!approval) return failed("unknown-outcome", "malformed", "the order answered in no known form");
  return succeeded({
    redirect: { url: approval.url, method: "GET" },
    gatewayRef: { kind: paypalReference.paypalOrder, value: approval.id },
    secondaryRefs: [],
    expiresAt: request.expiresAt,
  });
}

/**
 * Reads `token` (the order) or `subscription_id`, and captures the order. Whatever the capture comes to, the
 * order is named: the worker asks about it and captures what could not be captured here.
 */
export async function completeReturn(
  client: PaypalClient,
  { form, url }: ReturnRequest,
  isOpen: (reference: Reference) => Promise<boolean> = () => Promise.resolve(true),
): Promise<Outcome<Reference | null>> {
  const subscription = only(form, "subscription_id") ?? only(url.searchParams, "subscription_id");
  if (subscription) return succeeded({ kind: paypalReference.subscription, value: subscription });
  const order = only(form, "token") ?? only(url.searchParams, "token");
  if (!order) return succeeded(null);
  const reference = { kind: paypalReference.paypalOrder, value: order };
  if (!(await isOpen(reference))) return succeeded(reference);
  const captured = await capture(client, order);
  if (!captured.ok) noteUncaptured(order, captured.failure);
  return succeeded(reference);
}

/**
 * The payment as PayPal tells it now.
 *
 * An order that the payer approved is captured here, because nobody else may come: the browser that should have
 * come back never did. The payer agreed to exactly this amount, the order asks for capture, and a second capture
 * of one order is refused by PayPal (docs/decisions/0023). One that is not wanted any more waits until it lapses there.
 * Orders that PayPal no longer knows have expired.
 */
export async function fetchStatus(
  client: PaypalClient,
  references: readonly Reference[],
  mayCapture: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<Outcome<PaymentState | null>> {
  const order = valueOf(references, paypalReference.paypalOrder);
  const captureId = valueOf(references, paypalReference.capture);
  if (order) {
    const found = await readOrder(client, order);
    if (!found.ok) return found;
    if (found.value) return settled(client, order, found.value, mayCapture);
    if (!captureId) return succeeded(gone(references));
  }
  return captureId ? readByCapture(client, captureId) : succeeded(null);
}

async function settled(
  client: PaypalClient,
  order: string,
  state: PaymentState,
  mayCapture: () => Promise<boolean>,
): Promise<Outcome<PaymentState | null>> {
  if (state.rawStatus !== "APPROVED") return withDispute(client, state);
  if (!(await mayCapture())) return succeeded({ ...state, normalized: "pending" });
  const captured = await captureApproved(client, order);
  if (captured.ok) return captured.value ? withDispute(client, captured.value) : captured;
  const { failure } = captured;
  // The payer may choose another card on the same page; the order is open until then.
  if (failure.kind === "declined")
    return succeeded({ ...state, normalized: "pending", reason: failure.code });
  if (failure.kind === "invalid") return succeeded({ ...state, reason: failure.code });
  return failure.kind === "unknown-outcome"
    ? failed("unavailable", failure.code, failure.detail) // asking again captures at most once
    : captured;
}

/**
 * Captures an order that the payer approved. PayPal answers a repeated key with what it answered first, a refusal too
 * (a return before the approval, a card that was declined). Where the order waits all the same, this approval came later,
 * and it gets a key of its own.
 */
async function captureApproved(client: PaypalClient, order: string): Promise<Outcome<PaymentState | null>> {
  const first = await capture(client, order);
  if (!first.ok && first.failure.kind !== "declined") return first;
  const then = await readOrder(client, order);
  if (!then.ok || then.value?.rawStatus !== "APPROVED" || then.value.updatedAt === null)
    return first.ok ? then : first;
  const second = await capture(client, order, `-${then.value.updatedAt.getTime()}`);
  return second.ok ? readOrder(client, order) : second;
}

/** An order that does not wait for a capture any more, or not yet, is no failure. */
async function capture(client: PaypalClient, order: string, approval = ""): Promise<Outcome<null>> {
  const answer = await client.viaSdk("checkout", ({ orders }) =>
    orders.captureOrder({
      id: order,
      paypalRequestId: `capture-${order}${approval}`,
      prefer: "return=minimal",
    }),
  );
  if (answer.ok || ["ORDER_ALREADY_CAPTURED", "ORDER_NOT_APPROVED"].includes(answer.failure.code))
    return succeeded(null);
  return answer;
}

async function readOrder(client: PaypalClient, id: string): Promise<Outcome<PaymentState | null>> {
  const answer = await client.viaSdk("state", ({ orders }) => orders.getOrder({ id }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  return known(toOrderState(answer.value));
}

async function readByCapture(client: PaypalClient, id: string): Promise<Outcome<PaymentState | null>> {
  const found = await readCapture(client, id);
  if (!found.ok || !found.value) return found.ok ? succeeded(null) : found;
  const { state, orderId } = found.value;
  // The order tells refunds and the amount asked for; a subscription's charge has none.
  const whole = orderId ? await readOrder(client, orderId) : succeeded(null);
  return whole.ok ? withDispute(client, whole.value ?? state) : whole;
}

/** A capture, or nothing where PayPal knows none of that name. */
export async function readCapture(
  client: PaypalClient,
  captureId: string,
): Promise<Outcome<ReturnType<typeof toCaptureState>>> {
  const answer = await client.viaSdk("state", ({ payments }) => payments.getCapturedPayment({ captureId }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const read = toCaptureState(answer.value);
  return read ? succeeded(read) : failed("unavailable", "malformed", "a capture in no known form");
}

function known(state: PaymentState | null): Outcome<PaymentState> {
  if (!state) return failed("unavailable", "malformed", "an order in no known form");
  if (!isKnownStatus(state.rawStatus))
    log.warn({ gateway: "paypal", status: state.rawStatus }, "an unknown status counts as pending");
  return succeeded(state);
}

/** PayPal forgets orders that nobody approved; one that it forgot can never be captured. */
function gone(references: readonly Reference[]): PaymentState {
  return {
    normalized: "expired",
    rawStatus: "RESOURCE_NOT_FOUND",
    reference: valueOf(references, paypalReference.order) ?? null,
    amountExpectedMinor: null,
    amountPaidMinor: 0,
    amountRefundedMinor: 0,
    currency: null,
    underpaid: false,
    reason: "order_gone",
    updatedAt: null,
    objection: null,
    references: [],
  };
}

function noteUncaptured(order: string, failure: Failure): void {
  log.warn(
    { gateway: "paypal", order, failure },
    "an order was not captured on return; the worker tries again",
  );
}

/** A field that stands there once: two would let two readers mean different orders. */
function only(fields: URLSearchParams, name: string): string | null {
  const [value, ...more] = fields.getAll(name);
  return value !== undefined && more.length === 0 && NAME.test(value) ? value : null;
}
