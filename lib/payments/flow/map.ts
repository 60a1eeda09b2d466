import { z } from "zod";
import type { PaymentState, Reference, RefundState, ReportedStatus } from "../gateway";

/** Kinds of names that Flow gives or repeats. */
export const flowReference = {
  /** Our `commerceOrder`. */
  order: "order",
  token: "token",
  flowOrder: "flow_order",
  refundOrder: "refund_order",
  refundToken: "refund_token",
  /** `cus_…`, who registered a card. */
  customer: "customer",
  /** `sus_…`, what collects. */
  subscription: "subscription",
  /** A period's bill of a subscription. */
  invoice: "invoice",
} as const;

/** Payment statuses: 1 is pending and 2 is paid, not the other way round. */
const paymentStatuses: Readonly<Record<string, ReportedStatus>> = {
  "1": "pending",
  "2": "succeeded",
  "3": "failed",
  "4": "cancelled",
};

/** `canceled` with one l is Flow's spelling. */
const refundStatuses: Readonly<Record<string, RefundState["normalized"]>> = {
  created: "processing",
  accepted: "processing",
  rejected: "failed",
  refunded: "succeeded",
  canceled: "cancelled",
};

const text = z.union([z.string(), z.number()]).transform(String);
const amount = z.union([z.string(), z.number(), z.null()]).optional();
/** PHP writes an object without members as a list. */
const orEmpty = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? null : value), shape.nullish());

const checkoutAnswer = z.object({
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().min(1),
  flowOrder: text,
});

const paymentAnswer = z.object({
  flowOrder: text,
  commerceOrder: text,
  status: text,
  currency: z.string().nullish(),
  amount,
  pending_info: orEmpty(z.object({ media: z.string().nullish() })),
  paymentData: orEmpty(z.object({ media: z.string().nullish(), amount, currency: z.string().nullish() })),
});

const refundAnswer = z.object({ token: z.string().min(1), flowRefundOrder: text, status: text, amount });

/** Where the payer registers a card, or null when the answer is not of Flow's form. */
export function toRegistration(answer: unknown): { url: string; token: Reference } | null {
  const parsed = checkoutAnswer.omit({ flowOrder: true }).safeParse(answer);
  if (!parsed.success) return null;
  const { url, token } = parsed.data;
  return {
    url: `${url}?token=${encodeURIComponent(token)}`,
    token: { kind: flowReference.token, value: token },
  };
}

/** Where to send the payer, or null when the answer is not of Flow's form. `url` alone is no checkout. */
export function toCheckout(answer: unknown): { url: string; token: Reference; flowOrder: Reference } | null {
  const parsed = checkoutAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { url, token, flowOrder } = parsed.data;
  return {
    url: `${url}?token=${encodeURIComponent(token)}`,
    token: { kind: flowReference.token, value: token },
    flowOrder: { kind: flowReference.flowOrder, value: flowOrder },
  };
}

/** A payment of `payment/getStatus…`, or null when the answer is not of Flow's form. */
export function toPaymentState(answer: unknown): PaymentState | null {
  const parsed = paymentAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { status, commerceOrder, flowOrder, currency, paymentData, pending_info } = parsed.data;
  const expected = toMinor(parsed.data.amount);
  const normalized = paymentStatuses[status] ?? "pending";
  // Orders are paid whole; `paymentData` repeats the amount, and tells when another currency was taken.
  const paid = paymentData?.amount == null ? expected : toMinor(paymentData.amount);
  return {
    normalized,
    rawStatus: status,
    reference: commerceOrder,
    amountExpectedMinor: expected,
    amountPaidMinor: normalized === "succeeded" ? paid : 0,
    amountRefundedMinor: 0, // no payment status tells of refunds: they have their own
    currency: (normalized === "succeeded" ? paymentData?.currency : null) ?? currency ?? null,
    underpaid: normalized === "succeeded" && (paid ?? 0) < (expected ?? 0),
    reason: pending_info?.media ?? paymentData?.media ?? null,
    updatedAt: null, // dates come without zone and only for paid orders; the statuses alone give the order
    objection: null, // sandbox and production have separate keys, so a test payment cannot be fetched
    references: [{ kind: flowReference.flowOrder, value: flowOrder }],
  };
}

/** A refund of `refund/create` or `refund/getStatus`, or null when the answer is not of Flow's form. */
export function toRefundState(answer: unknown): RefundState | null {
  const parsed = refundAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { token, status } = parsed.data;
  return {
    normalized: refundStatuses[status] ?? "processing",
    rawStatus: status,
    amountMinor: toMinor(parsed.data.amount),
    references: [{ kind: flowReference.refundToken, value: token }],
  };
}

/** Whether Flow's documentation knows the status; an unknown one counts as pending and is logged. */
export function isKnownStatus(rawStatus: string): boolean {
  return rawStatus in paymentStatuses || rawStatus in refundStatuses;
}

/** Pesos as Flow writes them (12000, "12000", "12000.00", "12000.0000") as an integer; anything else, "12.000" too, is no amount. */
export function toMinor(value: string | number | null | undefined): number | null {
  if (value == null || !/^\d{1,15}(\.(0{1,2}|0{4}))?$/.test(String(value))) return null;
  return Number(value);
}

/** The name of one kind among all those known. */
export function nameOf(references: readonly Reference[], kind: string): string | undefined {
  return references.find((reference) => reference.kind === kind)?.value;
}
