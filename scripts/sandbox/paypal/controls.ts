import { approveSubscription, chargeDue } from "./billing";
import { type Call, isObject } from "./call";
import { findCapture, settleRefund, tellOfCapture } from "./captures";
import { approveOrder, captureOrder } from "./orders";
import { newId, stamp } from "./state";

type Surroundings = Omit<Call, "request" | "ids" | "body">;
type Control = (around: Surroundings, change: Record<string, unknown>) => unknown;

const fates = ["COMPLETED", "PENDING", "DECLINED", "INSTRUMENT_DECLINED"] as const;
const captureStatuses = ["COMPLETED", "PENDING", "DECLINED", "REVERSED"] as const;
const refundStatuses = ["COMPLETED", "PENDING", "FAILED", "CANCELLED"] as const;
const disputeStatuses = ["OPEN", "UNDER_REVIEW", "RESOLVED"] as const;

/**
 * What no caller of PayPal could order:
 *
 * - `orders {id | customId, approve?, capture?, fate?, forget?, lies?}`
 * - `captures {id, status}`, `refunds {id, status}`
 * - `subscriptions {id | customId, approve?, refuse?, refusals?}`; `refusals`: the next charges that fail
 * - `disputes {capture, status}` opens one or decides it
 * - `settings {webhookUrl?, maySearch?}`
 */
export const controls: Readonly<Record<string, Control>> = {
  orders(around, change) {
    const { state } = around.store;
    const order = state.orders.find(
      ({ id, customId }) => id === change["id"] || customId === change["customId"],
    );
    if (!order) throw new Error("there is no such order");
    order.fate = oneOf(fates, change["fate"]) ?? order.fate;
    if (isObject(change["lies"])) order.lies = change["lies"];
    if (change["approve"] === true || change["capture"] === true) approveOrder(around, order);
    if (change["capture"] === true)
      captureOrder({ ...around, request: NO_REQUEST, ids: [order.id], body: {} });
    if (change["forget"] === true) state.orders = state.orders.filter((one) => one !== order);
    return order;
  },
  captures(around, { id, status }) {
    const capture = findCapture(around.store.state, String(id));
    capture.status = required(captureStatuses, status);
    capture.updateTime = stamp(around.now());
    tellOfCapture(around, capture);
    return capture;
  },
  refunds(around, { id, status }) {
    const refund = around.store.state.refunds.find((one) => one.id === id);
    if (!refund) throw new Error("there is no such refund");
    settleRefund(around, refund, required(refundStatuses, status));
    return refund;
  },
  subscriptions(around, change) {
    const subscription = around.store.state.subscriptions.find(
      ({ id, customId }) => id === change["id"] || customId === change["customId"],
    );
    if (!subscription) throw new Error("there is no such subscription");
    if (typeof change["refusals"] === "number") subscription.refusals = change["refusals"];
    if (change["approve"] === true) approveSubscription(around, subscription);
    chargeDue(around, subscription);
    return subscription;
  },
  disputes(around, { capture, status }) {
    const { state } = around.store;
    const { id: captureId } = findCapture(state, String(capture));
    const wanted = required(disputeStatuses, status);
    const before = state.disputes.find((one) => one.captureId === captureId);
    const dispute = before ?? {
      id: newId("PP-D-", 5),
      captureId,
      status: wanted,
      createTime: stamp(around.now()),
    };
    dispute.status = wanted;
    if (!before) state.disputes.push(dispute);
    const what = before ? (wanted === "RESOLVED" ? "RESOLVED" : "UPDATED") : "CREATED";
    around.events.send(`CUSTOMER.DISPUTE.${what}`, "dispute", {
      dispute_id: dispute.id,
      status: dispute.status,
      disputed_transactions: [{ seller_transaction_id: captureId }],
    });
    return dispute;
  },
  settings({ store: { state } }, { webhookUrl, maySearch }) {
    if (typeof webhookUrl === "string") state.webhookUrl = webhookUrl;
    if (typeof maySearch === "boolean") state.maySearch = maySearch;
    return {};
  },
};

const NO_REQUEST: Call["request"] = {
  method: "POST",
  url: new URL("http://127.0.0.1/"),
  headers: {},
  body: "",
};

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

function required<T extends string>(known: readonly T[], value: unknown): T {
  const found = oneOf(known, value);
  if (!found) throw new Error(`status must be one of ${known.join(", ")}`);
  return found;
}
