import { log } from "@/lib/log";
import type { AutoRenewalState, Reference } from "../gateway";
import { type Failure, type FailureKind, failed, type Outcome, succeeded } from "../outcome";
import type { FlowClient } from "./client";
import { toPage } from "./list-payments";
import { flowReference, nameOf } from "./map";
import { planIdOf, referenceIn } from "./renewal-names";
import {
  type FlowPlan,
  type FlowSubscription,
  isKnownSubscriptionStatus,
  toPlan,
  toRegistrationState,
  toRenewalState,
  toSubscription,
} from "./subscription-map";

/** Days after which an invoice is overdue, and how often Flow tries a refused card. */
const DAYS_UNTIL_DUE = 3;
const CHARGE_RETRIES = 3;

interface NewPlan {
  readonly planId: string;
  readonly name: string;
  /** Whole pesos. */
  readonly amount: number;
  /** 3 month, 4 year. */
  readonly interval: string;
  readonly urlCallback: string;
}

/** An answer that is not of Flow's form. */
export function malformed(call: string, kind: FailureKind): Outcome<never> {
  return failed(kind, "malformed", `${call} answered in no known form`);
}

/** Whether Flow understood a question and knows nothing under that name; the words differ by call. */
function isMissing(failure: Failure): boolean {
  return failure.kind === "invalid" && /not (found|exist)|no (encontrad|exist)/i.test(failure.detail);
}

/** The plan of an id; null where there is none. */
export async function getPlan(client: FlowClient, planId: string): Promise<Outcome<FlowPlan | null>> {
  const answer = await client.get("plans/get", { planId });
  if (!answer.ok) return isMissing(answer.failure) ? succeeded(null) : answer;
  const plan = toPlan(answer.value);
  return plan ? succeeded(plan) : malformed("plans/get", "unavailable");
}

/** The plan of an id, made where there is none yet. */
export async function createPlan(client: FlowClient, plan: NewPlan): Promise<Outcome<FlowPlan>> {
  const known = await getPlan(client, plan.planId);
  if (!known.ok) return known;
  if (known.value) return succeeded(known.value);
  const answer = await client.post("checkout", "plans/create", {
    ...plan,
    currency: "CLP",
    interval_count: 1,
    days_until_due: DAYS_UNTIL_DUE,
    charges_retries_number: CHARGE_RETRIES,
  });
  if (!answer.ok) return answer;
  const made = toPlan(answer.value);
  return made ? succeeded(made) : malformed("plans/create", "unknown-outcome");
}

/** @param trialDays days before the first charge; 0: at once */
export async function createSubscription(
  client: FlowClient,
  planId: string,
  customerId: string,
  trialDays: number,
): Promise<Outcome<FlowSubscription>> {
  const answer = await client.post("checkout", "subscription/create", {
    planId,
    customerId,
    ...(trialDays > 0 ? { trial_period_days: trialDays } : {}),
  });
  if (!answer.ok) return answer;
  const subscription = toSubscription(answer.value);
  return subscription ? succeeded(subscription) : malformed("subscription/create", "unknown-outcome");
}

/** The subscription of a renewal: by its own name, or by the plan that carries our reference, as after a lost answer. */
export async function findSubscription(
  client: FlowClient,
  references: readonly Reference[],
): Promise<Outcome<FlowSubscription | null>> {
  const subscriptionId = nameOf(references, flowReference.subscription);
  if (subscriptionId) return getSubscription(client, subscriptionId);
  const order = nameOf(references, flowReference.order);
  if (!order) return succeeded(null);
  const plan = await getPlan(client, planIdOf(order));
  if (!plan.ok) return plan;
  if (!plan.value) return succeeded(null); // no subscription without its plan
  const answer = await client.get("subscription/list", { planId: planIdOf(order), start: 0, limit: 100 });
  if (!answer.ok) return answer;
  const page = toPage(answer.value);
  const listed = page?.data.map(toSubscription);
  if (!listed?.every((one) => one !== null)) return malformed("subscription/list", "unavailable");
  // One that lives before one that ended; both only where a person made a second one by hand.
  const living = listed.filter(({ status }) => status !== "4");
  if (living.length > 1)
    log.error(
      { gateway: "flow", planId: planIdOf(order), living: living.length },
      "a renewal is collected more than once",
    );
  const found = living[0] ?? listed[0];
  return found ? getSubscription(client, found.subscriptionId) : succeeded(null);
}

async function getSubscription(
  client: FlowClient,
  subscriptionId: string,
): Promise<Outcome<FlowSubscription | null>> {
  const answer = await client.get("subscription/get", { subscriptionId });
  if (!answer.ok) return isMissing(answer.failure) ? succeeded(null) : answer;
  const subscription = toSubscription(answer.value);
  return subscription ? succeeded(subscription) : malformed("subscription/get", "unavailable");
}

/** Whether the payer registered a card on the page that setup opened; null where no page is known. */
export async function getRegistration(client: FlowClient, references: readonly Reference[]) {
  const token = nameOf(references, flowReference.token);
  if (!token) return succeeded(null);
  const answer = await client.get("customer/getRegisterStatus", { token });
  if (!answer.ok) return isMissing(answer.failure) ? succeeded(null) : answer;
  const state = toRegistrationState(answer.value);
  return state ? succeeded(state) : malformed("customer/getRegisterStatus", "unavailable");
}

/** The plan whose price is charged next; null where a change is under way and Flow does not say to which. */
export function planOf({
  planId,
  newPlanId,
  new_plan_scheduled_change_date,
}: FlowSubscription): string | null {
  if (newPlanId && referenceIn(newPlanId) !== null) return newPlanId;
  return new_plan_scheduled_change_date ? null : planId;
}

/** A subscription with its price, which only its plan tells. */
export async function describe(
  client: FlowClient,
  subscription: FlowSubscription,
): Promise<Outcome<AutoRenewalState>> {
  if (!isKnownSubscriptionStatus(subscription.status))
    log.warn({ gateway: "flow", status: subscription.status }, "an unknown status counts as pending");
  const planId = planOf(subscription);
  const plan = planId === null ? succeeded(null) : await getPlan(client, planId);
  return plan.ok ? succeeded(toRenewalState(subscription, plan.value)) : plan;
}
