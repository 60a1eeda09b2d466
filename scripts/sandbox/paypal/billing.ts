import { type Answer, type Call, created, ok, part, text } from "./call";
import { makeCapture } from "./captures";
import { describePlan, findPlan } from "./catalog";
import { PaypalError } from "./errors";
import { newId, type PaypalState, type Plan, type Subscription, stamp } from "./state";

type Surroundings = Pick<Call, "store" | "now" | "events" | "origin">;

/** `POST /v1/billing/subscriptions` */
export function createSubscription(call: Call): Answer {
  const { body, store, now, origin, events } = call;
  const context = part(body, "application_context");
  const subscription: Subscription = {
    id: newId("I-", 12),
    status: "APPROVAL_PENDING",
    planId: findPlan(store.state, text(body, "plan_id") ?? "").id,
    revisedPlanId: null,
    customId: text(body, "custom_id"),
    email: text(part(body, "subscriber"), "email_address"),
    startTime: text(body, "start_time"),
    nextBillingTime: null,
    cycles: 0,
    failures: 0,
    refusals: 0,
    lastPaymentTime: null,
    lastFailureTime: null,
    returnUrl: text(context, "return_url") ?? origin,
    cancelUrl: text(context, "cancel_url") ?? origin,
    createTime: stamp(now()),
  };
  store.state.subscriptions.push(subscription);
  store.changed();
  const described = describeSubscription(store.state, subscription, origin);
  events.send("BILLING.SUBSCRIPTION.CREATED", "subscription", described);
  return created(described);
}

/** `GET /v1/billing/subscriptions/{id}` */
export function getSubscription({ store, ids, origin, request }: Call): Answer {
  const subscription = findSubscription(store.state, ids[0]);
  const described = describeSubscription(store.state, subscription, origin);
  const withPlan = request.url.searchParams.get("fields") === "plan";
  return ok(
    withPlan ? { ...described, plan: describePlan(findPlan(store.state, subscription.planId)) } : described,
  );
}

/** `POST /v1/billing/subscriptions/{id}/cancel` */
export function cancelSubscription(call: Call): Answer {
  const subscription = findSubscription(call.store.state, call.ids[0]);
  if (subscription.status !== "ACTIVE" && subscription.status !== "SUSPENDED")
    throw PaypalError.unprocessable("SUBSCRIPTION_STATUS_INVALID");
  setStatus(call, subscription, "CANCELLED");
  return { status: 204, body: null };
}

/** `POST /v1/billing/subscriptions/{id}/revise`: the payer agrees to it on a page. */
export function reviseSubscription({ body, ids, store, origin }: Call): Answer {
  const subscription = findSubscription(store.state, ids[0]);
  if (subscription.status !== "ACTIVE") throw PaypalError.unprocessable("SUBSCRIPTION_STATUS_INVALID");
  const plan = findPlan(store.state, text(body, "plan_id") ?? "");
  subscription.revisedPlanId = plan.id;
  const context = part(body, "application_context");
  subscription.returnUrl = text(context, "return_url") ?? subscription.returnUrl;
  subscription.cancelUrl = text(context, "cancel_url") ?? subscription.cancelUrl;
  store.changed();
  return ok({ plan_id: plan.id, plan_overridden: false, links: linksOf(subscription, origin) });
}

