import { z } from "zod";
import type { Reference } from "../gateway";

/** Kinds of names that NOWPayments gives or repeats. */
export const nowpaymentsReference = {
  /** Our `order_id`. */
  order: "order",
  /** The hosted page; several payments may be made through one. */
  invoice: "invoice",
  /** One deposit address in one coin. */
  payment: "payment",
} as const;

// Ids and amounts come as text in one answer and as numbers in the next; the client hands all numbers over as text.
const text = z.string().min(1).max(200);
const amount = z.string().max(100).nullish();

const paymentAnswer = z.object({
  payment_id: text,
  payment_status: text,
  price_amount: amount,
  price_currency: z.string().nullish(),
  pay_amount: amount,
  actually_paid: amount,
  pay_currency: z.string().nullish(),
  parent_payment_id: z.string().nullish(),
  invoice_id: z.string().nullish(),
  purchase_id: z.string().nullish(),
  order_id: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});

const checkoutAnswer = z.object({ id: text, invoice_url: z.url({ protocol: /^https?$/ }) });
const listAnswer = z.object({ data: z.array(paymentAnswer), pagesCount: z.string().nullish() });

/** A payment as `GET /payment/{id}` and the list tell it. */
export type NowPayment = z.infer<typeof paymentAnswer>;

/** One page of payments, and whether it says that there are more. */
export interface PaymentPage {
  readonly payments: readonly NowPayment[];
  readonly pages: number | null;
}

/** Where to send the payer, or null when the answer is not of NOWPayments' form. */
export function toCheckout(answer: unknown): { readonly url: string; readonly invoice: Reference } | null {
  const parsed = checkoutAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { id, invoice_url } = parsed.data;
  return { url: invoice_url, invoice: { kind: nowpaymentsReference.invoice, value: id } };
}

/** A payment, or null when the answer is not of NOWPayments' form. */
export function toPayment(answer: unknown): NowPayment | null {
  const parsed = paymentAnswer.safeParse(answer);
  return parsed.success ? parsed.data : null;
}

/** A page of the list of payments, or null when the answer is not of NOWPayments' form. */
export function toPaymentPage(answer: unknown): PaymentPage | null {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { data, pagesCount } = parsed.data;
  return { payments: data, pages: pagesCount == null ? null : Number(pagesCount) };
}

/**
 * The payment to whose address this one was sent again, or in another asset; null for one of its own.
 * @see "Repeated Deposits and Wrong-Asset Deposits" in NOWPayments' API collection
 */
export function parentOf({ parent_payment_id, payment_id }: NowPayment): string | null {
  return parent_payment_id && parent_payment_id !== "0" && parent_payment_id !== payment_id
    ? parent_payment_id
    : null;
}
