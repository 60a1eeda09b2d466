import { z } from "zod";
import { dayBounds } from "@/lib/time";
import type { AutoRenewalState, PaymentState, Reference } from "../gateway";
import { FLOW_ZONE } from "./list-payments";
import { flowReference, toMinor, toPaymentState } from "./map";
import { referenceIn } from "./renewal-names";

const text = z.union([z.string(), z.number()]).transform(String);
const optionalText = text.nullish();
const amount = z.union([z.string(), z.number()]).nullish();

const planAnswer = z.object({
  planId: z.string().min(1),
  name: z.string().nullish(),
  amount,
  currency: z.string().nullish(),
  interval: text,
  urlCallback: z.string().nullish(),
});
export type FlowPlan = z.output<typeof planAnswer>;

const invoiceAnswer = z.object({
  id: text,
  status: text,
  amount,
  currency: z.string().nullish(),
  created: z.string().nullish(),
  payment: z.unknown().optional(),
  errorDescription: z.string().nullish(),
  chargeAttemps: z.array(z.object({ errorCode: optionalText })).nullish(),
});
export type FlowInvoice = z.output<typeof invoiceAnswer>;

const subscriptionAnswer = z.object({
  subscriptionId: z.string().min(1),
  planId: z.string().min(1),
  customerId: z.string().nullish(),
  status: text,
  morose: optionalText,
  next_invoice_date: z.string().nullish(),
  newPlanId: optionalText,
  new_plan_scheduled_change_date: z.string().nullish(),
  invoices: z.array(invoiceAnswer).nullish(),
});
export type FlowSubscription = z.output<typeof subscriptionAnswer>;

const customerAnswer = z.object({ customerId: z.string().min(1) });

const registrationAnswer = z.object({
  status: text,
  customerId: z.string().nullish(),
  creditCardType: z.string().nullish(),
  last4CardDigits: optionalText,
});

/** Statuses of a subscription; 3 is in no document. */
const subscriptionStatuses: Readonly<Record<string, AutoRenewalState["normalized"]>> = {
  "0": "pending",
  "1": "active",
  "2": "active", // its trial: the time that is paid for already
  "4": "cancelled",
};
const OVERDUE = "1";
const REGISTERED = "1";
const PAID = "1";
const ANNULLED = "2";

/** The id of a customer that was made, or null when the answer is not of Flow's form. */
export function toCustomerId(answer: unknown): string | null {
  return customerAnswer.safeParse(answer).data?.customerId ?? null;
}

/** A plan, a subscription, an invoice; null when the answer is not of Flow's form. */
export const toPlan = (answer: unknown): FlowPlan | null => planAnswer.safeParse(answer).data ?? null;
export const toSubscription = (answer: unknown): FlowSubscription | null =>
  subscriptionAnswer.safeParse(answer).data ?? null;
export const toInvoice = (answer: unknown): FlowInvoice | null =>
  invoiceAnswer.safeParse(answer).data ?? null;

/** Whether Flow's documentation knows the status of a subscription. */
export function isKnownSubscriptionStatus(status: string): boolean {
  return status in subscriptionStatuses;
}

/** Whether an invoice claims to be paid and has to show the payment. */
export function needsPayment(invoice: FlowInvoice): boolean {
  return invoice.status === PAID && (typeof invoice.payment !== "object" || invoice.payment === null);
}

/** The card that a payer registered, or null when the answer is not of Flow's form; `isRegistered` is false before. */
export function toRegistrationState(
  answer: unknown,
): { isRegistered: boolean; customerId: string | null; methodLabel: string | null } | null {
  const { data } = registrationAnswer.safeParse(answer);
  if (!data) return null;
  const card = [data.creditCardType, data.last4CardDigits && `···· ${data.last4CardDigits}`].filter(Boolean);
  return {
    isRegistered: data.status === REGISTERED,
    customerId: data.customerId ?? null,
    methodLabel: card.length > 0 ? card.join(" ") : null,
  };
}

/**
 * A subscription as the port tells it.
 *
 * @param plan the plan that sets its next price; null where Flow does not say which
 */
export function toRenewalState(subscription: FlowSubscription, plan: FlowPlan | null): AutoRenewalState {
  const { status, morose, subscriptionId, customerId } = subscription;
  const normalized = subscriptionStatuses[status] ?? "pending";
  const references: Reference[] = [{ kind: flowReference.subscription, value: subscriptionId }];
  if (customerId) references.push({ kind: flowReference.customer, value: customerId });
  return {
    normalized: normalized === "active" && morose === OVERDUE ? "past_due" : normalized,
    rawStatus: morose == null ? status : `${status} morose ${morose}`,
    reference: referenceIn(subscription.planId),
    amountMinor: toMinor(plan?.amount),
    currency: plan?.currency ?? null,
    nextChargeAt: normalized === "cancelled" ? null : startOf(subscription.next_invoice_date),
    methodLabel: null,
    objection: null,
    references,
  };
}

/** A renewal for which Flow has no subscription yet, or never had. */
export function withoutSubscription(
  normalized: "pending" | "cancelled",
  rawStatus: string,
  methodLabel: string | null,
): AutoRenewalState {
  return {
    normalized,
    rawStatus,
    reference: null,
    amountMinor: null,
    currency: null,
    nextChargeAt: null,
    methodLabel,
    objection: null,
    references: [],
  };
}

/** An invoice as a payment: paid only with a paid payment, whatever its own status says. */
export function toCharge(invoice: FlowInvoice, subscription: FlowSubscription): PaymentState {
  const payment = toPaymentState(invoice.payment);
  const isPaid = payment?.normalized === "succeeded";
  const expected = toMinor(invoice.amount);
  const lastCode = invoice.chargeAttemps?.at(-1)?.errorCode;
  const attempt = lastCode ? `charge attempt ${lastCode}` : null;
  return {
    // A refused card is tried again by Flow: the invoice waits until it is paid or annulled.
    normalized: isPaid ? "succeeded" : invoice.status === ANNULLED ? "cancelled" : "pending",
    rawStatus: payment ? `${invoice.status} payment ${payment.rawStatus}` : invoice.status,
    reference: referenceIn(subscription.planId),
    amountExpectedMinor: expected,
    amountPaidMinor: isPaid ? payment.amountPaidMinor : 0,
    amountRefundedMinor: 0,
    currency: (isPaid ? payment.currency : null) ?? invoice.currency ?? null,
    underpaid: isPaid && (payment.amountPaidMinor ?? 0) < (expected ?? 0),
    reason: isPaid ? payment.reason : (invoice.errorDescription ?? attempt),
    updatedAt: null, // as with payments: wall time without a zone
    objection: null,
    references: [{ kind: flowReference.invoice, value: invoice.id }, ...(payment?.references ?? [])],
  };
}

/** The first instant of a day as Flow writes it, `2026-08-26 00:00:00` or `2026-08-26`; null for anything else. */
function startOf(day: string | null | undefined): Date | null {
  const date = day?.slice(0, 10);
  if (!date || !/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))) return null;
  return dayBounds(date, FLOW_ZONE).startsAt;
}
