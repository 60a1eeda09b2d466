import { json, type Reply, type SandboxRequest } from "../http";
import {
  ACCOUNT,
  describeAuthorized,
  describePayment,
  describePreapproval,
  describePreference,
  describeRefund,
} from "./describe";
import type { Desk } from "./desk";
import {
  MercadoPagoError,
  readCancellation,
  readPreapproval,
  readPreference,
  readPriceChange,
  readRefundAmount,
} from "./read";
import { newHexId, type Payment, refundedOf } from "./state";

/** One call of the API, past the check of its token. */
export interface Call {
  readonly desk: Desk;
  readonly origin: string;
  readonly request: SandboxRequest;
  readonly id: string;
}

type Operation = readonly [
  name: string,
  method: string,
  path: RegExp,
  run: (call: Call) => unknown,
  status?: number,
];

const operations: readonly Operation[] = [
  ["preferences/create", "POST", /^checkout\/preferences$/, createPreference, 201],
  ["preferences/get", "GET", /^checkout\/preferences\/([^/]+)$/, getPreference],
  ["payments/search", "GET", /^v1\/payments\/search$/, searchPayments],
  ["payments/get", "GET", /^v1\/payments\/(\d+)$/, (call) => describe(call, paymentOf(call))],
  ["payments/cancel", "PUT", /^v1\/payments\/(\d+)$/, cancelPayment],
  ["refunds/create", "POST", /^v1\/payments\/(\d+)\/refunds$/, createRefund, 201],
  ["refunds/list", "GET", /^v1\/payments\/(\d+)\/refunds$/, listRefunds],
  ["chargebacks/get", "GET", /^v1\/chargebacks\/(\d+)$/, getChargeback],
  ["users/me", "GET", /^users\/me$/, () => ({ ...ACCOUNT, site_id: "MLC", tags: ["normal", "test_user"] })],
  ["preapproval/create", "POST", /^preapproval$/, createPreapproval, 201],
  ["preapproval/search", "GET", /^preapproval\/search$/, searchPreapprovals],
  [
    "preapproval/get",
    "GET",
    /^preapproval\/([^/]+)$/,
    (call) => describePreapproval(preapprovalOf(call), call.origin),
  ],
  ["preapproval/update", "PUT", /^preapproval\/([^/]+)$/, updatePreapproval],
  ["authorized_payments/search", "GET", /^authorized_payments\/search$/, searchCharges],
  ["authorized_payments/get", "GET", /^authorized_payments\/(\d+)$/, getCharge],
];

/** The operation that a request means, as faults name it. */
export function operationNamed(method: string, path: string): string | null {
  return operations.find(([, allowed, pattern]) => allowed === method && pattern.test(path))?.[0] ?? null;
}

/** Answers one call of `/mercadopago/…`: the token first, then the operation. */
export function answerApi(
  path: string,
  request: SandboxRequest,
  token: string,
  desk: Desk,
  origin: string,
): Reply {
  try {
    if (request.headers.authorization !== `Bearer ${token}`)
      throw new MercadoPagoError(401, "unauthorized", "invalid access token");
    for (const [, method, pattern, run, status = 200] of operations) {
      const matched = pattern.exec(path);
      if (matched && method === request.method)
        return json(status, run({ desk, origin, request, id: matched[1] ?? "" }));
    }
    throw new MercadoPagoError(404, "not_found", "resource not found");
  } catch (error) {
    if (error instanceof MercadoPagoError) return json(error.status, error.body());
    throw error;
  }
}

function createPreference({ desk, request, origin }: Call): unknown {
  const preference = {
    ...readPreference(request.body),
    id: `${ACCOUNT.id}-${newHexId()}`,
    createdAt: desk.now(),
  };
  desk.store.state.preferences.push(preference);
  desk.store.changed();
  return describePreference(preference, origin);
}

function getPreference({ desk, id, origin }: Call): unknown {
  const preference = desk.store.state.preferences.find((one) => one.id === id);
  if (!preference) throw new MercadoPagoError(404, "not_found", "preference_id not found");
  return describePreference(preference, origin);
}

function searchPayments(call: Call): unknown {
  const query = call.request.url.searchParams;
  const reference = query.get("external_reference");
  const [from, to] = [query.get("begin_date"), query.get("end_date")].map((text) => Date.parse(text ?? ""));
  const { payments, searchBehindMs } = call.desk.store.state;
  const indexedUntil = Date.parse(call.desk.now()) - searchBehindMs;
  const found = payments.filter((payment) => {
    const at = Date.parse(payment.createdAt);
    if (at > indexedUntil) return false;
    const isInRange = query.get("range") === null || (at >= (from ?? 0) && at <= (to ?? 0));
    return isInRange && (reference === null || payment.externalReference === reference);
  });
  const sorted = query.get("criteria") === "desc" ? found.toReversed() : found;
  return pageOf(sorted, query, (payment) => describe(call, payment));
}

function cancelPayment(call: Call): unknown {
  const payment = paymentOf(call);
  readCancellation(call.request.body);
  if (!["pending", "in_process", "authorized"].includes(payment.status))
    throw new MercadoPagoError(400, "bad_request", "The payment cannot be cancelled in its state", 2018);
  call.desk.settle(payment, "cancelled", "by_collector");
  return describe(call, payment);
}

