import { hundredths, readAmount, written } from "./amounts";
import { type Answer, type Call, created, ok, text } from "./call";
import { PaypalError } from "./errors";
import {
  type Amount,
  type Capture,
  newId,
  type Order,
  type PaypalState,
  type Refund,
  type RefundStatus,
  stamp,
} from "./state";

const captureEvents: Readonly<Partial<Record<Capture["status"], string>>> = {
  COMPLETED: "PAYMENT.CAPTURE.COMPLETED",
  PENDING: "PAYMENT.CAPTURE.PENDING",
  DECLINED: "PAYMENT.CAPTURE.DENIED",
  REVERSED: "PAYMENT.CAPTURE.REVERSED",
};

type Making = Pick<Capture, "orderId" | "subscriptionId" | "customId" | "invoiceId" | "amount"> & {
  readonly status: Order["fate"] | Capture["status"];
};

/** Takes money, or fails to, and says so to the merchant. */
export function makeCapture(
  { store, now, events }: Pick<Call, "store" | "now" | "events">,
  making: Making,
): Capture {
  const { orderId, subscriptionId, customId, invoiceId, amount, status } = making;
  const at = stamp(now());
  const capture: Capture = {
    id: newId(),
    orderId,
    subscriptionId,
    customId,
    invoiceId,
    amount,
    status: status === "INSTRUMENT_DECLINED" ? "DECLINED" : status,
    createTime: at,
    updateTime: at,
  };
  store.state.captures.push(capture);
  store.changed();
  tellOfCapture({ events }, capture);
  return capture;
}

/** A subscription's charge is told of as a sale, in the older spelling of amounts. */
export function tellOfCapture({ events }: Pick<Call, "events">, capture: Capture): void {
  const type = captureEvents[capture.status];
  if (type && capture.subscriptionId === null) events.send(type, "capture", describeCapture(capture));
  else if (capture.status === "COMPLETED" || capture.status === "REVERSED")
    events.send(`PAYMENT.SALE.${capture.status}`, "sale", {
      id: capture.id,
      state: capture.status.toLowerCase(),
      amount: asSale(capture.amount),
      billing_agreement_id: capture.subscriptionId,
      custom: capture.customId,
      create_time: capture.createTime,
      update_time: capture.updateTime,
    });
}

/** `GET /v2/payments/captures/{id}` */
export function getCapture({ store, ids }: Call): Answer {
  return ok(describeCapture(findCapture(store.state, ids[0])));
}

/** `POST /v2/payments/captures/{id}/refund` */
export function refundCapture(call: Call): Answer {
  const { store, ids, body, now, origin } = call;
  const capture = findCapture(store.state, ids[0]);
  if (capture.status === "REFUNDED") throw PaypalError.unprocessable("CAPTURE_FULLY_REFUNDED");
  if (capture.status !== "COMPLETED" && capture.status !== "PARTIALLY_REFUNDED")
    throw PaypalError.unprocessable("CAPTURE_STATUS_NOT_VALID");
  const left = hundredths(capture.amount) - refundedOf(store.state, capture.id);
  const currency = capture.amount.currency_code;
  const amount =
    "amount" in body
      ? readAmount(body["amount"])
      : { currency_code: currency, value: written(left, currency) };
  if (amount.currency_code !== currency) throw PaypalError.unprocessable("REFUND_CAPTURE_CURRENCY_MISMATCH");
  if (hundredths(amount) > left) throw PaypalError.unprocessable("REFUND_AMOUNT_EXCEEDED");
  const refund: Refund = {
    id: newId(),
    captureId: capture.id,
    customId: text(body, "custom_id"),
    amount,
    status: "COMPLETED",
    createTime: stamp(now()),
  };
  store.state.refunds.push(refund);
  settleRefund(call, refund, "COMPLETED");
  return created(describeRefund(refund, origin));
}

/** `GET /v2/payments/refunds/{id}` */
export function getRefund({ store, ids, origin }: Call): Answer {
  const refund = store.state.refunds.find((one) => one.id === ids[0]);
  if (!refund) throw PaypalError.notFound();
  return ok(describeRefund(refund, origin));
}

/** What became of a refund, on its capture too, and said to the merchant. */
export function settleRefund(
  { store, now, events, origin }: Pick<Call, "store" | "now" | "events" | "origin">,
  refund: Refund,
  status: RefundStatus,
): void {
  refund.status = status;
  const capture = findCapture(store.state, refund.captureId);
  const refunded = refundedOf(store.state, capture.id);
  capture.status =
    refunded === 0 ? "COMPLETED" : refunded < hundredths(capture.amount) ? "PARTIALLY_REFUNDED" : "REFUNDED";
  capture.updateTime = stamp(now());
  store.changed();
  if (status === "COMPLETED" && capture.subscriptionId !== null)
    return events.send("PAYMENT.SALE.REFUNDED", "refund", {
      id: refund.id,
      state: "completed",
      amount: asSale(refund.amount),
      sale_id: capture.id,
      billing_agreement_id: capture.subscriptionId,
      create_time: refund.createTime,
      update_time: capture.updateTime,
    });
  const type = {
    COMPLETED: "PAYMENT.CAPTURE.REFUNDED",
    PENDING: "PAYMENT.REFUND.PENDING",
    FAILED: "PAYMENT.REFUND.FAILED",
    CANCELLED: "PAYMENT.REFUND.CANCELLED",
  };
  events.send(type[status], "refund", describeRefund(refund, origin));
}

function asSale({ value, currency_code }: Amount): { total: string; currency: string } {
  return { total: value, currency: currency_code };
}

export function findCapture(state: PaypalState, id: string | undefined): Capture {
  const capture = state.captures.find((one) => one.id === id);
  if (!capture) throw PaypalError.notFound();
  return capture;
}

export function describeCapture(capture: Capture): Record<string, unknown> {
  return {
    id: capture.id,
    status: capture.status,
    ...(capture.status === "PENDING" ? { status_details: { reason: "PENDING_REVIEW" } } : {}),
    amount: capture.amount,
    final_capture: true,
    custom_id: capture.customId ?? undefined,
    invoice_id: capture.invoiceId ?? undefined,
    ...(capture.orderId === null
      ? {}
      : { supplementary_data: { related_ids: { order_id: capture.orderId } } }),
    create_time: capture.createTime,
    update_time: capture.updateTime,
    links: [],
  };
}

export function describeRefund(refund: Refund, origin: string): Record<string, unknown> {
  return {
    id: refund.id,
    status: refund.status,
    amount: refund.amount,
    custom_id: refund.customId ?? undefined,
    create_time: refund.createTime,
    update_time: refund.createTime,
    links: [{ href: `${origin}/paypal/v2/payments/captures/${refund.captureId}`, rel: "up", method: "GET" }],
  };
}

function refundedOf(state: PaypalState, captureId: string): number {
  return state.refunds
    .filter((one) => one.captureId === captureId && (one.status === "COMPLETED" || one.status === "PENDING"))
    .reduce((sum, one) => sum + hundredths(one.amount), 0);
}
