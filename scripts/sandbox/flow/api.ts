import { json, type Reply, type SandboxRequest } from "../http";
import type { Store } from "../store";
import { describeOrder, describeRefund, type FlowState, flowDate, newToken, type Order } from "./orders";
import { signatureIsRight } from "./signature";

export interface FlowKeys {
  readonly apiKey: string;
  readonly secretKey: string;
}

/** An error as Flow words it. Codes without a published sample (signature, keys) are ours. */
class FlowError extends Error {
  constructor(
    readonly status: 400 | 401,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

interface Call {
  readonly parameters: URLSearchParams;
  readonly store: Store<FlowState>;
  readonly origin: string;
}

const MIN_CLP = 350;

const operations: Readonly<Record<string, { method: "GET" | "POST"; run(call: Call): unknown }>> = {
  "payment/create": { method: "POST", run: createPayment },
  "payment/getStatus": { method: "GET", run: (call) => describeOrder(find(call, "token")) },
  "payment/getStatusByCommerceId": { method: "GET", run: (call) => describeOrder(find(call, "commerceId")) },
  "payment/getStatusByFlowOrder": { method: "GET", run: (call) => describeOrder(find(call, "flowOrder")) },
  "payment/getStatusExtended": {
    method: "GET",
    run: (call) => ({ ...describeOrder(find(call, "token")), lastError: null }),
  },
  "payment/getPayments": { method: "GET", run: listPayments },
  "refund/create": { method: "POST", run: createRefund },
  "refund/getStatus": { method: "GET", run: refundStatus },
};

/** Answers one call of `/flow/api/…`: key and signature first, then the operation. */
export function answerApi(
  operation: string,
  request: SandboxRequest,
  keys: FlowKeys,
  store: Store<FlowState>,
  origin: string,
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
    return json(200, known.run({ parameters, store, origin }));
  } catch (error) {
    if (error instanceof FlowError) return json(error.status, { code: error.code, message: error.message });
    throw error;
  }
}

function createPayment({ parameters, store, origin }: Call): unknown {
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
  const order: Order = {
    flowOrder: store.state.nextOrder++,
    token: newToken(),
    commerceOrder,
    subject,
    email,
    amount,
    currency,
    status: 1,
    requestDate: flowDate(),
    paidDate: null,
    expiresAt: timeout === null ? null : Date.now() + Number(timeout) * 1_000,
    urlConfirmation,
    urlReturn,
    lies: {},
  };
  store.state.orders.push(order);
  store.changed();
  return { url: `${origin}/flow/app/web/pay.php`, token: order.token, flowOrder: order.flowOrder };
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
  const start = Number(parameters.get("start") ?? 0);
  const limit = Math.min(Number(parameters.get("limit") ?? 10), 100);
  const paid = store.state.orders.filter((order) => order.paidDate?.startsWith(date));
  return {
    total: paid.length,
    hasMore: paid.length > start + limit ? 1 : 0,
    data: paid.slice(start, start + limit).map(describeOrder),
  };
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
      String(one.flowOrder) === parameters.get("flowTrxId") ||
      one.commerceOrder === parameters.get("commerceTrxId"),
  );
  if (!order || order.status !== 2) throw new FlowError(400, 105, "Transaction not found");
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

function refundStatus({ parameters, store }: Call): unknown {
  const [token] = required(parameters, "token");
  const refund = store.state.refunds.find((one) => one.token === token);
  if (!refund) throw new FlowError(400, 105, "Transaction not found");
  return describeRefund(refund);
}

function required<Names extends string[]>(
  parameters: URLSearchParams,
  ...names: Names
): { [Index in keyof Names]: string } {
  const values = names.map((name) => {
    const value = parameters.get(name);
    if (value === null || value === "") throw new FlowError(400, 101, `The parameter ${name} is required`);
    return value;
  });
  return values as { [Index in keyof Names]: string };
}

function pesos(parameters: URLSearchParams): number {
  const [amount] = required(parameters, "amount");
  if (!/^\d{1,12}$/.test(amount)) throw new FlowError(400, 102, "The amount in CLP must be an integer");
  return Number(amount);
}
