import { log } from "@/lib/log";
import { addDays, businessDate } from "@/lib/time";
import type {
  AutoRenewalRequest,
  AutoRenewalState,
  Capabilities,
  Checkout,
  Money,
  NativeSubscriptions,
  PaymentState,
  Reference,
} from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import type { FlowClient } from "./client";
import { FLOW_ZONE } from "./list-payments";
import { flowReference, nameOf, toRegistration } from "./map";
import {
  createPlan,
  createSubscription,
  describe,
  findSubscription,
  getPlan,
  getRegistration,
  malformed,
  planOf,
} from "./plans";
import { callbackOf, planIdAt, planIdOf, referenceIn } from "./renewal-names";
import {
  type FlowInvoice,
  type FlowSubscription,
  needsPayment,
  toCharge,
  toCustomerId,
  toInvoice,
  toSubscription,
  withoutSubscription,
} from "./subscription-map";

const DAY_MS = 86_400_000;
/** The time that a payer is given to register a card; Flow names none. */
const PAGE_OPEN_MS = DAY_MS;
/** Flow dates invoices by the day: what lies this near to the edge is listed too. */
const SLACK_DAYS = 2;

/**
 * Flow's own subscriptions: a customer with a registered card, a plan for each renewal, a subscription on both.
 *
 * @see https://developers.flow.cl/api (read 2026-11-22): customer, plans, subscription, invoice
 */
export function createFlowSubscriptions(client: FlowClient, capabilities: Capabilities): NativeSubscriptions {
  return {
    setup: (request) => {
      const refusal = refuse(request.money, capabilities);
      return refusal ? Promise.resolve(refusal) : setup(client, request);
    },
    complete: (request, references) => complete(client, request, references),
    fetchStatus: (references) => fetchStatus(client, references),
    changePrice: (references, money) => {
      const refusal = refuse(money, capabilities);
      return refusal ? Promise.resolve(refusal) : changePrice(client, references, money);
    },
    cancel: (references, when) => cancel(client, references, when),
    listCharges: (references, since) => listCharges(client, references, since),
  };
}

function refuse({ amountMinor, currency }: Money, capabilities: Capabilities): Outcome<never> | null {
  if (!capabilities.currencies.includes(currency))
    return failed("unsupported", "currency", `${currency} is not taken`);
  const least = capabilities.minAmountMinor(currency);
  return amountMinor < least ? failed("unsupported", "amount", `less than ${least} ${currency}`) : null;
}

/** A customer of its own for each renewal: Flow finds none by `externalId`, and one without a card costs nothing. */
async function setup(client: FlowClient, request: AutoRenewalRequest): Promise<Outcome<Checkout>> {
  const created = await client.post("checkout", "customer/create", {
    name: request.payer.name || request.payer.email,
    email: request.payer.email,
    externalId: request.reference,
  });
  if (!created.ok) return created;
  const customerId = toCustomerId(created.value);
  if (customerId === null) return malformed("customer/create", "unknown-outcome");
  const registered = await client.post("checkout", "customer/register", {
    customerId,
    url_return: request.returnUrl,
  });
  if (!registered.ok) return registered;
  const page = toRegistration(registered.value);
  if (!page) return malformed("customer/register", "unknown-outcome");
  return succeeded({
    redirect: { url: page.url, method: "GET" },
    gatewayRef: page.token,
    secondaryRefs: [{ kind: flowReference.customer, value: customerId }],
    expiresAt: new Date(Date.now() + PAGE_OPEN_MS),
  });
}

/** Plan and subscription on the registered card. Nothing at Flow is idempotent: each is looked for before it is made. */
async function complete(
  client: FlowClient,
  request: AutoRenewalRequest,
  references: readonly Reference[],
): Promise<Outcome<AutoRenewalState | null>> {
  const found = await findSubscription(client, references);
  if (!found.ok) return found;
  if (found.value) return describe(client, found.value);
  const registration = await getRegistration(client, references);
  if (!registration.ok || registration.value === null)
    return registration.ok ? succeeded(null) : registration;
  const { isRegistered, customerId, methodLabel } = registration.value;
  const customer = customerId ?? nameOf(references, flowReference.customer);
  if (!isRegistered || !customer) return succeeded(withoutSubscription("pending", "not registered", null));
  const planned = await createPlan(client, {
    planId: planIdOf(request.reference),
    name: request.subject,
    amount: request.money.amountMinor,
    interval: request.interval === "year" ? "4" : "3",
    urlCallback: callbackOf(request.notifyUrl, request.reference),
  });
  if (!planned.ok) return planned;
  const trialDays = request.firstChargeAt ? daysUntil(request.firstChargeAt) : 0;
  const subscribed = await createSubscription(client, planned.value.planId, customer, trialDays);
  if (!subscribed.ok) return subscribed;
  const state = await describe(client, subscribed.value);
  return state.ok ? succeeded({ ...state.value, methodLabel }) : state;
}

