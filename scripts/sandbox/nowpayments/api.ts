import { randomBytes } from "node:crypto";
import { json, type Reply, type SandboxRequest } from "../http";
import { coins, fiats, inCoin } from "./coins";
import { describePayment, type Ledger } from "./payments";
import type { Invoice } from "./state";

export interface NowKeys {
  readonly apiKey: string;
  readonly email: string | null;
  readonly password: string | null;
}

/** Tokens of people who signed in, and until when each is good, in milliseconds of the sandbox's clock. */
export type Tokens = Map<string, number>;

export interface Call {
  readonly request: SandboxRequest;
  readonly ledger: Ledger;
  readonly keys: NowKeys;
  readonly tokens: Tokens;
  readonly origin: string;
  readonly now: Date;
}

/** An error as NOWPayments words it. */
class NowError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const API = "/nowpayments/v1/";
const TOKEN_MS = 5 * 60_000;

const operations: Readonly<
  Record<string, { method: "GET" | "POST"; open?: true; status?: number; run(call: Call): unknown }>
> = {
  status: { method: "GET", open: true, run: () => ({ message: "OK" }) },
  auth: { method: "POST", open: true, run: signIn },
  currencies: { method: "GET", run: () => ({ currencies: coins }) },
  "merchant/coins": {
    method: "GET",
    run: () => ({ selectedCurrencies: coins.map((coin) => coin.toUpperCase()) }),
  },
  estimate: { method: "GET", run: estimate },
  "min-amount": { method: "GET", run: minAmount },
  invoice: { method: "POST", status: 201, run: createInvoice },
  payment: { method: "GET", run: getPayment },
  payments: { method: "GET", run: listPayments },
};

/** The operation that a path calls: `payment` asks about one, `payments` lists them. */
export function operationOf({ url }: SandboxRequest): string | null {
  if (!url.pathname.startsWith(API)) return null;
  const path = url.pathname.slice(API.length).replace(/\/$/, "");
  if (path === "payment") return "payments";
  return path.startsWith("payment/") ? "payment" : path;
}

/** Answers one call of `/nowpayments/v1/…`: the key first, then the operation. */
export function answerApi(operation: string, call: Call): Reply {
  const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  try {
    if (!known || call.request.method !== known.method)
      throw new NowError(404, "NOT_FOUND", "Endpoint not found");
    if (!known.open && call.request.headers["x-api-key"] !== call.keys.apiKey)
      throw new NowError(403, "INVALID_API_KEY", "Invalid api key");
    return json(known.status ?? 200, known.run(call));
  } catch (error) {
    if (!(error instanceof NowError)) throw error;
    const { status, code, message } = error;
    return json(status, { status: false, statusCode: status, code, message });
  }
}

function signIn({ request, keys, tokens, now }: Call): unknown {
  const { email, password } = bodyOf(request);
  if (keys.email === null || email !== keys.email || password !== keys.password)
    throw new NowError(403, "ACCESS_DENIED", "Invalid credentials");
  const token = `${randomBytes(24).toString("base64url")}.${randomBytes(24).toString("base64url")}`;
  tokens.set(token, now.getTime() + TOKEN_MS);
  return { token };
}

function estimate({ request }: Call): unknown {
  const [amount, from, to] = [
    amountOf(request),
    query(request, "currency_from"),
    query(request, "currency_to"),
  ];
  return { currency_from: from, amount_from: amount, currency_to: to, estimated_amount: inCoin(amount, to) };
}

function minAmount({ request }: Call): unknown {
  const [from, to] = [query(request, "currency_from"), query(request, "currency_to")];
  return { currency_from: from, currency_to: to, min_amount: inCoin(1, from), fiat_equivalent: 1 };
}

