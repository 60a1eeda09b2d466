import { log } from "@/lib/log";
import { toDecimalText } from "../decimal";
import type {
  Capabilities,
  Checkout,
  CheckoutRequest,
  Gateway,
  PaymentState,
  Reference,
  ReturnRequest,
  SetupReport,
} from "../gateway";
import { createHttpClient, type HttpClientOptions } from "../http";
import { failed, type Outcome, succeeded } from "../outcome";
import { type NowPayment, nowpaymentsReference, toCheckout } from "./answers";
import {
  createNowPaymentsClient,
  type NowPaymentsClient,
  type NowPaymentsSettings,
  secretsOf,
} from "./client";
import { findPayments, getPayment, listPayments } from "./find-payments";
import { instantOf, isKnownStatus, toPaymentState } from "./map";
import { verifyNotice } from "./notice";

const PRODUCTION_HOST = "api.nowpayments.io";
/** One dollar. Each coin has a minimum of its own besides, which the hosted page tells when one is chosen. */
const MIN_USD_CENTS = 100;
const DAY_MS = 86_400_000;
const NAME = /^[A-Za-z0-9._-]{1,128}$/;

const capabilities: Capabilities = {
  oneOff: true,
  recurring: "link-only", // its subscriptions mail links and pull nothing: ours mails its own
  refunds: "none",
  partialRefund: false,
  pause: false,
  currencies: ["USD"],
  minAmountMinor: () => MIN_USD_CENTS,
};

/** NOWPayments: a hosted page on which the payer chooses a coin, signed notices, nothing given back by a call. */
export function createNowPaymentsGateway(
  settings: NowPaymentsSettings,
  onCall?: HttpClientOptions["onCall"],
): Gateway {
  const http = createHttpClient({
    gateway: "nowpayments",
    baseUrl: settings.apiUrl,
    secrets: secretsOf(settings),
    ...(onCall ? { onCall } : {}),
  });
  const client = createNowPaymentsClient(settings, http);
  const { list } = client;
  const cannotRefund = () =>
    Promise.resolve(failed("unsupported", "refund", "NOWPayments gives nothing back by a call"));
  return {
    id: "nowpayments",
    capabilities,
    createCheckout: (request) => createCheckout(client, request),
    completeReturn: async (request) => succeeded(returned(request)),
    fetchStatus: (references) => fetchStatus(client, references),
    verifyWebhook: (request) => verifyNotice(request, settings.ipnSecret),
    refund: cannotRefund,
    fetchRefund: cannotRefund,
    identify: (reference) => identify(client, reference),
    subscriptions: null,
    listPayments: list && ((from, to) => listStates(list, from, to)),
    checkSetup: () => checkSetup(client, settings),
    isDegraded: () => http.isOpen("checkout"),
  };
}

async function createCheckout(
  client: NowPaymentsClient,
  request: CheckoutRequest,
): Promise<Outcome<Checkout>> {
  const { amountMinor, currency } = request.money;
  if (!capabilities.currencies.includes(currency))
    return failed("unsupported", "currency", `${currency} is not taken`);
  if (amountMinor < MIN_USD_CENTS)
    return failed("unsupported", "amount", `less than ${MIN_USD_CENTS} US cents`);
  const answer = await client.createInvoice(invoiceOf(request));
  if (!answer.ok) return answer;
  const checkout = toCheckout(answer.value);
  if (!checkout) return failed("unknown-outcome", "malformed", "invoice answered in no known form");
  return succeeded({
    redirect: { url: checkout.url, method: "GET" },
    gatewayRef: checkout.invoice,
    secondaryRefs: [{ kind: nowpaymentsReference.order, value: request.reference }],
    expiresAt: request.expiresAt, // ours alone: an invoice stays open, and money that comes later goes to review
  });
}

/** The order of an invoice as JSON. The price stands in it as the decimal that it is, never as a float. */
function invoiceOf({ reference, money, subject, notifyUrl, returnUrl }: CheckoutRequest): string {
  const back = new URL(returnUrl);
  back.searchParams.set("order", reference); // nothing else that is certain to come back names the payment
  const rest = {
    price_currency: money.currency.toLowerCase(),
    order_id: reference,
    order_description: asciiOf(subject),
    ipn_callback_url: notifyUrl,
    success_url: back.href,
    cancel_url: back.href,
    partially_paid_url: back.href,
    // A fixed rate holds for twenty minutes and then ends the payment, while coins sent from an exchange often take
    // longer. With a floating one the address stays good for days; what a coin loses meanwhile is our risk.
    is_fixed_rate: false,
    is_fee_paid_by_user: false, // the page asks for the price that we showed
  };
  return `{"price_amount":${toDecimalText(money.amountMinor, 2)},${JSON.stringify(rest).slice(1)}`;
}

