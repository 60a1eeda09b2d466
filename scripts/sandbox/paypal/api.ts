import { json, type Reply, type SandboxRequest } from "../http";
import {
  cancelSubscription,
  createSubscription,
  getSubscription,
  listTransactions,
  reviseSubscription,
} from "./billing";
import { type Answer, type Call, isObject } from "./call";
import { getCapture, getRefund, refundCapture } from "./captures";
import { createPlan, createProduct, getPlan, getProduct, listPlans } from "./catalog";
import { PaypalError } from "./errors";
import { listWebhooks, verifySignature } from "./notifications";
import { captureOrder, createOrder, getOrder } from "./orders";
import { listDisputes, searchTransactions } from "./reporting";
import { newId } from "./state";

export interface PaypalKeys {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookId: string;
}

/** What the API needs besides the call itself. */
export interface ApiSetting {
  readonly keys: PaypalKeys;
  readonly tokens: Map<string, number>;
  readonly webhookUrl: () => string | null;
}

type Run = (call: Call, setting: ApiSetting) => Answer;

/** Every call of the API: `METHOD path`, as faults name it, `{}` for an id. */
const operations: Readonly<Record<string, Run>> = {
  "POST v2/checkout/orders": createOrder,
  "GET v2/checkout/orders/{}": getOrder,
  "POST v2/checkout/orders/{}/capture": captureOrder,
  "GET v2/payments/captures/{}": getCapture,
  "POST v2/payments/captures/{}/refund": refundCapture,
  "GET v2/payments/refunds/{}": getRefund,
  "POST v1/catalogs/products": createProduct,
  "GET v1/catalogs/products/{}": getProduct,
  "POST v1/billing/plans": createPlan,
  "GET v1/billing/plans": listPlans,
  "GET v1/billing/plans/{}": getPlan,
  "POST v1/billing/subscriptions": createSubscription,
  "GET v1/billing/subscriptions/{}": getSubscription,
  "POST v1/billing/subscriptions/{}/cancel": cancelSubscription,
  "POST v1/billing/subscriptions/{}/revise": reviseSubscription,
  "GET v1/billing/subscriptions/{}/transactions": listTransactions,
  "GET v1/customer/disputes": listDisputes,
  "GET v1/reporting/transactions": searchTransactions,
  "GET v1/notifications/webhooks": (_call, { keys, webhookUrl }) =>
    listWebhooks(keys.webhookId, webhookUrl()),
  "POST v1/notifications/verify-webhook-signature": (call, { keys }) => verifySignature(call, keys.webhookId),
};

const TOKEN_OPERATION = "POST v1/oauth2/token";
const TOKEN_SECONDS = 32_400;

const patterns = Object.keys(operations).map((name) => ({
  name,
  pattern: new RegExp(`^${name.replaceAll("{}", "([^/]+)")}$`),
}));

/** The operation that a request calls, and the ids in its path; null for anything else. */
export function operationOf({ method, url }: SandboxRequest): { name: string; ids: string[] } | null {
  const asked = `${method} ${url.pathname.replace(/^\/paypal\//, "")}`;
  if (asked === TOKEN_OPERATION) return { name: asked, ids: [] };
  const found = patterns.find(({ pattern }) => pattern.test(asked));
  return found ? { name: found.name, ids: found.pattern.exec(asked)?.slice(1) ?? [] } : null;
}

/** Answers one call: token first, then a repeat of an earlier one, then the operation. */
export function answerApi(operation: string, call: Omit<Call, "body">, setting: ApiSetting): Reply {
  try {
    if (operation === TOKEN_OPERATION) return issueToken(call.request, setting);
    requireToken(call.request, setting);
    const { status, body } = once(operation, { ...call, body: readBody(call.request) }, setting);
    return status === 204 ? { status, type: "application/json", body: "" } : json(status, body);
  } catch (error) {
    if (error instanceof PaypalError) return error.reply();
    throw error;
  }
}

