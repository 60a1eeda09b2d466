import { PaymentRefund, Preference } from "mercadopago";
import type {
  Capabilities,
  Checkout,
  CheckoutRequest,
  Gateway,
  Money,
  Reference,
  RefundRequest,
  RefundState,
  ReturnRequest,
} from "../gateway";
import { createHttpClient, type HttpClientOptions } from "../http";
import { failed, type Outcome, succeeded } from "../outcome";
import { checkSetup, createOwnAccount } from "./account";
import {
  createMercadoPagoClient,
  isNotFound,
  type MercadoPagoClient,
  type MercadoPagoSettings,
} from "./client";
import { mercadoPagoReference, toPreference, toRefundState } from "./map";
import { verifyNotice } from "./notice";
import { fetchStatus, findPayments, identify, listPayments, valuesOf } from "./payments";
import { createSubscriptions } from "./subscriptions";

const CURRENCY = "CLP";
/** Mercado Pago publishes no least amount for Chile; a peso is the least there is. */
const MIN_CLP = 1;
const NAME = /^[A-Za-z0-9._-]{1,128}$/;

const capabilities: Capabilities = {
  oneOff: true,
  recurring: "native",
  refunds: "sync",
  partialRefund: true,
  pause: true,
  currencies: [CURRENCY],
  minAmountMinor: () => MIN_CLP,
};

/**
 * Mercado Pago (Chile): hosted checkout by preference, notices signed over their query, refunds at once,
 * renewals by preapproval.
 *
 * @throws Error when a secret is empty: such a gateway must be off
 */
export function createMercadoPagoGateway(
  settings: MercadoPagoSettings,
  onCall?: HttpClientOptions["onCall"],
): Gateway {
  if (settings.accessToken === "" || settings.webhookSecret === "")
    throw new Error("Mercado Pago without its secrets is off, not half working");
  const http = createHttpClient({
    gateway: "mercadopago",
    baseUrl: settings.apiUrl,
    secrets: [settings.accessToken, settings.webhookSecret],
    ...(onCall ? { onCall } : {}),
  });
  const client = createMercadoPagoClient(settings, http);
  const asking = { client, account: createOwnAccount(settings, client), now: () => new Date() };
  return {
    id: "mercadopago",
    capabilities,
    createCheckout: (request) => createCheckout(client, request),
    completeReturn: (request) => Promise.resolve(succeeded(nameOfReturn(request))),
    fetchStatus: (references) => fetchStatus(asking, references),
    verifyWebhook: (request) => verifyNotice(request, settings.webhookSecret),
    refund: (request) => refund(client, request),
    fetchRefund: (references) => fetchRefund(client, references),
    identify: (reference) => identify(client, reference),
    subscriptions: createSubscriptions(asking, refusalOf),
    listPayments: (from, to) => listPayments(asking, from, to),
    checkSetup: () => checkSetup(settings, client),
    isDegraded: () => http.isOpen("checkout"),
  };
}

function refusalOf({ amountMinor, currency }: Money): Outcome<never> | null {
  if (currency !== CURRENCY) return failed("unsupported", "currency", `${currency} is not taken`);
  if (amountMinor < MIN_CLP) return failed("unsupported", "amount", `less than ${MIN_CLP} ${CURRENCY}`);
  return null;
}

async function createCheckout(
  client: MercadoPagoClient,
  request: CheckoutRequest,
): Promise<Outcome<Checkout>> {
  const refusal = refusalOf(request.money);
  if (refusal) return refusal;
  const { returnUrl, expiresAt } = request;
  const closes = expiresAt.toISOString().replace("Z", "+00:00");
  const body = {
    items: [
      {
        id: request.paymentId,
        title: request.subject,
        quantity: 1,
        unit_price: request.money.amountMinor, // whole pesos: CLP has no minor unit
        currency_id: request.money.currency,
      },
    ],
    payer: { email: request.payer.email },
    external_reference: request.reference,
    // Webhooks alone: they are signed, the older notifications are not.
    notification_url: `${request.notifyUrl}?source_news=webhooks`,
    back_urls: { success: returnUrl, failure: returnUrl, pending: returnUrl },
    auto_return: "approved",
    expires: true,
    expiration_date_to: closes,
    date_of_expiration: closes, // of payments in cash: none may come in once we call the order expired
  };
  const answer = await client.order("checkout", (config) => new Preference(config).create({ body }), {
    key: request.idempotencyKey,
    honoured: false,
  });
  if (!answer.ok) return answer;
  const preference = toPreference(answer.value);
  if (!preference) return failed("unknown-outcome", "malformed", "preferences answered in no known form");
  return succeeded({
    redirect: { url: preference.init_point, method: "GET" },
    gatewayRef: { kind: mercadoPagoReference.preference, value: preference.id },
    secondaryRefs: [],
    expiresAt,
  });
}

/** What the browser brings is read for names alone; `status=approved` there is anybody's word. */
function nameOfReturn({ url, form }: ReturnRequest): Reference | null {
  const names = [
    ["external_reference", mercadoPagoReference.order],
    ["preference_id", mercadoPagoReference.preference],
    ["preapproval_id", mercadoPagoReference.preapproval],
  ] as const;
  for (const [field, kind] of names) {
    const values = [...form.getAll(field), ...url.searchParams.getAll(field)];
    const [value] = values;
    // Mercado Pago writes "null" for what it does not know.
    if (value !== undefined && values.length === 1 && value !== "null" && NAME.test(value))
      return { kind, value };
  }
  return null;
}

async function refund(client: MercadoPagoClient, request: RefundRequest): Promise<Outcome<RefundState>> {
  const found = await findPayments(client, request.payment);
  // Nothing was sent: it was never found out which payment to give back.
  if (!found.ok) return found;
  const paid = found.value.payments.find(({ status }) => status === "approved");
  if (!paid) return failed("invalid", "no-payment", "no approved payment is known under these names");
  const { amountMinor, currency } = request.money;
  const answer = await client.order(
    "refund",
    (config) => new PaymentRefund(config).create({ payment_id: paid.id, body: { amount: amountMinor } }),
    { key: request.idempotencyKey, honoured: true },
  );
  if (!answer.ok) return answer;
  const state = toRefundState(answer.value, paid.id, currency);
  return state
    ? succeeded(state)
    : failed("unknown-outcome", "malformed", "refunds answered in no known form");
}

async function fetchRefund(
  client: MercadoPagoClient,
  references: readonly Reference[],
): Promise<Outcome<RefundState | null>> {
  const [name] = valuesOf(references, mercadoPagoReference.refund);
  const [paymentId, refundId] = name?.split(":") ?? [];
  if (!paymentId || !refundId)
    return failed("unsupported", "no-name", "Mercado Pago finds a refund below its payment alone");
  const answer = await client.ask((config) => new PaymentRefund(config).list({ payment_id: paymentId }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  if (!Array.isArray(answer.value))
    return failed("unavailable", "malformed", "refunds answered in no known form");
  const wanted = `${paymentId}:${refundId}`;
  const states = answer.value.map((one: unknown) => toRefundState(one, paymentId, CURRENCY));
  return succeeded(states.find((state) => state?.references.some(({ value }) => value === wanted)) ?? null);
}