/** `GET /v1/billing/subscriptions/{id}/transactions?start_time&end_time` */
export function listTransactions({ ids, store, request }: Call): Answer {
  const subscription = findSubscription(store.state, ids[0]);
  const [start, end] = [request.url.searchParams.get("start_time"), request.url.searchParams.get("end_time")];
  if (!start || !end) throw new PaypalError(400, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER");
  const isWithin = (time: string) =>
    Date.parse(start) <= Date.parse(time) && Date.parse(time) <= Date.parse(end);
  const charges = store.state.captures.filter(
    (one) => one.subscriptionId === subscription.id && isWithin(one.createTime),
  );
  const transactions = charges.map(({ id, status, amount, createTime }) => ({
    id,
    status,
    amount_with_breakdown: { gross_amount: amount },
    payer_email: subscription.email,
    time: createTime,
  }));
  return ok({ transactions, links: [] });
}

/** The payer agrees on the hosted page: to the subscription, or to its new price. */
export function approveSubscription(call: Surroundings, subscription: Subscription): void {
  if (subscription.revisedPlanId) {
    subscription.planId = subscription.revisedPlanId;
    subscription.revisedPlanId = null;
    call.store.changed();
    return tell(call, subscription, "UPDATED");
  }
  if (subscription.status !== "APPROVAL_PENDING") return;
  const now = call.now();
  const start = subscription.startTime === null ? now : new Date(subscription.startTime);
  subscription.startTime = stamp(start < now ? now : start);
  subscription.nextBillingTime = subscription.startTime;
  setStatus(call, subscription, "ACTIVE");
  chargeDue(call, subscription);
}

/** Charges what has come due by the clock. */
export function chargeDue(call: Surroundings, subscription: Subscription): void {
  while (
    subscription.status === "ACTIVE" &&
    subscription.nextBillingTime !== null &&
    new Date(subscription.nextBillingTime) <= call.now()
  ) {
    charge(call, subscription, new Date(subscription.nextBillingTime));
  }
}

function charge(call: Surroundings, subscription: Subscription, due: Date): void {
  const { state } = call.store;
  const plan = findPlan(state, subscription.planId);
  const isRefused = subscription.refusals > 0;
  subscription.cycles += 1;
  subscription.nextBillingTime = stamp(cycleAfter(subscription, plan));
  const making = {
    orderId: null,
    subscriptionId: subscription.id,
    customId: subscription.customId,
    invoiceId: null,
    amount: plan.price,
  };
  if (isRefused) {
    subscription.refusals -= 1;
    subscription.failures += 1;
    subscription.lastFailureTime = stamp(due);
  } else {
    subscription.failures = 0;
    subscription.lastPaymentTime = stamp(due);
  }
  makeCapture({ ...call, now: () => due }, { ...making, status: isRefused ? "DECLINED" : "COMPLETED" });
  if (isRefused) tell(call, subscription, "PAYMENT.FAILED");
  const isTooMuch = plan.failureThreshold > 0 && subscription.failures >= plan.failureThreshold;
  if (isTooMuch) setStatus(call, subscription, "SUSPENDED");
}

/** The same day of a later month, or its last where that month is shorter; counted from the start. */
function cycleAfter({ startTime, cycles }: Subscription, { unit, count }: Plan): Date {
  const at = new Date(startTime ?? 0);
  const units = cycles * count;
  if (unit === "DAY" || unit === "WEEK") {
    at.setUTCDate(at.getUTCDate() + units * (unit === "WEEK" ? 7 : 1));
    return at;
  }
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + units * (unit === "YEAR" ? 12 : 1));
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return at;
}

function setStatus(call: Surroundings, subscription: Subscription, status: Subscription["status"]): void {
  subscription.status = status;
  call.store.changed();
  tell(call, subscription, status === "ACTIVE" ? "ACTIVATED" : status);
}

function tell({ store, events, origin }: Surroundings, subscription: Subscription, what: string): void {
  events.send(
    `BILLING.SUBSCRIPTION.${what}`,
    "subscription",
    describeSubscription(store.state, subscription, origin),
  );
}

function findSubscription(state: PaypalState, id: string | undefined): Subscription {
  const subscription = state.subscriptions.find((one) => one.id === id);
  if (!subscription) throw PaypalError.notFound();
  return subscription;
}

function describeSubscription(
  state: PaypalState,
  one: Subscription,
  origin: string,
): Record<string, unknown> {
  const price = findPlan(state, one.planId).price;
  return {
    id: one.id,
    status: one.status,
    plan_id: one.planId,
    custom_id: one.customId ?? undefined,
    start_time: one.startTime ?? undefined,
    subscriber: { email_address: one.email ?? undefined },
    billing_info: {
      failed_payments_count: one.failures,
      ...(one.nextBillingTime === null || one.status !== "ACTIVE"
        ? {}
        : { next_billing_time: one.nextBillingTime }),
      ...(one.lastPaymentTime === null ? {} : { last_payment: { amount: price, time: one.lastPaymentTime } }),
      ...(one.lastFailureTime === null
        ? {}
        : { last_failed_payment: { amount: price, time: one.lastFailureTime } }),
    },
    create_time: one.createTime,
    links: linksOf(one, origin),
  };
}

function linksOf(one: Subscription, origin: string): { href: string; rel: string; method: string }[] {
  const self = { href: `${origin}/paypal/v1/billing/subscriptions/${one.id}`, rel: "self", method: "GET" };
  const page = {
    href: `${origin}/paypal/webapps/billing/subscriptions?subscription_id=${one.id}`,
    rel: "approve",
    method: "GET",
  };
  return one.status === "APPROVAL_PENDING" || one.revisedPlanId ? [page, self] : [self];
}