/** How long a key is remembered, by the beginning of what it was sent with; the shortest that PayPal promises. */
const keyHours: readonly (readonly [string, number])[] = [
  ["POST v2/checkout/", 6],
  ["POST v2/payments/", 45 * 24],
  ["POST v1/", 72],
];

/** Which call tells what has become of the thing that another one made. */
const tellers: Readonly<Record<string, string>> = {
  "POST v2/checkout/orders": "GET v2/checkout/orders/{}",
  "POST v2/checkout/orders/{}/capture": "GET v2/checkout/orders/{}",
  "POST v2/payments/captures/{}/refund": "GET v2/payments/refunds/{}",
  "POST v1/catalogs/products": "GET v1/catalogs/products/{}",
  "POST v1/billing/plans": "GET v1/billing/plans/{}",
  "POST v1/billing/subscriptions": "GET v1/billing/subscriptions/{}",
};

/** A key that was answered before does nothing again: it is told how things stand now, a refusal as it was. */
function once(operation: string, call: Call, setting: ApiSetting): Answer {
  const { answered } = call.store.state;
  const key = call.request.headers["paypal-request-id"];
  const name = typeof key === "string" ? `${operation} ${call.ids.join(" ")} ${key}` : null;
  const before = name === null ? undefined : answered[name];
  const [, hours = 0] = keyHours.find(([start]) => operation.startsWith(start)) ?? [];
  if (before && call.now().getTime() - Date.parse(before.at) < hours * 3_600_000)
    return latest(operation, before, call, setting);
  const run = operations[operation];
  if (!run) throw PaypalError.notFound();
  const answer = attempt(() => run(call, setting));
  if (name !== null) answered[name] = { ...answer, at: call.now().toISOString() };
  call.store.changed();
  return answer;
}

function latest(operation: string, { status, body }: Answer, call: Call, setting: ApiSetting): Answer {
  const tell = operations[tellers[operation] ?? ""];
  const id = status < 300 && isObject(body) ? body["id"] : null;
  if (!tell || typeof id !== "string") return { status, body };
  return { status, body: tell({ ...call, ids: [id] }, setting).body };
}

function attempt(run: () => Answer): Answer {
  try {
    return run();
  } catch (error) {
    if (error instanceof PaypalError) return error.answer();
    throw error;
  }
}

function issueToken(request: SandboxRequest, { keys, tokens }: ApiSetting): Reply {
  const basic = Buffer.from(`${keys.clientId}:${keys.clientSecret}`).toString("base64");
  if (request.headers.authorization !== `Basic ${basic}`)
    return json(401, { error: "invalid_client", error_description: "Client Authentication failed" });
  if (new URLSearchParams(request.body).get("grant_type") !== "client_credentials")
    return json(400, { error: "unsupported_grant_type", error_description: "Grant Type is NULL" });
  const token = newId("A21AA", 60);
  tokens.set(token, Date.now() + TOKEN_SECONDS * 1_000);
  return json(200, {
    scope: "https://uri.paypal.com/services/payments",
    access_token: token,
    token_type: "Bearer",
    app_id: "APP-80W284485P519543T",
    expires_in: TOKEN_SECONDS,
    nonce: newId(),
  });
}

function requireToken({ headers }: SandboxRequest, { tokens }: ApiSetting): void {
  const token = headers.authorization?.replace(/^Bearer /, "") ?? "";
  if ((tokens.get(token) ?? 0) < Date.now()) throw new PaypalError(401, "AUTHENTICATION_FAILURE");
}

function readBody({ method, body, headers }: SandboxRequest): Record<string, unknown> {
  if (method !== "POST" || body === "") return {};
  if (!headers["content-type"]?.startsWith("application/json"))
    throw new PaypalError(415, "UNSUPPORTED_MEDIA_TYPE");
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch {
    // told below, as PayPal tells it
  }
  throw new PaypalError(400, "INVALID_REQUEST", "MALFORMED_REQUEST_JSON");
}
