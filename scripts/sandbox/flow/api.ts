import { json, type Reply, type SandboxRequest } from "../http";
import { type Call, FlowError, MIN_CLP, type Operation, pageOf, pesos, required } from "./call";
import { describeOrder, describeRefund, flowDate, newToken, type Order, type Refund } from "./orders";
import { recurringOperations } from "./recurring";
import { signatureIsRight } from "./signature";

export interface FlowKeys {
  readonly apiKey: string;
  readonly secretKey: string;
}

const operations: Readonly<Record<string, Operation>> = {
  ...recurringOperations,
  "payment/create": { method: "POST", run: createPayment },
  "payment/getStatus": { method: "GET", run: (call) => describeOrder(find(call, "token")) },
  "payment/getStatusByCommerceId": { method: "GET", run: (call) => describeOrder(find(call, "commerceId")) },
  "payment/getStatusByFlowOrder": { method: "GET", run: (call) => describeOrder(find(call, "flowOrder")) },
  "payment/getStatusExtended": {
    method: "GET",
    run: (call) => extended(find(call, "token")),
  },
  "payment/getPayments": { method: "GET", run: listPayments },
  "refund/create": { method: "POST", run: createRefund },
  "refund/getStatus": { method: "GET", run: (call) => describeRefund(refundOf(call)) },
  "refund/cancel": { method: "POST", run: cancelRefund },
};

/** Answers one call of `/flow/api/…`: key and signature first, then the operation. */
export function answerApi(
  operation: string,
  request: SandboxRequest,
  keys: FlowKeys,
  surroundings: Omit<Call, "parameters">,
): Reply {
  const known = operations[operation];
  if (!known) return json(404, { code: 404, message: "Service not found" });
  if (request.method !== known.method) return json(405, { code: 405, message: "Method not allowed" });
  const parameters = known.method === "GET" ? request.url.searchParams : new URLSearchParams(request.body);
  try {
    const form = /^application\/x-www-form-urlencoded/i.test(request.headers["content-type"] ?? "");
    if (known.method === "POST" && !form)
      throw new FlowError(400, 100, "The body must be application/x-www-form-urlencoded");
    if (parameters.get("apiKey") !== keys.apiKey) throw new FlowError(401, 108, "apiKey not found");
    if (!signatureIsRight(parameters, keys.secretKey))
      throw new FlowError(401, 109, "The signature (s) is not valid");
    return json(200, known.run({ ...surroundings, parameters }));
  } catch (error) {
    if (error instanceof FlowError) return json(error.status, { code: error.code, message: error.message });
    throw error;
  }
}

function createPayment({ parameters, store, origin, now }: Call): unknown {
  const [commerceOrder, subject, email, urlConfirmation, urlReturn] = required(
    parameters,
    "commerceOrder",
    "subject",
    "email",
    "urlConfirmation",
    "urlReturn",
  );
  const amount = pesos(parameters);
  const currency = parameters.get("currency") ?? "CLP";
  if (currency !== "CLP") throw new FlowError(400, 110, `Currency ${currency} is not available`);
  if (amount < MIN_CLP) throw new FlowError(400, 111, `The minimum amount is ${MIN_CLP} CLP`);
  if (!URL.canParse(urlConfirmation) || !URL.canParse(urlReturn))
    throw new FlowError(400, 112, "urlConfirmation and urlReturn must be URLs");
  if (store.state.orders.some((order) => order.commerceOrder === commerceOrder && order.status === 2)) {
    throw new FlowError(401, 1605, "The commerceOrder has been previously paid");
  }
  const timeout = parameters.get("timeout");
  const optional = parameters.get("optional");
  if (optional !== null && !isJson(optional)) throw new FlowError(400, 116, "optional must be JSON");
  const order: Order = {
    flowOrder: store.state.nextOrder++,
    token: newToken(),
    commerceOrder,
    subject,
    email,
    amount,
    currency,
    status: 1,
    requestDate: flowDate(now),
    paidDate: null,
    expiresAt: timeout === null ? null : now.getTime() + Number(timeout) * 1_000,
    optional,
    urlConfirmation,
    urlReturn,
    lies: {},
  };
  store.state.orders.push(order);
  store.changed();
  return { url: `${origin}/flow/app/web/pay.php`, token: order.token, flowOrder: order.flowOrder };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** -6 is Flow's code for an error without a closer name. */
function extended(order: Order): unknown {
  const lastError = { code: -6, message: "Error general", medioCode: "-6" };
  return { ...describeOrder(order), lastError: order.status === 3 ? lastError : null };
}

function find({ parameters, store }: Call, name: "token" | "commerceId" | "flowOrder"): Order {
  const [value] = required(parameters, name);
  // The last one: a commerceOrder may be used again while no order under it was paid.
  const order = store.state.orders.findLast((one) =>
    name === "token"
      ? one.token === value
      : name === "flowOrder"
        ? String(one.flowOrder) === value
        : one.commerceOrder === value,
  );
  if (!order) throw new FlowError(400, 105, "Transaction not found");
  return order;
}

function listPayments({ parameters, store }: Call): unknown {
  const [date] = required(parameters, "date");
  const page = pageOf(
    parameters,
    store.state.orders.filter((order) => order.paidDate?.startsWith(date)),
  );
  return { ...page, data: page.data.map(describeOrder) };
}

function createRefund({ parameters, store }: Call): unknown {
  const [refundCommerceOrder, receiverEmail, urlCallBack] = required(
    parameters,
    "refundCommerceOrder",
    "receiverEmail",
    "urlCallBack",
  );
  const amount = pesos(parameters);
  const { orders, refunds } = store.state;
  const order = orders.find(
    (one) =>
      one.status === 2 &&
      (String(one.flowOrder) === parameters.get("flowTrxId") ||
        one.commerceOrder === parameters.get("commerceTrxId")),
  );
  if (!order) throw new FlowError(400, 105, "Transaction not found");
  const taken = refunds
    .filter(
      (refund) => refund.flowOrder === order.flowOrder && !["rejected", "canceled"].includes(refund.status),
    )
    .reduce((sum, refund) => sum + refund.amount, 0);
  if (amount + taken > order.amount) throw new FlowError(400, 113, "The refund is larger than the payment");
  const refund = {
    flowRefundOrder: store.state.nextOrder++,
    token: newToken(),
    refundCommerceOrder,
    flowOrder: order.flowOrder,
    receiverEmail,
    amount,
    status: "created" as const,
    date: flowDate(),
    urlCallBack,
  };
  refunds.push(refund);
  store.changed();
  return describeRefund(refund);
}

function cancelRefund(call: Call): unknown {
  const refund = refundOf(call);
  if (refund.status !== "created" && refund.status !== "accepted")
    throw new FlowError(400, 117, "The refund is no longer pending");
  refund.status = "canceled";
  call.store.changed();
  return describeRefund(refund);
}

function refundOf({ parameters, store }: Call): Refund {
  const [token] = required(parameters, "token");
  const refund = store.state.refunds.find((one) => one.token === token);
  if (!refund) throw new FlowError(400, 105, "Transaction not found");
  return refund;
}
