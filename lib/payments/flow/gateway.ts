import { log } from "@/lib/log";
import type {
  Capabilities,
  Checkout,
  CheckoutRequest,
  Gateway,
  Notice,
  PaymentState,
  Reference,
  RefundRequest,
  RefundState,
  SetupReport,
  Verification,
  WebhookRequest,
} from "../gateway";
import { createHttpClient, type HttpClientOptions } from "../http";
import { failed, type Outcome, succeeded } from "../outcome";
import { createFlowClient, type FlowClient, type FlowSettings, isNotFound } from "./client";
import { identify } from "./identify";
import { listPayments } from "./list-payments";
import { flowReference, isKnownStatus, nameOf, toCheckout, toPaymentState, toRefundState } from "./map";
import { renewalOf } from "./renewal-names";
import { createFlowSubscriptions } from "./subscriptions";

const ALL_METHODS = 9;
const MIN_CLP = 350;
/** Flow's tokens are 40 hexadecimal digits; the shape is all that a callback can be judged by. */
const TOKEN = /^[A-Za-z0-9._-]{1,128}$/;

const capabilities: Capabilities = {
  oneOff: true,
  recurring: "native",
  refunds: "async",
  partialRefund: true,
  pause: false,
  currencies: ["CLP"],
  minAmountMinor: () => MIN_CLP,
};

/** Flow (flow.cl): hosted checkout, unsigned callbacks that carry only a token, refunds that the payer accepts. */
export function createFlowGateway(settings: FlowSettings, onCall?: HttpClientOptions["onCall"]): Gateway {
  const http = createHttpClient({
    gateway: "flow",
    baseUrl: settings.apiUrl,
    secrets: [settings.apiKey, settings.secretKey],
    ...(onCall ? { onCall } : {}),
  });
  const client = createFlowClient(settings, http);
  return {
    id: "flow",
    capabilities,
    createCheckout: (request) => createCheckout(client, request),
    completeReturn: async ({ form, url }) => succeeded(tokenOf(form) ?? tokenOf(url.searchParams)),
    fetchStatus: (references) => fetchStatus(client, references),
    verifyWebhook,
    refund: (request) => refund(client, request),
    fetchRefund: (references) => fetchRefund(client, references),
    identify: (reference) => identify(client, reference),
    subscriptions: createFlowSubscriptions(client, capabilities),
    listPayments: (from, to) => listPayments(client, from, to),
    checkSetup: () => checkSetup(client, settings),
    isDegraded: () => http.isOpen("checkout"),
  };
}

async function createCheckout(client: FlowClient, request: CheckoutRequest): Promise<Outcome<Checkout>> {
  const { amountMinor, currency } = request.money;
  if (!capabilities.currencies.includes(currency))
    return failed("unsupported", "currency", `${currency} is not taken`);
  if (amountMinor < MIN_CLP) return failed("unsupported", "amount", `less than ${MIN_CLP} CLP`);
  const answer = await client.post("checkout", "payment/create", {
    commerceOrder: request.reference,
    subject: request.subject,
    currency,
    amount: amountMinor, // whole pesos: CLP has no minor unit
    email: request.payer.email,
    paymentMethod: ALL_METHODS,
    urlConfirmation: request.notifyUrl,
    urlReturn: request.returnUrl,
    timeout: Math.max(60, Math.round((request.expiresAt.getTime() - Date.now()) / 1_000)), // without it an order never expires
  });
  if (!answer.ok) return answer;
  const checkout = toCheckout(answer.value);
  if (!checkout) return failed("unknown-outcome", "malformed", "payment/create answered in no known form");
  return succeeded({
    redirect: { url: checkout.url, method: "GET" },
    gatewayRef: checkout.token,
    secondaryRefs: [checkout.flowOrder],
    expiresAt: request.expiresAt,
  });
}

