import { randomBytes } from "node:crypto";
import { addDays, type Customer, type Plan, type Subscription } from "./agreements";
import { end, makeInvoice } from "./billing";
import { type Call, FlowError, MIN_CLP, type Operation, pageOf, pesos, required } from "./call";
import { describeOrder, flowDate, newToken } from "./orders";
import { describeInvoice, describePlan, describeSubscription } from "./recurring-answers";

/** Customers, plans, subscriptions and invoices, as Flow's API offers them. */
export const recurringOperations: Readonly<Record<string, Operation>> = {
  "customer/create": { method: "POST", run: createCustomer },
  "customer/register": { method: "POST", run: registerCard },
  "customer/getRegisterStatus": { method: "GET", run: registerStatus },
  "plans/create": { method: "POST", run: createPlan },
  "plans/get": { method: "GET", run: (call) => describePlan(planOf(call)) },
  "subscription/create": { method: "POST", run: createSubscription },
  "subscription/get": { method: "GET", run: (call) => describeSubscription(call, subscriptionOf(call)) },
  "subscription/list": { method: "GET", run: listSubscriptions },
  "subscription/cancel": { method: "POST", run: cancelSubscription },
  "subscription/changePlan": { method: "POST", run: changePlan },
  "invoice/get": { method: "GET", run: getInvoice },
};

const idOf = (prefix: string) => `${prefix}_${randomBytes(5).toString("hex")}`;

/** Makes another one for each call, whatever `externalId` says. */
function createCustomer({ parameters, store, now }: Call): unknown {
  const [name, email, externalId] = required(parameters, "name", "email", "externalId");
  const customer: Customer = {
    customerId: idOf("cus"),
    name,
    email,
    externalId,
    created: flowDate(now),
    card: null,
    refusesWith: null,
  };
  store.state.customers.push(customer);
  store.changed();
  const { customerId, created } = customer;
  return {
    customerId,
    created,
    email,
    name,
    pay_mode: "manual",
    creditCardType: null,
    last4CardDigits: null,
    externalId,
    status: "1",
    registerDate: null,
  };
}

function registerCard({ parameters, store, origin }: Call): unknown {
  const [customerId, urlReturn] = required(parameters, "customerId", "url_return");
  customerOf(store.state.customers, customerId);
  if (!URL.canParse(urlReturn)) throw new FlowError(400, 112, "url_return must be a URL");
  const token = newToken();
  store.state.registrations.push({ token, customerId, urlReturn, status: 0 });
  store.changed();
  return { url: `${origin}/flow/app/customer/disclaimer.php`, token };
}

function registerStatus({ parameters, store }: Call): unknown {
  const [token] = required(parameters, "token");
  const registration = store.state.registrations.find((one) => one.token === token);
  if (!registration) throw new FlowError(401, 500, "Token not found");
  const { customerId, status } = registration;
  const card = status === 1 ? customerOf(store.state.customers, customerId).card : null;
  return {
    status: status === 1 ? "1" : "0",
    customerId,
    creditCardType: card?.type ?? null,
    last4CardDigits: card?.last4 ?? null,
    cardNumber: card ? `405188 **** **** ${card.last4}` : null,
    issuerBank: card ? "BANCO DE PRUEBA" : null,
  };
}

const intervals = { "1": 1, "2": 2, "3": 3, "4": 4 } as const;

function isInterval(text: string): text is keyof typeof intervals {
  return Object.hasOwn(intervals, text);
}

function createPlan({ parameters, store, now }: Call): unknown {
  const [planId, name, interval] = required(parameters, "planId", "name", "interval");
  const amount = pesos(parameters);
  if (/\s/.test(planId)) throw new FlowError(400, 114, "The planId must not have spaces");
  if (amount < MIN_CLP) throw new FlowError(400, 111, `The minimum amount is ${MIN_CLP} CLP`);
  if (!isInterval(interval)) throw new FlowError(400, 115, "The interval must be 1, 2, 3 or 4");
  if (store.state.plans.some((plan) => plan.planId === planId))
    throw new FlowError(401, 501, "There is already a plan with this planId");
  const plan: Plan = {
    planId,
    name,
    currency: parameters.get("currency") ?? "CLP",
    amount,
    interval: intervals[interval],
    intervalCount: Number(parameters.get("interval_count") ?? 1),
    trialDays: Number(parameters.get("trial_period_days") ?? 0),
    created: flowDate(now),
    daysUntilDue: Number(parameters.get("days_until_due") ?? 3),
    retries: Number(parameters.get("charges_retries_number") ?? 3),
    urlCallback: parameters.get("urlCallback") || null,
    lies: {},
  };
  store.state.plans.push(plan);
  store.changed();
  return describePlan(plan);
}