function createRefund(call: Call): unknown {
  const { desk, request } = call;
  const payment = paymentOf(call);
  const key = request.headers["x-idempotency-key"];
  if (typeof key !== "string" || key === "")
    throw new MercadoPagoError(400, "bad_request", "Header X-Idempotency-Key can't be null", 4292);
  const asked = readRefundAmount(request.body);
  const earlier = payment.refunds.find((refund) => refund.key === key);
  if (earlier && earlier.asked !== asked)
    throw new MercadoPagoError(409, "idempotency_key_already_used", "The key was used for another body");
  if (earlier) return describeRefund(payment, earlier);
  if (payment.status !== "approved")
    throw new MercadoPagoError(
      400,
      "bad_request",
      "The action requested is not valid for the current payment state",
      2063,
    );
  const left = payment.amount - refundedOf(payment);
  const amount = asked ?? left;
  if (amount > left || amount <= 0)
    throw new MercadoPagoError(400, "bad_request", "Invalid transaction_amount", 4040);
  const refund = { id: desk.newId(), amount, status: "approved", createdAt: desk.now(), key, asked };
  payment.refunds.push(refund);
  if (amount === left) desk.settle(payment, "refunded", "refunded");
  else desk.settle(payment, "approved", "partially_refunded");
  return describeRefund(payment, refund);
}

function listRefunds(call: Call): unknown {
  const payment = paymentOf(call);
  return payment.refunds.map((refund) => describeRefund(payment, refund));
}

function getChargeback({ desk, id }: Call): unknown {
  const chargeback = desk.store.state.chargebacks.find((one) => String(one.id) === id);
  if (!chargeback) throw new MercadoPagoError(404, "not_found", "chargeback not found");
  return {
    id: String(chargeback.id),
    payment_id: chargeback.paymentId,
    status: "in_review",
    currency_id: "CLP",
  };
}

function createPreapproval({ desk, request, origin }: Call): unknown {
  const { startsAt, ...read } = readPreapproval(request.body);
  const at = desk.now();
  const preapproval = {
    ...read,
    id: newHexId(),
    status: "pending",
    startsAt: startsAt ?? at,
    nextAt: startsAt ?? at,
    charged: 0,
    createdAt: at,
  };
  desk.store.state.preapprovals.push(preapproval);
  desk.store.changed();
  return describePreapproval(preapproval, origin);
}

function searchPreapprovals({ desk, request, origin }: Call): unknown {
  const query = request.url.searchParams;
  const reference = query.get("external_reference");
  const found = desk.store.state.preapprovals
    .filter((one) => reference === null || one.externalReference === reference)
    .toReversed();
  return pageOf(found, query, (one) => describePreapproval(one, origin));
}

function updatePreapproval(call: Call): unknown {
  const preapproval = preapprovalOf(call);
  const { status, amount } = readPriceChange(call.request.body);
  if (preapproval.status === "cancelled")
    throw new MercadoPagoError(400, "bad_request", "You can not modify a cancelled preapproval.");
  if (amount !== null) preapproval.amount = amount;
  call.desk.change(preapproval, status ?? preapproval.status);
  return describePreapproval(preapproval, call.origin);
}

function searchCharges(call: Call): unknown {
  const query = call.request.url.searchParams;
  const found = call.desk.store.state.authorizedPayments.filter(
    (one) => one.preapprovalId === query.get("preapproval_id"),
  );
  return pageOf(found, query, (one) => chargeAs({ ...call, id: String(one.id) }));
}

function getCharge(call: Call): unknown {
  return chargeAs(call);
}

function chargeAs({ desk, id }: Call): unknown {
  const { authorizedPayments, preapprovals, payments } = desk.store.state;
  const one = authorizedPayments.find((charge) => String(charge.id) === id);
  const preapproval = preapprovals.find((other) => other.id === one?.preapprovalId);
  const payment = payments.find((other) => other.id === one?.paymentId);
  if (!one || !preapproval || !payment)
    throw new MercadoPagoError(404, "not_found", "authorized payment not found");
  return describeAuthorized(one, preapproval, payment);
}

function describe({ desk }: Call, payment: Payment): Record<string, unknown> {
  return describePayment(payment, desk.liveMode);
}

function paymentOf({ desk, id }: Call): Payment {
  const payment = desk.store.state.payments.find((one) => String(one.id) === id);
  if (!payment) throw new MercadoPagoError(404, "not_found", "Payment not found", 2000);
  return payment;
}

function preapprovalOf({ desk, id }: Call) {
  const preapproval = desk.store.state.preapprovals.find((one) => one.id === id);
  if (!preapproval)
    throw new MercadoPagoError(404, "not_found", `The preapproval with id ${id} does not exist`);
  return preapproval;
}

function pageOf<Item>(all: readonly Item[], query: URLSearchParams, as: (item: Item) => unknown): unknown {
  const offset = Number(query.get("offset") ?? 0);
  const limit = Math.min(Number(query.get("limit") ?? 30), 100);
  return { paging: { total: all.length, limit, offset }, results: all.slice(offset, offset + limit).map(as) };
}
