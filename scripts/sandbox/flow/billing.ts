import { addDays, addPeriods, type Invoice, type Plan, type Subscription } from "./agreements";
import { type FlowState, flowDate, newToken, type Order } from "./orders";

/** What a round of billing needs of its surroundings. */
export interface Billing {
  readonly state: FlowState;
  readonly now: Date;
  /** Calls back about a paid order. */
  callBack(order: Order): void;
}

/** Makes and charges the invoices that have come due, and tries refused cards again. Returns whether anything changed. */
export function billDue(billing: Billing): boolean {
  const today = flowDate(billing.now).slice(0, 10);
  let changed = false;
  for (const subscription of billing.state.subscriptions) {
    while (subscription.nextInvoice !== null && subscription.nextInvoice <= today) {
      billPeriod(billing, subscription, subscription.nextInvoice);
      changed = true;
    }
  }
  for (const invoice of billing.state.invoices) {
    while (invoice.status === 0 && invoice.nextAttempt !== null && invoice.nextAttempt <= today) {
      charge(billing, invoice);
      changed = true;
    }
  }
  return changed;
}

function billPeriod(billing: Billing, subscription: Subscription, day: string): void {
  if (subscription.cancelAtPeriodEnd) return end(subscription);
  if (subscription.change && subscription.change.on <= day) {
    subscription.planId = subscription.change.planId;
    subscription.change = null;
  }
  const plan = billing.state.plans.find(({ planId }) => planId === subscription.planId);
  if (!plan) return end(subscription);
  subscription.status = 1;
  subscription.billed += 1;
  subscription.periodStart = day;
  subscription.nextInvoice = addPeriods(subscription.anchor, plan, subscription.billed);
  const invoice = makeInvoice(
    billing,
    subscription,
    plan,
    plan.amount,
    addDays(subscription.nextInvoice, -1),
  );
  charge(billing, invoice);
}

/** Ends a subscription: nothing more is billed, and what is unpaid is annulled. */
export function end(subscription: Subscription): void {
  subscription.status = 4;
  subscription.nextInvoice = null;
}

/** A bill of a subscription that is due in some days, not charged yet. */
export function makeInvoice(
  { state, now }: Billing,
  subscription: Subscription,
  plan: Plan,
  amount: number,
  periodEnd: string,
): Invoice {
  const day = subscription.periodStart;
  const invoice: Invoice = {
    id: state.nextOrder++,
    subscriptionId: subscription.subscriptionId,
    customerId: subscription.customerId,
    created: flowDate(now),
    subject: `${plan.name} - período: ${day} / ${periodEnd}`,
    currency: plan.currency,
    amount,
    periodStart: day,
    periodEnd,
    dueDate: addDays(day, plan.daysUntilDue),
    status: 0,
    attempts: [],
    nextAttempt: null,
    flowOrder: null,
    lies: {},
  };
  state.invoices.push(invoice);
  return invoice;
}

/** Tries the registered card: a paid order and its callback, or an attempt that failed and the day of the next. */
function charge(billing: Billing, invoice: Invoice): void {
  const { state, now } = billing;
  const customer = state.customers.find(({ customerId }) => customerId === invoice.customerId);
  const subscription = state.subscriptions.find((one) => one.subscriptionId === invoice.subscriptionId);
  const plan = state.plans.find(({ planId }) => planId === subscription?.planId);
  if (!customer?.card || customer.refusesWith !== null) {
    const errorCode = customer?.refusesWith ?? -1;
    invoice.attempts.push({ id: state.nextOrder++, date: flowDate(now), errorCode });
    const mayTry = invoice.attempts.length <= (plan?.retries ?? 0) && subscription?.status !== 4;
    invoice.nextAttempt = mayTry ? addDays(flowDate(now).slice(0, 10), 1) : null;
    return;
  }
  const order: Order = {
    flowOrder: state.nextOrder++,
    token: newToken(),
    // As seen in Flow's own sandbox: an order of a subscription repeats nothing of the merchant's.
    commerceOrder: `${invoice.subscriptionId}_${invoice.id}_${flowDate(now).slice(0, 10).replaceAll("-", "")}`,
    subject: invoice.subject,
    email: customer.email,
    amount: invoice.amount,
    currency: invoice.currency,
    status: 2,
    requestDate: flowDate(now),
    paidDate: flowDate(now),
    expiresAt: null,
    optional: null,
    urlConfirmation: plan?.urlCallback ?? "",
    urlReturn: "",
    lies: {},
  };
  state.orders.push(order);
  invoice.status = 1;
  invoice.nextAttempt = null;
  invoice.flowOrder = order.flowOrder;
  if (order.urlConfirmation !== "") billing.callBack(order);
}