/** Whole days on the calendar of Santiago, because that is how Flow counts a trial. */
function daysUntil(instant: Date): number {
  const [today, day] = [new Date(), instant].map((each) => Date.parse(businessDate(each, FLOW_ZONE)));
  return Math.max(0, Math.round(((day ?? 0) - (today ?? 0)) / DAY_MS));
}

async function fetchStatus(
  client: FlowClient,
  references: readonly Reference[],
): Promise<Outcome<AutoRenewalState | null>> {
  const found = await findSubscription(client, references);
  if (!found.ok) return found;
  if (found.value) return describe(client, found.value);
  const registration = await getRegistration(client, references);
  if (!registration.ok || registration.value === null)
    return registration.ok ? succeeded(null) : registration;
  const { isRegistered, methodLabel } = registration.value;
  const rawStatus = isRegistered ? "registered" : "not registered";
  return succeeded(withoutSubscription("pending", rawStatus, methodLabel));
}

/**
 * A plan that has a subscriber keeps its price: the subscription moves to another. It does so on the day of the next
 * invoice; without that day Flow would charge the difference for the running period at once.
 */
async function changePrice(client: FlowClient, references: readonly Reference[], money: Money) {
  const found = await findSubscription(client, references);
  if (!found.ok) return found;
  const reference = referenceIn(found.value?.planId);
  if (!found.value || !reference) return failed("invalid", "no-subscription", "there is nothing to change");
  const { subscriptionId, planId, next_invoice_date } = found.value;
  const old = await getPlan(client, planId);
  if (!old.ok) return old;
  if (!old.value) return malformed("plans/get", "unavailable");
  const newPlanId = planIdAt(reference, money.amountMinor);
  const planned = await createPlan(client, {
    planId: newPlanId,
    name: old.value.name ?? "Opttius",
    amount: money.amountMinor,
    interval: old.value.interval,
    urlCallback: old.value.urlCallback ?? "",
  });
  if (!planned.ok) return planned;
  if (planOf(found.value) !== newPlanId) {
    const moved = await client.post("checkout", "subscription/changePlan", {
      subscriptionId,
      newPlanId,
      ...(next_invoice_date ? { startDateOfNewPlan: next_invoice_date.slice(0, 10) } : {}),
    });
    if (!moved.ok) return moved;
  }
  const state = await fetchStatus(client, references);
  if (!state.ok) return failed("unknown-outcome", state.failure.code, state.failure.detail);
  if (!state.value) return malformed("subscription/get", "unknown-outcome");
  return succeeded({ state: { ...state.value, amountMinor: money.amountMinor }, redirect: null });
}

async function cancel(
  client: FlowClient,
  references: readonly Reference[],
  when: "now" | "period-end",
): Promise<Outcome<AutoRenewalState>> {
  const found = await findSubscription(client, references);
  if (!found.ok) return found;
  if (!found.value) return succeeded(withoutSubscription("cancelled", "no subscription", null));
  const before = await describe(client, found.value);
  if (!before.ok || before.value.normalized === "cancelled") return before;
  const { subscriptionId } = found.value;
  const answer = await client.post("checkout", "subscription/cancel", {
    subscriptionId,
    at_period_end: when === "now" ? 0 : 1,
  });
  if (!answer.ok) return answer;
  const after = toSubscription(answer.value);
  return after ? describe(client, after) : malformed("subscription/cancel", "unknown-outcome");
}

async function listCharges(
  client: FlowClient,
  references: readonly Reference[],
  since: Date,
): Promise<Outcome<readonly PaymentState[]>> {
  const found = await findSubscription(client, references);
  if (!found.ok) return found;
  const subscription = found.value;
  if (!subscription) return succeeded([]);
  const from = addDays(businessDate(since, FLOW_ZONE), -SLACK_DAYS);
  const charges: PaymentState[] = [];
  for (const invoice of subscription.invoices ?? []) {
    if (invoice.created && invoice.created.slice(0, 10) < from) continue;
    const whole = await withPayment(client, invoice);
    if (!whole.ok) return whole;
    charges.push(note(toCharge(whole.value, subscription), subscription));
  }
  return succeeded(charges);
}

/** Inside a subscription an invoice does not always show its payment; alone it does. */
async function withPayment(client: FlowClient, invoice: FlowInvoice): Promise<Outcome<FlowInvoice>> {
  if (!needsPayment(invoice)) return succeeded(invoice);
  const answer = await client.get("invoice/get", { invoiceId: invoice.id });
  if (!answer.ok) return answer;
  const whole = toInvoice(answer.value);
  return whole ? succeeded(whole) : malformed("invoice/get", "unavailable");
}

function note(charge: PaymentState, { subscriptionId }: FlowSubscription): PaymentState {
  if (charge.rawStatus === "1")
    log.warn(
      { gateway: "flow", subscriptionId },
      "an invoice is paid and shows no payment: it counts as pending",
    );
  return charge;
}
