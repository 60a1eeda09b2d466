import { z } from "zod";
import type { PaymentState, Reference, RefundState, ReportedStatus } from "../gateway";
import { minorOf, paypalMoney } from "./money";

/** Kinds of names that PayPal gives or repeats. */
export const paypalReference = {
  /** Our `custom_id`. */
  order: "order",
  paypalOrder: "paypal_order",
  /** A capture, or the charge of a subscription: PayPal calls the latter a sale and takes its id as a capture's. */
  capture: "capture",
  refundOrder: "refund_order",
  refund: "refund",
  subscription: "subscription",
} as const;

/** APPROVED is not paid: nothing is charged until a capture. */
const orderStatuses: Readonly<Record<string, ReportedStatus>> = {
  CREATED: "pending",
  SAVED: "pending",
  PAYER_ACTION_REQUIRED: "pending",
  APPROVED: "processing",
  COMPLETED: "processing", // until the capture in it says more
  VOIDED: "cancelled",
};

const captureStatuses: Readonly<Record<string, ReportedStatus>> = {
  COMPLETED: "succeeded",
  PENDING: "processing",
  DECLINED: "failed",
  DENIED: "failed",
  FAILED: "failed",
  PARTIALLY_REFUNDED: "partially_refunded",
  REFUNDED: "refunded",
  REVERSED: "disputed",
};

const refundStatuses: Readonly<Record<string, RefundState["normalized"]>> = {
  PENDING: "processing",
  COMPLETED: "succeeded",
  FAILED: "failed",
  CANCELLED: "cancelled",
};

const instant = z.string().nullish();
const link = z.object({ href: z.string(), rel: z.string() });
const links = z.array(link).nullish();

const refundAnswer = z.object({
  id: z.string().min(1),
  status: z.string(),
  amount: paypalMoney.nullish(),
  custom_id: z.string().nullish(),
  links,
});

const captureAnswer = z.object({
  id: z.string().min(1),
  status: z.string(),
  status_details: z.object({ reason: z.string().nullish() }).nullish(),
  amount: paypalMoney.nullish(),
  custom_id: z.string().nullish(),
  supplementary_data: z
    .object({ related_ids: z.object({ order_id: z.string().nullish() }).nullish() })
    .nullish(),
  update_time: instant,
});
type Capture = z.infer<typeof captureAnswer>;

const purchaseUnit = z.object({
  custom_id: z.string().nullish(),
  amount: paypalMoney.nullish(),
  payments: z
    .object({ captures: z.array(captureAnswer).nullish(), refunds: z.array(refundAnswer).nullish() })
    .nullish(),
});

const orderAnswer = z.object({
  id: z.string().min(1),
  status: z.string(),
  purchase_units: z.array(purchaseUnit).nullish(),
  update_time: instant,
});

const createdAnswer = z.object({ id: z.string().min(1), links: z.array(link) });

/** The name of one kind among several. */
export function valueOf(references: readonly Reference[], kind: string): string | undefined {
  return references.find((reference) => reference.kind === kind)?.value;
}

/** What PayPal opened, and where the payer agrees to it; null when the answer is not of PayPal's form. */
export function toApproval(answer: unknown): { id: string; url: string } | null {
  const parsed = createdAnswer.safeParse(answer);
  const url = parsed.success ? approvalLinkOf(parsed.data.links) : null;
  return parsed.success && url ? { id: parsed.data.id, url } : null;
}

/** `payer-action` where a payment source was sent, `approve` otherwise. */
export function approvalLinkOf(all: z.infer<typeof links>): string | null {
  const found = all?.find(({ rel }) => rel === "payer-action") ?? all?.find(({ rel }) => rel === "approve");
  return found && /^https?:/.test(found.href) && URL.canParse(found.href) ? found.href : null;
}

