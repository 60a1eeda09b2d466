import { z } from "zod";
import { exponentOf, toMinorUnits } from "../decimal";
import type { PaymentState, Reference, RefundState, ReportedStatus } from "../gateway";

/** Kinds of names that Mercado Pago gives or repeats. */
export const mercadoPagoReference = {
  /** Our `external_reference`. */
  order: "order",
  preference: "preference",
  payment: "payment",
  /** `<payment>:<refund>`, because a refund is found below its payment alone. */
  refund: "refund",
  preapproval: "preapproval",
  authorizedPayment: "authorized_payment",
  chargeback: "chargeback",
} as const;

const statuses: Readonly<Record<string, ReportedStatus>> = {
  pending: "pending",
  in_process: "processing",
  authorized: "processing", // held on the card, not yet taken
  approved: "succeeded",
  rejected: "failed",
  cancelled: "cancelled",
  refunded: "refunded",
  in_mediation: "disputed",
  charged_back: "disputed",
};

const refundStatuses: Readonly<Record<string, RefundState["normalized"]>> = {
  approved: "succeeded",
  in_process: "processing",
  rejected: "failed",
  cancelled: "cancelled",
};

/** Which of several payments of one preference speaks for it: money first, then hope, then refusals. */
const weight: Readonly<Record<ReportedStatus, number>> = {
  succeeded: 0,
  partially_refunded: 0,
  refunded: 1,
  disputed: 1,
  processing: 2,
  pending: 3,
  failed: 4,
  cancelled: 4,
  expired: 4,
};

const text = z.union([z.string().min(1), z.number()]).transform(String);
const amount = z.union([z.string(), z.number()]).nullish();

const paymentAnswer = z.object({
  id: text,
  status: z.string(),
  status_detail: z.string().nullish(),
  currency_id: z.string().nullish(),
  transaction_amount: amount,
  transaction_amount_refunded: amount,
  external_reference: text.nullish().catch(null),
  live_mode: z.boolean().nullish(),
  collector_id: text.nullish(),
  collector: z.object({ id: text.nullish() }).nullish(),
  date_last_updated: z.string().nullish(),
});
/** A payment as Mercado Pago tells it. */
export type Payment = z.infer<typeof paymentAnswer>;

const page = z.object({
  results: z.array(z.unknown()),
  paging: z.object({ total: text.nullish() }).nullish(),
});

const preferenceAnswer = z.object({
  id: text,
  init_point: z.url({ protocol: /^https?$/ }),
  external_reference: text.nullish().catch(null),
  expires: z.boolean().nullish(),
  expiration_date_to: z.string().nullish(),
  items: z
    .array(z.object({ unit_price: amount, quantity: amount, currency_id: z.string().nullish() }))
    .nullish(),
});
/** The order of a hosted page. */
export type Preference = z.infer<typeof preferenceAnswer>;

const refundAnswer = z.object({ id: text, payment_id: text.nullish(), amount, status: z.string().nullish() });

/** Whose payments are ours, and whether they move money. */
export interface Account {
  /** Test credentials: test payments are what is expected. */
  readonly isTest: boolean;
  /** Our number at Mercado Pago; null where it is not known. */
  readonly ownerId: string | null;
}

/** Null when the answer is not of the documented form. */
export function toPayment(answer: unknown): Payment | null {
  return paymentAnswer.safeParse(answer).data ?? null;
}

/** The items of a page of a search, and how many there are in all; null when the answer is no page. */
export function toPage(answer: unknown): { items: readonly unknown[]; total: number } | null {
  const parsed = page.safeParse(answer).data;
  if (!parsed) return null;
  return { items: parsed.results, total: toMinorUnits(parsed.paging?.total, 0) ?? parsed.results.length };
}

/** Null when the answer is not of the documented form; a page to send a payer to is part of it. */
export function toPreference(answer: unknown): Preference | null {
  return preferenceAnswer.safeParse(answer).data ?? null;
}

/** The status of one payment in the port's words; one that we do not know counts as pending. */
function statusOf({ status, status_detail, ...payment }: Payment): ReportedStatus {
  if (status === "approved") {
    const refunded = refundedOf(payment) ?? 0;
    return status_detail === "partially_refunded" || refunded > 0 ? "partially_refunded" : "succeeded";
  }
  if (status === "cancelled" && status_detail === "expired") return "expired";
  // Won: the money came back to us. `settled` is lost, and stays a dispute for people to look at.
  if (status === "charged_back" && status_detail === "reimbursed") return "succeeded";
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? "pending") : "pending";
}

/** Whether the documentation knows the status. */
export function isKnownStatus(status: string): boolean {
  return Object.hasOwn(statuses, status);
}

