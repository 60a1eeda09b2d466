import { readAmount } from "./amounts";
import { type Answer, type Call, created, isObject, ok, part, text } from "./call";
import { describeCapture, describeRefund, makeCapture } from "./captures";
import { PaypalError } from "./errors";
import { newId, type Order, type PaypalState, stamp } from "./state";

/** `POST /v2/checkout/orders` */
export function createOrder(call: Call): Answer {
  const { body, store, now, origin } = call;
  const units: unknown = body["purchase_units"];
  const unit: unknown = Array.isArray(units) ? units[0] : null;
  if (body["intent"] !== "CAPTURE" || !isObject(unit))
    throw new PaypalError(400, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER");
  const wallet = part(part(body, "payment_source"), "paypal");
  const experience = { ...part(body, "application_context"), ...part(wallet, "experience_context") };
  const hasSource = "payment_source" in body;
  const at = stamp(now());
  const order: Order = {
    id: newId(),
    status: hasSource ? "PAYER_ACTION_REQUIRED" : "CREATED",
    referenceId: text(unit, "reference_id") ?? "default",
    customId: text(unit, "custom_id"),
    invoiceId: text(unit, "invoice_id"),
    description: text(unit, "description"),
    amount: readAmount(unit["amount"]),
    returnUrl: text(experience, "return_url") ?? origin,
    cancelUrl: text(experience, "cancel_url") ?? origin,
    fate: "COMPLETED",
    createTime: at,
    updateTime: at,
    lies: {},
  };
  store.state.orders.push(order);
  store.changed();
  return created(describeOrder(store.state, order, origin));
}

/** `GET /v2/checkout/orders/{id}` */
export function getOrder({ store, ids, origin }: Call): Answer {
  return ok(describeOrder(store.state, findOrder(store.state, ids[0]), origin));
}

/** `POST /v2/checkout/orders/{id}/capture` */
export function captureOrder(call: Call): Answer {
  const { store, ids, now, origin } = call;
  const order = findOrder(store.state, ids[0]);
  if (order.status === "COMPLETED") throw PaypalError.unprocessable("ORDER_ALREADY_CAPTURED");
  if (order.status !== "APPROVED") throw PaypalError.unprocessable("ORDER_NOT_APPROVED");
  const isPaidBefore = store.state.captures.some(
    (one) => one.invoiceId !== null && one.invoiceId === order.invoiceId && one.status !== "DECLINED",
  );
  if (isPaidBefore) throw PaypalError.unprocessable("DUPLICATE_INVOICE_ID");
  if (order.fate === "INSTRUMENT_DECLINED") {
    order.status = "PAYER_ACTION_REQUIRED"; // the payer may choose another card on the same page
    order.fate = "COMPLETED";
    store.changed();
    throw PaypalError.unprocessable("INSTRUMENT_DECLINED");
  }
  order.status = "COMPLETED";
  order.updateTime = stamp(now());
  makeCapture(call, { ...order, orderId: order.id, subscriptionId: null, status: order.fate });
  return created(describeOrder(store.state, order, origin));
}

/** The payer's decision on the hosted page, or a control call's. */
export function approveOrder(call: Pick<Call, "store" | "now" | "events" | "origin">, order: Order): void {
  if (order.status !== "PAYER_ACTION_REQUIRED" && order.status !== "CREATED") return;
  order.status = "APPROVED";
  order.updateTime = stamp(call.now());
  call.store.changed();
  call.events.send(
    "CHECKOUT.ORDER.APPROVED",
    "checkout-order",
    describeOrder(call.store.state, order, call.origin),
  );
}

function findOrder(state: PaypalState, id: string | undefined): Order {
  const order = state.orders.find((one) => one.id === id);
  if (!order) throw PaypalError.notFound();
  return order;
}

/** An order as PayPal tells it. */
function describeOrder(state: PaypalState, order: Order, origin: string): Record<string, unknown> {
  const amount = order.lies.amount ?? order.amount;
  const customId = order.lies.customId ?? order.customId;
  const captures = state.captures
    .filter((one) => one.orderId === order.id)
    .map((one) => describeCapture({ ...one, customId, ...(order.lies.amount ? { amount } : {}) }));
  const refunds = state.refunds.filter((one) =>
    state.captures.some(({ id, orderId }) => id === one.captureId && orderId === order.id),
  );
  const page = `${origin}/paypal/checkoutnow?token=${order.id}`;
  return {
    id: order.id,
    intent: "CAPTURE",
    status: order.lies.status ?? order.status,
    purchase_units: [
      {
        reference_id: order.referenceId,
        amount,
        custom_id: customId ?? undefined,
        invoice_id: order.invoiceId ?? undefined,
        description: order.description ?? undefined,
        ...(captures.length === 0
          ? {}
          : { payments: { captures, refunds: refunds.map((one) => describeRefund(one, origin)) } }),
      },
    ],
    create_time: order.createTime,
    update_time: order.updateTime,
    links: [
      { href: `${origin}/paypal/v2/checkout/orders/${order.id}`, rel: "self", method: "GET" },
      { href: page, rel: order.status === "CREATED" ? "approve" : "payer-action", method: "GET" },
    ],
  };
}