function createSubscription(call: Call): unknown {
  const { parameters, store, now } = call;
  const plan = planOf(call);
  const [customerId] = required(parameters, "customerId");
  const customer = customerOf(store.state.customers, customerId);
  const trialDays = Number(parameters.get("trial_period_days") ?? plan.trialDays);
  const start = parameters.get("subscription_start") ?? flowDate(now).slice(0, 10);
  const firstDay = addDays(start, trialDays);
  const subscription: Subscription = {
    subscriptionId: idOf("sus"),
    planId: plan.planId,
    customerId: customer.customerId,
    created: flowDate(now),
    status: trialDays > 0 ? 2 : 1,
    start,
    trialDays,
    anchor: firstDay,
    billed: 0,
    periodStart: start,
    nextInvoice: firstDay,
    cancelAtPeriodEnd: false,
    change: null,
    lies: {},
  };
  store.state.subscriptions.push(subscription);
  call.bill();
  store.changed();
  return describeSubscription(call, subscription);
}

function listSubscriptions(call: Call): unknown {
  const { planId } = planOf(call);
  const all = call.store.state.subscriptions.filter((one) => one.planId === planId);
  const page = pageOf(call.parameters, all);
  return { ...page, data: page.data.map((one) => describeSubscription(call, one)) };
}

function cancelSubscription(call: Call): unknown {
  const subscription = subscriptionOf(call);
  if (subscription.status === 4) throw new FlowError(400, 7001, "The subscription is already canceled");
  if (call.parameters.get("at_period_end") === "1") subscription.cancelAtPeriodEnd = true;
  else {
    end(subscription);
    for (const invoice of call.store.state.invoices) {
      if (invoice.subscriptionId !== subscription.subscriptionId || invoice.status !== 0) continue;
      invoice.status = 2;
      invoice.nextAttempt = null;
    }
  }
  call.store.changed();
  return describeSubscription(call, subscription);
}

/** Without a day it moves at once and bills the difference for the running period, as Flow does. */
function changePlan(call: Call): unknown {
  const { parameters, store, now } = call;
  const subscription = subscriptionOf(call);
  const [newPlanId] = required(parameters, "newPlanId");
  const next = store.state.plans.find(({ planId }) => planId === newPlanId);
  const old = store.state.plans.find(({ planId }) => planId === subscription.planId);
  if (!next || !old) throw new FlowError(400, 105, "Plan not found");
  if (subscription.status === 4) throw new FlowError(400, 7001, "The subscription is already canceled");
  const on = parameters.get("startDateOfNewPlan");
  if (on === null) {
    subscription.planId = newPlanId;
    const difference = next.amount - old.amount;
    if (difference > 0) {
      const until = addDays(subscription.nextInvoice ?? subscription.periodStart, -1);
      const invoice = makeInvoice(
        { state: store.state, now, callBack: () => undefined },
        subscription,
        next,
        difference,
        until,
      );
      invoice.nextAttempt = flowDate(now).slice(0, 10);
    }
  } else {
    if (
      !/^\d{4}-\d\d-\d\d$/.test(on) ||
      on < subscription.periodStart ||
      on > (subscription.nextInvoice ?? "")
    )
      throw new FlowError(400, 7002, "startDateOfNewPlan must lie in the current cycle");
    subscription.change = { planId: newPlanId, on };
  }
  call.bill();
  store.changed();
  return {
    start_date_of_new_plan: on ?? flowDate(now).slice(0, 10),
    new_amount: `${next.amount}.0000`,
    new_currency: next.currency,
    new_plan_id: newPlanId,
    balance: 0,
    old_amount: `${old.amount}.0000`,
    old_currency: old.currency,
    old_plan_id: old.planId,
  };
}

function getInvoice({ parameters, store }: Call): unknown {
  const [invoiceId] = required(parameters, "invoiceId");
  const invoice = store.state.invoices.find(({ id }) => String(id) === invoiceId);
  if (!invoice) throw new FlowError(400, 105, "Invoice not found");
  const order = store.state.orders.find(({ flowOrder }) => flowOrder === invoice.flowOrder);
  const last = invoice.attempts.at(-1);
  return {
    ...describeInvoice(invoice),
    error: last && invoice.status === 0 ? 1 : 0,
    errorDate: last && invoice.status === 0 ? last.date : null,
    errorDescription: last && invoice.status === 0 ? `Attempt refused (${last.errorCode})` : null,
    items: [],
    payment: order ? describeOrder(order) : null,
    outsidePayment: null,
    paymentLink: null,
    chargeAttemps: invoice.attempts.map((attempt) => ({ ...attempt, invoiceId: invoice.id })),
  };
}

function planOf({ parameters, store }: Call): Plan {
  const [planId] = required(parameters, "planId");
  const plan = store.state.plans.find((one) => one.planId === planId);
  if (!plan) throw new FlowError(400, 105, "Plan not found");
  return plan;
}

function subscriptionOf({ parameters, store }: Call): Subscription {
  const [subscriptionId] = required(parameters, "subscriptionId");
  const subscription = store.state.subscriptions.find((one) => one.subscriptionId === subscriptionId);
  if (!subscription) throw new FlowError(400, 105, "Subscription not found");
  return subscription;
}

function customerOf(customers: readonly Customer[], customerId: string): Customer {
  const customer = customers.find((one) => one.customerId === customerId);
  if (!customer) throw new FlowError(400, 105, "Customer not found");
  return customer;
}