/** The payment that speaks for all tries of one preference; among equals the latest. */
export function chooseFrom(payments: readonly Payment[]): Payment | null {
  const ordered = payments.toSorted(
    (one, other) =>
      weight[statusOf(one)] - weight[statusOf(other)] || Number(updatedAt(other)) - Number(updatedAt(one)),
  );
  return ordered[0] ?? null;
}

/** Approved payments besides the chosen one that nobody gave back; none while the chosen one is no such money itself. */
export function repeatsOf(chosen: Payment, tries: readonly Payment[]): readonly Payment[] {
  if (weight[statusOf(chosen)] > 0) return [];
  return tries.filter(
    (one) => one.id !== chosen.id && one.currency_id === chosen.currency_id && statusOf(one) === "succeeded",
  );
}

/** What a payment took, in minor units of its currency; null where that is no amount. */
export function takenOf({ currency_id, transaction_amount }: Payment): number | null {
  const exponent = exponentOf(currency_id);
  return exponent === null ? null : toMinorUnits(transaction_amount, exponent);
}

/** A payment as the port tells it. */
export function toPaymentState(payment: Payment, account: Account): PaymentState {
  const normalized = statusOf(payment);
  const taken = takenOf(payment);
  const isMoney = weight[normalized] <= 1;
  return {
    normalized,
    rawStatus: payment.status_detail ? `${payment.status}/${payment.status_detail}` : payment.status,
    reference: payment.external_reference ?? null,
    amountExpectedMinor: taken, // a preference is paid whole; the figure is compared with our own price
    amountPaidMinor: isMoney ? taken : 0,
    amountRefundedMinor: refundedOf(payment) ?? 0,
    currency: payment.currency_id ?? null,
    underpaid: false,
    reason: payment.status_detail ?? null,
    updatedAt: updatedAt(payment),
    objection: objectionTo(payment, account),
    references: [{ kind: mercadoPagoReference.payment, value: payment.id }],
  };
}

/** A preference that nobody has tried to pay: pending, or expired once its page is closed. */
export function toOpenState(preference: Preference, now: Date): PaymentState {
  const [item] = preference.items ?? [];
  const currency = item?.currency_id ?? null;
  const exponent = exponentOf(currency);
  return {
    normalized: isOpen(preference, now) ? "pending" : "expired",
    rawStatus: "no payment",
    reference: preference.external_reference ?? null,
    amountExpectedMinor:
      exponent === null || preference.items?.length !== 1 ? null : toMinorUnits(item?.unit_price, exponent),
    amountPaidMinor: 0,
    amountRefundedMinor: 0,
    currency,
    underpaid: false,
    reason: null,
    updatedAt: null,
    objection: null,
    references: [{ kind: mercadoPagoReference.preference, value: preference.id }],
  };
}

/** Whether a payer may still try on the preference's page. */
export function isOpen({ expires, expiration_date_to }: Preference, now: Date): boolean {
  const end = expires && expiration_date_to ? Date.parse(expiration_date_to) : Number.NaN;
  return Number.isNaN(end) || end > now.getTime();
}

/** A refund of a payment, or null when the answer is not of the documented form. `currency`: the payment's. */
export function toRefundState(answer: unknown, paymentId: string, currency: string): RefundState | null {
  const parsed = refundAnswer.safeParse(answer).data;
  const exponent = exponentOf(currency);
  if (!parsed || exponent === null) return null;
  const status = parsed.status ?? "";
  return {
    normalized: Object.hasOwn(refundStatuses, status)
      ? (refundStatuses[status] ?? "processing")
      : "processing",
    rawStatus: status,
    amountMinor: toMinorUnits(parsed.amount, exponent),
    references: [refundName(parsed.payment_id ?? paymentId, parsed.id)],
  };
}

function refundName(paymentId: string, refundId: string): Reference {
  return { kind: mercadoPagoReference.refund, value: `${paymentId}:${refundId}` };
}

function refundedOf(payment: Pick<Payment, "currency_id" | "transaction_amount_refunded">): number | null {
  const exponent = exponentOf(payment.currency_id);
  return exponent === null ? null : toMinorUnits(payment.transaction_amount_refunded, exponent);
}

function updatedAt({ date_last_updated }: Payment): Date | null {
  const instant = date_last_updated ? new Date(date_last_updated) : null;
  return instant && !Number.isNaN(instant.getTime()) ? instant : null;
}

/** A genuine payment that is no money of ours. */
function objectionTo(payment: Payment, account: Account): PaymentState["objection"] {
  if (payment.live_mode === false && !account.isTest) return "test-mode";
  const collector = collectorOf(payment);
  return collector !== null && account.ownerId !== null && collector !== account.ownerId
    ? "foreign-account"
    : null;
}

/** Who was paid, where the payment says so. */
export function collectorOf({ collector_id, collector }: Payment): string | null {
  return collector_id ?? collector?.id ?? null;
}