function createInvoice({ request, ledger, origin, now }: Call): unknown {
  const body = bodyOf(request);
  const { price_amount: price, price_currency: currency } = body;
  if (typeof price !== "number" || !(price > 0)) throw invalid("price_amount must be a positive number");
  if (typeof currency !== "string" || !fiats.includes(currency.toLowerCase()))
    throw invalid(`Currency ${String(currency)} was not found`);
  const { state } = ledger.store;
  const invoice: Invoice = {
    id: String(state.nextId++),
    orderId: textOrNull(body["order_id"]),
    description: textOrNull(body["order_description"]),
    price,
    priceCurrency: currency.toLowerCase(),
    notifyUrl: addressOf(body, "ipn_callback_url"),
    successUrl: addressOf(body, "success_url"),
    cancelUrl: addressOf(body, "cancel_url"),
    partiallyPaidUrl: addressOf(body, "partially_paid_url"),
    fixedRate: body["is_fixed_rate"] === true,
    createdAt: now.toISOString(),
  };
  state.invoices.push(invoice);
  ledger.store.changed();
  return {
    id: invoice.id,
    token_id: "5000000001",
    order_id: invoice.orderId,
    order_description: invoice.description,
    price_amount: String(price),
    price_currency: invoice.priceCurrency,
    pay_currency: textOrNull(body["pay_currency"]),
    ipn_callback_url: invoice.notifyUrl,
    invoice_url: `${origin}/nowpayments/payment/?iid=${invoice.id}`,
    success_url: invoice.successUrl,
    cancel_url: invoice.cancelUrl,
    partially_paid_url: invoice.partiallyPaidUrl,
    created_at: invoice.createdAt,
    updated_at: invoice.createdAt,
    is_fixed_rate: invoice.fixedRate,
    is_fee_paid_by_user: body["is_fee_paid_by_user"] === true,
  };
}

function getPayment({ request, ledger }: Call): unknown {
  const id = decodeURIComponent(request.url.pathname.slice(`${API}payment/`.length));
  const payment = ledger.store.state.payments.find((one) => String(one.id) === id);
  if (!payment) throw new NowError(404, "NOT_FOUND", "Payment not found");
  return describePayment(payment, ledger.invoiceOf(payment));
}

function listPayments({ request, ledger, tokens, now }: Call): unknown {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if ((tokens.get(token) ?? 0) < now.getTime())
    throw new NowError(401, "AUTH_REQUIRED", "Authorization header is empty or expired");
  const { searchParams } = request.url;
  const limit = Math.min(Number(searchParams.get("limit") ?? 10), 500);
  const page = Number(searchParams.get("page") ?? 0);
  const invoice = searchParams.get("invoiceId");
  const from = searchParams.get("dateFrom") ?? "";
  const to = searchParams.get("dateTo") ?? "9999";
  const payments = ledger.store.state.payments
    .filter((one) => invoice === null || one.invoiceId === invoice)
    .filter((one) => one.createdAt >= from && one.createdAt <= to)
    .toSorted((one, other) => (searchParams.get("orderBy") === "desc" ? -1 : 1) * (one.id - other.id));
  return {
    data: payments
      .slice(page * limit, (page + 1) * limit)
      .map((one) => describePayment(one, ledger.invoiceOf(one))),
    limit,
    page,
    pagesCount: Math.ceil(payments.length / limit),
    total: payments.length,
  };
}

function bodyOf(request: SandboxRequest): Record<string, unknown> {
  if (!/^application\/json/i.test(request.headers["content-type"] ?? ""))
    throw invalid("The body must be JSON");
  try {
    const body: unknown = JSON.parse(request.body);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // said below, as for every other body that is no object
  }
  throw invalid("The body must be a JSON object");
}

function addressOf(body: Record<string, unknown>, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || !/^https?:\/\//.test(value) || !URL.canParse(value))
    throw invalid(`${name} must be a valid uri`);
  return value;
}

function query({ url }: SandboxRequest, name: string): string {
  const value = url.searchParams.get(name);
  if (value === null || ![...coins, ...fiats].includes(value))
    throw invalid(`${name} is not a known currency`);
  return value;
}

function amountOf({ url }: SandboxRequest): number {
  const amount = Number(url.searchParams.get("amount"));
  if (!(amount > 0)) throw invalid("amount must be a positive number");
  return amount;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function invalid(message: string): NowError {
  return new NowError(400, "INVALID_REQUEST_PARAMS", message);
}
