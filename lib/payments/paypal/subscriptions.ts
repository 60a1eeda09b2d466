import {
  ApplicationContextUserAction,
  ExperienceContextShippingPreference,
  type SubscriptionApplicationContext,
} from "@paypal/paypal-server-sdk";
import { log } from "@/lib/log";
import type {
  AutoRenewalRequest,
  AutoRenewalState,
  Checkout,
  NativeSubscriptions,
  PaymentState,
  Reference,
} from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import { isNotFound } from "./answers";
import { refusalOfMoney } from "./capabilities";
import type { PaypalClient } from "./client";
import { withDispute } from "./disputes";
import { paypalReference, toApproval, valueOf } from "./map";
import {
  type SubscriptionRead,
  toCharges,
  toInterval,
  toPlanPrice,
  toRevision,
  toSubscription,
} from "./map-renewals";
import { planFor } from "./plans";

const DAY_MS = 86_400_000;

type Names = readonly Reference[];

/** Renewals as PayPal's subscriptions: product, plan for each price, one agreement with the payer. */
export function createSubscriptions(client: PaypalClient): NativeSubscriptions {
  const plans = new Map<string, string>();
  return {
    setup: (request) => setup(client, plans, request),
    // Nothing is left to do: with SUBSCRIBE_NOW PayPal activates by itself what the payer agreed to.
    complete: (_request, references) => fetchStatus(client, references),
    fetchStatus: (references) => fetchStatus(client, references),
    changePrice: (references, money, returnUrl) => changePrice(client, plans, references, money, returnUrl),
    cancel: (references) => cancel(client, references),
    listCharges: (references, since) => listCharges(client, references, since),
  };
}

async function setup(
  client: PaypalClient,
  plans: Map<string, string>,
  request: AutoRenewalRequest,
): Promise<Outcome<Checkout>> {
  const refusal = refusalOfMoney(request.money);
  if (refusal) return refusal;
  const plan = await planFor(client, plans, request.money, request.interval);
  if (!plan.ok) return plan;
  const answer = await client.viaSdk("checkout", ({ subscriptions }) =>
    subscriptions.createSubscription({
      paypalRequestId: request.idempotencyKey,
      prefer: "return=minimal",
      body: {
        planId: plan.value,
        customId: request.reference,
        ...(request.firstChargeAt ? { startTime: request.firstChargeAt.toISOString() } : {}),
        subscriber: { emailAddress: request.payer.email },
        applicationContext: context(request.returnUrl),
      },
    }),
  );
  if (!answer.ok) return answer;
  const approval = toApproval(answer.value);
  if (!approval) return failed("unknown-outcome", "malformed", "a subscription in no known form");
  return succeeded({
    redirect: { url: approval.url, method: "GET" },
    gatewayRef: { kind: paypalReference.subscription, value: approval.id },
    secondaryRefs: [],
    expiresAt: new Date(Date.now() + DAY_MS), // PayPal names no end; ours is that of every checkout
  });
}

function context(returnUrl: string): SubscriptionApplicationContext {
  return {
    brandName: "Opttius",
    shippingPreference: ExperienceContextShippingPreference.NoShipping,
    userAction: ApplicationContextUserAction.SubscribeNow,
    returnUrl,
    cancelUrl: returnUrl,
  };
}

async function fetchStatus(
  client: PaypalClient,
  references: Names,
): Promise<Outcome<AutoRenewalState | null>> {
  const found = await readNamed(client, references);
  return found.ok ? succeeded(found.value?.state ?? null) : found;
}

/** A subscription with its price, or null where PayPal knows none of that name. */
export async function readSubscription(
  client: PaypalClient,
  id: string,
): Promise<Outcome<SubscriptionRead | null>> {
  const answer = await client.viaSdk("state", ({ subscriptions }) =>
    subscriptions.getSubscription({ id, fields: "plan" }),
  );
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const read = toSubscription(answer.value);
  if (!read) return failed("unavailable", "malformed", "a subscription in no known form");
  const { state, planId } = read;
  if (state.amountMinor !== null || !planId) return succeeded(read);
  const plan = await client.viaSdk("state", ({ subscriptions }) => subscriptions.getBillingPlan(planId));
  const price = plan.ok ? toPlanPrice(plan.value) : null;
  if (!plan.ok) log.warn({ gateway: "paypal", failure: plan.failure }, "a plan's price could not be read");
  return succeeded(price ? { ...read, state: { ...state, ...price } } : read);
}