/** What is beyond ASCII comes back signed in different spellings. `ñ` is written so that `año` stays decent. */
function asciiOf(text: string): string {
  return text
    .replaceAll("ñ", "ni")
    .replaceAll("Ñ", "Ni")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]/g, "?")
    .slice(0, 150);
}

/** Our own name for the payment, which its return address carries; else what NOWPayments adds to it. */
function returned({ url, form }: ReturnRequest): Reference | null {
  const names = [
    ["order", nowpaymentsReference.order],
    ["NP_id", nowpaymentsReference.payment],
    ["iid", nowpaymentsReference.invoice],
  ] as const;
  for (const [field, kind] of names) {
    const values = [...form.getAll(field), ...url.searchParams.getAll(field)];
    const [value] = values;
    if (value !== undefined && values.length === 1 && NAME.test(value)) return { kind, value };
  }
  return null;
}

async function fetchStatus(
  client: NowPaymentsClient,
  references: readonly Reference[],
): Promise<Outcome<PaymentState | null>> {
  const found = await findPayments(client, references);
  if (!found.ok) return found;
  const [first, ...others] = found.value;
  if (first) return succeeded(noteUnknown([first, ...others]));
  // No call tells of an invoice itself. One that we opened, and through which nobody is known to have paid, waits;
  // to call it unknown would fail a checkout whose payer may be choosing a coin.
  const isOpened = references.some(({ kind }) => kind === nowpaymentsReference.invoice);
  return succeeded(isOpened ? untouched(references) : null);
}

function untouched(references: readonly Reference[]): PaymentState {
  return {
    normalized: "pending",
    rawStatus: "no payment",
    reference: references.find(({ kind }) => kind === nowpaymentsReference.order)?.value ?? null,
    amountExpectedMinor: null, // told with the first payment
    amountPaidMinor: 0,
    amountRefundedMinor: 0,
    currency: capabilities.currencies[0] ?? null,
    underpaid: false,
    reason: null,
    updatedAt: null,
    objection: null,
    references: [],
  };
}

async function identify(
  client: NowPaymentsClient,
  { kind, value }: Reference,
): Promise<Outcome<Reference | null>> {
  if (kind !== nowpaymentsReference.payment) return succeeded(null);
  const payment = await getPayment(client, value);
  if (!payment.ok) return payment;
  const order = payment.value?.order_id;
  return succeeded(order ? { kind: nowpaymentsReference.order, value: order } : null);
}

/** One state for each of our references: what all payments under it come to. */
async function listStates(
  list: NonNullable<NowPaymentsClient["list"]>,
  from: Date,
  to: Date,
): Promise<Outcome<readonly PaymentState[]>> {
  const listed = await listPayments(list, {
    sortBy: "created_at",
    orderBy: "asc",
    dateFrom: dayOf(from),
    dateTo: dayOf(new Date(to.getTime() + DAY_MS)), // whole days: whether the last one counts is not documented
  });
  if (!listed.ok) return listed;
  const within = listed.value.filter(({ created_at }) => {
    const created = instantOf(created_at);
    return created === null || (created >= from && created <= to);
  });
  const checkouts = Map.groupBy(within, ({ order_id, payment_id }) => order_id ?? `no order: ${payment_id}`);
  return succeeded(
    [...checkouts.values()].flatMap(([first, ...others]) => (first ? [noteUnknown([first, ...others])] : [])),
  );
}

/** Changes nothing there. The sandbox has an address of its own, and so has every stand-in. */
async function checkSetup(
  client: NowPaymentsClient,
  { apiUrl }: NowPaymentsSettings,
): Promise<Outcome<SetupReport>> {
  for (const path of ["status", "currencies"]) {
    const answer = await client.get(path);
    if (!answer.ok) return answer;
  }
  const login = await client.checkLogin();
  if (!login.ok) return login;
  const testMode = new URL(apiUrl).host !== PRODUCTION_HOST;
  return succeeded({ account: null, testMode, notices: "unknown" });
}

/** A status that we do not know counts as pending, and a deposit beside what was asked for needs a person: both are said. */
function noteUnknown(payments: readonly [NowPayment, ...NowPayment[]]): PaymentState {
  for (const { payment_id, payment_status } of payments)
    if (!isKnownStatus(payment_status))
      log.warn(
        { gateway: "nowpayments", payment: payment_id, status: payment_status },
        "an unknown status counts as pending",
      );
  const state = toPaymentState(payments);
  if (state.reason !== null)
    log.warn(
      { gateway: "nowpayments", reference: state.reference, reason: state.reason },
      "a payment is not simply the price",
    );
  return state;
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