async function fetchStatus(
  client: FlowClient,
  references: readonly Reference[],
): Promise<Outcome<PaymentState | null>> {
  const token = nameOf(references, flowReference.token);
  const flowOrder = nameOf(references, flowReference.flowOrder);
  const order = nameOf(references, flowReference.order);
  const answer = token
    ? await client.get("payment/getStatus", { token })
    : flowOrder
      ? await client.get("payment/getStatusByFlowOrder", { flowOrder })
      : await client.get("payment/getStatusByCommerceId", { commerceId: order ?? "" });
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const state = noteUnknown(toPaymentState(answer.value));
  return state ? succeeded(state) : failed("unavailable", "malformed", "getStatus answered in no known form");
}

/**
 * Flow signs nothing and sends only `token`, so a callback is at most a hint to ask. Fields besides it are
 * not read; a callback without `s` or `status` is the genuine one. What a plan collects is called back at the plan's
 * own address, which names the renewal: its token was never ours.
 */
function verifyWebhook({ headers, rawBody, url }: WebhookRequest): Verification {
  const type = headers.get("content-type") ?? "application/x-www-form-urlencoded";
  if (!type.toLowerCase().startsWith("application/x-www-form-urlencoded"))
    return { verdict: "rejected", reason: "malformed" };
  const token = tokenOf(new URLSearchParams(Buffer.from(rawBody).toString("utf8")));
  if (!token) return { verdict: "rejected", reason: "malformed" };
  const renewal = renewalOf(url.searchParams);
  // The same token comes again when the state changes: every notice is kept (dedupeKey null).
  const told = { dedupeKey: null, needsFetch: true };
  const notice: Notice = renewal
    ? { ...told, kind: "subscription", ref: renewal }
    : { ...told, kind: "unknown", ref: token };
  return { verdict: "unauthenticated-hint", notice };
}

async function refund(client: FlowClient, request: RefundRequest): Promise<Outcome<RefundState>> {
  const flowOrder = nameOf(request.payment, flowReference.flowOrder);
  const order = nameOf(request.payment, flowReference.order);
  const answer = await client.post("refund", "refund/create", {
    refundCommerceOrder: request.reference,
    receiverEmail: request.payer.email,
    amount: request.money.amountMinor,
    urlCallBack: request.notifyUrl, // with a capital B, unlike every other parameter
    ...(flowOrder ? { flowTrxId: flowOrder } : { commerceTrxId: order ?? "" }),
  });
  if (!answer.ok) return answer;
  const state = toRefundState(answer.value);
  return state
    ? succeeded(state)
    : failed("unknown-outcome", "malformed", "refund/create answered in no known form");
}

async function fetchRefund(
  client: FlowClient,
  references: readonly Reference[],
): Promise<Outcome<RefundState | null>> {
  const token = nameOf(references, flowReference.refundToken);
  if (!token) return failed("unsupported", "no-token", "Flow finds a refund by its token alone");
  const answer = await client.get("refund/getStatus", { token });
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const state = noteUnknown(toRefundState(answer.value));
  return state
    ? succeeded(state)
    : failed("unavailable", "malformed", "refund/getStatus answered in no known form");
}

/** Flow has no call for "who am I": a question about an order that never was is refused as such only to good keys. */
async function checkSetup(client: FlowClient, settings: FlowSettings): Promise<Outcome<SetupReport>> {
  const answer = await client.get("payment/getStatusByCommerceId", { commerceId: "credentials-check" });
  if (!answer.ok && !isNotFound(answer.failure)) return answer;
  const testMode = new URL(settings.apiUrl).host !== "www.flow.cl";
  return succeeded({ account: null, testMode, notices: "unknown" });
}

/** Flow may grow: a status that we do not know counts as pending, and somebody should read about it. */
function noteUnknown<State extends { readonly rawStatus: string }>(state: State | null): State | null {
  if (state && !isKnownStatus(state.rawStatus))
    log.warn({ gateway: "flow", status: state.rawStatus }, "an unknown status counts as pending");
  return state;
}

function tokenOf(fields: URLSearchParams): Reference | null {
  const tokens = fields.getAll("token");
  const [token] = tokens;
  // Two tokens would let the reader and the writer of a callback mean different payments.
  return token !== undefined && tokens.length === 1 && TOKEN.test(token)
    ? { kind: flowReference.token, value: token }
    : null;
}
