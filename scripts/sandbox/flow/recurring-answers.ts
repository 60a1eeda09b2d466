import { addDays, type Invoice, type Plan, type Subscription } from "./agreements";
import type { Call } from "./call";
import { flowDate } from "./orders";

/** As inside a subscription: without payment and attempts, which only invoice/get tells. */
export function describeInvoice(invoice: Invoice): Record<string, unknown> {
  const { id, subscriptionId, customerId, created, subject, currency, amount, status, attempts } = invoice;
  return {
    id,
    subscriptionId,
    customerId,
    created,
    subject,
    currency,
    amount: `${amount}.0000`,
    period_start: `${invoice.periodStart} 00:00:00`,
    period_end: `${invoice.periodEnd} 00:00:00`,
    attemp_count: attempts.length + (status === 1 ? 1 : 0),
    attemped: status === 1 ? 0 : 1,
    next_attemp_date: invoice.nextAttempt,
    due_date: `${invoice.dueDate} 00:00:00`,
    status,
    ...invoice.lies,
  };
}

/** A plan as `plans/get` tells it. */
export function describePlan(plan: Plan): unknown {
  const { planId, name, currency, amount, interval, intervalCount, created, urlCallback } = plan;
  return {
    planId,
    name,
    currency,
    amount: `${amount}.0000`,
    interval,
    interval_count: intervalCount,
    created,
    trial_period_days: plan.trialDays,
    days_until_due: plan.daysUntilDue,
    periods_number: null,
    urlCallback,
    charges_retries_number: plan.retries,
    currency_convert_option: null,
    status: 1,
    public: 1,
    ...plan.lies,
  };
}

/** A subscription as `subscription/get` tells it. */
export function describeSubscription(
  { store, now }: Pick<Call, "store" | "now">,
  subscription: Subscription,
): unknown {
  const { subscriptionId, planId, customerId, created, status, nextInvoice, change } = subscription;
  const invoices = store.state.invoices.filter((one) => one.subscriptionId === subscriptionId);
  const unpaid = invoices.filter((invoice) => invoice.status === 0);
  const today = flowDate(now).slice(0, 10);
  return {
    subscriptionId,
    planId,
    plan_name: store.state.plans.find((plan) => plan.planId === planId)?.name ?? null,
    customerId,
    created,
    subscription_start: `${subscription.start} 00:00:00`,
    subscription_end: null,
    period_start: `${subscription.periodStart} 00:00:00`,
    period_end: nextInvoice === null ? null : `${addDays(nextInvoice, -1)} 00:00:00`,
    next_invoice_date: nextInvoice === null ? null : `${nextInvoice} 00:00:00`,
    trial_period_days: subscription.trialDays,
    cancel_at_period_end: subscription.cancelAtPeriodEnd ? 1 : 0,
    cancel_at: subscription.cancelAtPeriodEnd && nextInvoice !== null ? addDays(nextInvoice, -1) : null,
    status,
    newPlanId: change?.planId ?? null,
    new_plan_scheduled_change_date: change?.on ?? null,
    morose: unpaid.some(({ dueDate }) => dueDate < today) ? 1 : unpaid.length > 0 ? 2 : 0,
    invoices: invoices.map(describeInvoice),
    ...subscription.lies,
  };
}
