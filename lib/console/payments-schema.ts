import { z } from "zod";
import { numberedPage } from "@/lib/paging";
import { dayBounds } from "@/lib/time";

/** Staff count days on the clock of the company's seat. */
const ZONE = "America/Santiago";

export const paymentStatuses = [
  "creating",
  "pending",
  "processing",
  "succeeded",
  "review",
  "partially_refunded",
  "refunded",
  "disputed",
  "failed",
  "cancelled",
  "expired",
] as const;
export const paymentCurrencies = ["CLP", "USD"] as const;
export const worlds = ["live", "test"] as const;
export const noticeStatuses = ["received", "done", "ignored", "dead"] as const;
export const proofs = ["signature", "hint", "return", "sweep"] as const;

const text = z.string().trim().max(200).catch("").default("");
const gateway = z
  .string()
  .regex(/^[a-z]{2,32}$/)
  .nullable()
  .catch(null)
  .default(null);
/** First and last day of Santiago. */
const day = z.iso.date().nullable().catch(null).default(null);
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).nullable().catch(null).default(null);

/** Which payments a list shows, as its address has it; anything unknown falls back. */
export const paymentFilter = z.object({
  q: text,
  status: choice(paymentStatuses),
  gateway,
  currency: choice(paymentCurrencies),
  world: choice(worlds),
  from: day,
  to: day,
  ...numberedPage,
});
export type PaymentFilter = z.output<typeof paymentFilter>;

/** Which notices the log shows. */
export const noticeFilter = z.object({
  q: text,
  gateway,
  status: choice(noticeStatuses),
  proof: choice(proofs),
  from: day,
  to: day,
  ...numberedPage,
});
export type NoticeFilter = z.output<typeof noticeFilter>;

/** A filter as the database takes it: days become instants, the last day counts whole. */
export function filterInput({
  from,
  to,
  page: _page,
  size: _size,
  ...rest
}: PaymentFilter | NoticeFilter): string {
  return JSON.stringify({
    ...rest,
    from: from && dayBounds(from, ZONE).startsAt.toISOString(),
    to: to && dayBounds(to, ZONE).endsAt.toISOString(),
  });
}

const reason = z.string().trim().min(5).max(500);
const yesOrNo = z.enum(["yes", "no"]).transform((word) => word === "yes");

/** A refund as its form sends it; an empty amount gives back all that is left. The key makes a second click the same order. */
export const refundForm = z.object({
  paymentId: z.uuid(),
  /** As people write money: pesos whole, dollars with two decimals. */
  amount: z.string().trim().max(20),
  currency: z.enum(paymentCurrencies),
  key: z.uuid(),
  reason,
});

/** The second person's word about a refund or an acceptance. */
export const approvalForm = z.object({
  id: z.uuid(),
  kind: z.enum(["refund", "review"]),
  approve: yesOrNo,
  reason: z.string().trim().max(500).default(""),
});

/** What becomes of a payment in review; `received` only where it is accepted. */
export const reviewForm = z.object({
  paymentId: z.uuid(),
  decision: z.enum(["accept", "reject"]),
  received: z.string().trim().max(20).default(""),
  currency: z.string().regex(/^[A-Z]{3}$/),
  reason,
});

export const paymentReference = z.object({ id: z.uuid() });
export const noticeReference = z.object({ id: z.coerce.number().int().positive() });
export const gatewayReference = z.object({ id: z.string().regex(/^[a-z]{2,32}$/) });