function readNamed(client: PaypalClient, references: Names): Promise<Outcome<SubscriptionRead | null>> {
  const id = valueOf(references, paypalReference.subscription);
  return id ? readSubscription(client, id) : Promise.resolve(succeeded(null));
}

/** As `readNamed`, where the subscription has to exist. */
async function required(client: PaypalClient, references: Names): Promise<Outcome<SubscriptionRead>> {
  const found = await readNamed(client, references);
  if (!found.ok) return found;
  return found.value
    ? succeeded(found.value)
    : failed("invalid", "no-subscription", "PayPal knows no such subscription");
}

async function changePrice(
  client: PaypalClient,
  plans: Map<string, string>,
  references: Names,
  money: { readonly amountMinor: number; readonly currency: string },
  returnUrl: string,
): ReturnType<NativeSubscriptions["changePrice"]> {
  const refusal = refusalOfMoney(money);
  if (refusal) return refusal;
  const found = await required(client, references);
  if (!found.ok) return found;
  const interval = await intervalOf(client, found.value.planId);
  if (!interval.ok) return interval;
  const plan = await planFor(client, plans, money, interval.value);
  if (!plan.ok) return plan;
  const id = valueOf(references, paypalReference.subscription) ?? "";
  const answer = await client.viaSdk("checkout", ({ subscriptions }) =>
    subscriptions.reviseSubscription({
      id,
      body: { planId: plan.value, applicationContext: context(returnUrl) },
    }),
  );
  if (!answer.ok) return answer;
  const url = toRevision(answer.value);
  const now = await required(client, references);
  // PayPal has heard of it: whether it holds, the next question tells.
  if (!now.ok) return failed("unknown-outcome", now.failure.code, now.failure.detail);
  return succeeded({ state: now.value.state, redirect: url ? { url, method: "GET" } : null });
}

/** A plan collects monthly or yearly; another price keeps to it. */
async function intervalOf(
  client: PaypalClient,
  planId: string | null,
): Promise<Outcome<AutoRenewalRequest["interval"]>> {
  if (!planId) return failed("unavailable", "malformed", "a subscription without a plan");
  const answer = await client.viaSdk("state", ({ subscriptions }) => subscriptions.getBillingPlan(planId));
  return answer.ok ? succeeded(toInterval(answer.value)) : answer;
}

/** At once, whenever it is to take effect: PayPal pulls in advance, so that the period that was paid stays. */
async function cancel(client: PaypalClient, references: Names): Promise<Outcome<AutoRenewalState>> {
  const id = valueOf(references, paypalReference.subscription);
  if (!id) return failed("invalid", "no-subscription", "PayPal knows no such subscription");
  const answer = await client.viaSdk("checkout", ({ subscriptions }) =>
    subscriptions.cancelSubscription({ id, body: { reason: "Cancelled by the subscriber" } }),
  );
  // One that has ended already is what was asked for.
  if (!answer.ok && answer.failure.code !== "SUBSCRIPTION_STATUS_INVALID") return answer;
  const now = await required(client, references);
  return now.ok ? succeeded(now.value.state) : now;
}

async function listCharges(
  client: PaypalClient,
  references: Names,
  since: Date,
): ReturnType<NativeSubscriptions["listCharges"]> {
  const found = await required(client, references);
  if (!found.ok) return found;
  const { state, lastChargeAt } = found.value;
  const id = valueOf(references, paypalReference.subscription) ?? "";
  // By PayPal's clock, where it is ahead of ours: the last charge must not fall out.
  const until = new Date(Math.max(Date.now(), (lastChargeAt?.getTime() ?? 0) + 1_000));
  const answer = await client.viaSdk("state", ({ subscriptions }) =>
    subscriptions.listSubscriptionTransactions({
      id,
      startTime: since.toISOString(),
      endTime: until.toISOString(),
    }),
  );
  if (!answer.ok) return answer;
  const listed = toCharges(answer.value, state.reference);
  if (!listed) return failed("unavailable", "malformed", "transactions in no known form");
  const charges: PaymentState[] = [];
  for (const charge of listed) {
    const told = await withDispute(client, charge);
    if (!told.ok) return told;
    charges.push(told.value);
  }
  return succeeded(charges);
}