/** A payment of `GET /v2/checkout/orders/{id}`, or null when the answer is not of PayPal's form. */
export function toOrderState(answer: unknown): PaymentState | null {
  const parsed = orderAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { id, status, update_time, purchase_units } = parsed.data;
  const [unit] = purchase_units ?? [];
  const captures = unit?.payments?.captures ?? [];
  // The one that holds money, where an earlier one was declined.
  const capture = captures.find((one) => captureStatuses[one.status] !== "failed") ?? captures[0];
  const references = [{ kind: paypalReference.paypalOrder, value: id }];
  if (status === "COMPLETED" && capture) {
    const refunded = (unit?.payments?.refunds ?? [])
      .filter((one) => one.status === "COMPLETED")
      .reduce((sum, one) => sum + (minorOf(one.amount) ?? 0), 0);
    const state = captureState(capture, refunded);
    return {
      ...state,
      reference: unit?.custom_id ?? state.reference,
      amountExpectedMinor: minorOf(unit?.amount),
      underpaid:
        state.normalized === "succeeded" && (state.amountPaidMinor ?? 0) < (minorOf(unit?.amount) ?? 0),
      updatedAt: laterOf(state.updatedAt, dateOf(update_time)),
      references: [...references, ...state.references],
    };
  }
  return {
    normalized: orderStatuses[status] ?? "pending",
    rawStatus: status,
    reference: unit?.custom_id ?? null,
    amountExpectedMinor: minorOf(unit?.amount),
    amountPaidMinor: 0,
    amountRefundedMinor: 0,
    currency: unit?.amount?.currency_code ?? null,
    underpaid: false,
    reason: null,
    updatedAt: dateOf(update_time),
    objection: null, // sandbox and production have credentials of their own: nothing foreign can be fetched
    references,
  };
}

/** A payment of `GET /v2/payments/captures/{id}`, and the order that it belongs to, if any. */
export function toCaptureState(answer: unknown): { state: PaymentState; orderId: string | null } | null {
  const parsed = captureAnswer.safeParse(answer);
  if (!parsed.success) return null;
  return {
    state: captureState(parsed.data, 0),
    orderId: parsed.data.supplementary_data?.related_ids?.order_id ?? null,
  };
}

/** @param refunded what refunds listed beside the capture add up to; the capture tells no sum itself */
function captureState(capture: Capture, refunded: number): PaymentState {
  const told = captureStatuses[capture.status] ?? "pending";
  const amount = minorOf(capture.amount);
  const holdsMoney = ["succeeded", "partially_refunded", "refunded", "disputed"].includes(told);
  const normalized = told === "succeeded" && refunded > 0 ? "partially_refunded" : told;
  return {
    normalized: normalized === "partially_refunded" && refunded === amount ? "refunded" : normalized,
    rawStatus: capture.status,
    reference: capture.custom_id ?? null,
    amountExpectedMinor: amount,
    amountPaidMinor: holdsMoney ? amount : 0,
    amountRefundedMinor: told === "refunded" ? (amount ?? 0) : refunded,
    currency: capture.amount?.currency_code ?? null,
    underpaid: false,
    reason: capture.status_details?.reason ?? null,
    updatedAt: dateOf(capture.update_time),
    objection: null,
    references: [{ kind: paypalReference.capture, value: capture.id }],
  };
}

/** A refund of `…/refund` or `GET /v2/payments/refunds/{id}`, or null when the answer is not of PayPal's form. */
export function toRefundState(answer: unknown): RefundState | null {
  const parsed = refundAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { id, status, amount } = parsed.data;
  return {
    normalized: refundStatuses[status] ?? "processing",
    rawStatus: status,
    amountMinor: minorOf(amount),
    references: [{ kind: paypalReference.refund, value: id }],
  };
}

/** Whom a refund is about: our own name for it, or the capture that somebody refunded on PayPal's pages. */
export function ownerOfRefund(answer: unknown): Reference | null {
  const parsed = refundAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { custom_id, links: all } = parsed.data;
  if (custom_id) return { kind: paypalReference.refundOrder, value: custom_id };
  const up = all?.find(({ rel }) => rel === "up")?.href;
  const capture = up && /\/(?:captures|sale)\/([A-Za-z0-9-]+)$/.exec(up)?.[1];
  return capture ? { kind: paypalReference.capture, value: capture } : null;
}

/** Whether PayPal's documentation knows the status; an unknown one counts as pending and is logged. */
export function isKnownStatus(rawStatus: string): boolean {
  return rawStatus in orderStatuses || rawStatus in captureStatuses || rawStatus in refundStatuses;
}

/** An instant as PayPal writes it, or null. */
export function dateOf(text: string | null | undefined): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

function laterOf(one: Date | null, other: Date | null): Date | null {
  return one && other ? (one > other ? one : other) : (one ?? other);
}
