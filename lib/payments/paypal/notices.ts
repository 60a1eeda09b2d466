import { z } from "zod";
import type { Notice, Reference } from "../gateway";
import { paypalReference } from "./map";

const name = z.string().regex(/^[A-Za-z0-9-]{3,64}$/);
const named = name.nullish().catch(null);

const resource = z.object({
  id: named,
  order_id: named,
  sale_id: named,
  billing_agreement_id: named,
  supplementary_data: z
    .object({ related_ids: z.object({ order_id: named }).nullish().catch(null) })
    .nullish()
    .catch(null),
  disputed_transactions: z
    .array(z.object({ seller_transaction_id: named }))
    .nullish()
    .catch(null),
});
type Resource = z.infer<typeof resource>;

const event = z.object({
  id: z.string().regex(/^[\w.:-]{1,128}$/),
  event_type: z.string().max(128),
  resource: resource.catch({}),
});

/** The event types that we need; set-up looks whether the webhook is told of them. */
export const NEEDED_EVENTS = [
  "CHECKOUT.ORDER.APPROVED",
  "PAYMENT.CAPTURE.COMPLETED",
  "PAYMENT.CAPTURE.PENDING",
  "PAYMENT.CAPTURE.DENIED",
  "PAYMENT.CAPTURE.REFUNDED",
  "PAYMENT.CAPTURE.REVERSED",
  "PAYMENT.SALE.COMPLETED",
  "BILLING.SUBSCRIPTION.ACTIVATED",
  "BILLING.SUBSCRIPTION.CANCELLED",
  "BILLING.SUBSCRIPTION.SUSPENDED",
  "BILLING.SUBSCRIPTION.PAYMENT.FAILED",
  "CUSTOMER.DISPUTE.CREATED",
  "CUSTOMER.DISPUTE.RESOLVED",
] as const;

/**
 * Whom a genuine event is about; null when the body is no event. Types that we do not know are kept without a
 * name. What the event says of states and amounts is not read: the worker asks.
 */
export function toNotice(body: unknown): Notice | null {
  const parsed = event.safeParse(body);
  if (!parsed.success) return null;
  const { id, event_type, resource: about } = parsed.data;
  const [kind, ref] = subjectOf(event_type, about);
  return { dedupeKey: id, kind: ref ? kind : "unknown", ref, needsFetch: true };
}

function subjectOf(type: string, about: Resource): [Notice["kind"], Reference | null] {
  if (type.startsWith("BILLING.SUBSCRIPTION."))
    return ["subscription", refer(paypalReference.subscription, about.id)];
  if (type.startsWith("PAYMENT.SALE.")) {
    const renewal = refer(paypalReference.subscription, about.billing_agreement_id);
    return renewal
      ? ["subscription", renewal]
      : ["payment", refer(paypalReference.capture, about.sale_id ?? about.id)];
  }
  // The resource of these is the refund; PAYMENT.REFUND.* tells what became of one that was pending.
  if (type === "PAYMENT.CAPTURE.REFUNDED" || type.startsWith("PAYMENT.REFUND."))
    return ["refund", refer(paypalReference.refund, about.id)];
  if (type.startsWith("PAYMENT.CAPTURE.")) {
    const order = refer(paypalReference.paypalOrder, about.supplementary_data?.related_ids?.order_id);
    return ["payment", order ?? refer(paypalReference.capture, about.id)];
  }
  if (type.startsWith("CHECKOUT."))
    return ["payment", refer(paypalReference.paypalOrder, about.order_id ?? about.id)];
  if (type.startsWith("CUSTOMER.DISPUTE."))
    return [
      "payment",
      refer(paypalReference.capture, about.disputed_transactions?.[0]?.seller_transaction_id),
    ];
  return ["unknown", null];
}

function refer(kind: string, value: string | null | undefined): Reference | null {
  return value ? { kind, value } : null;
}
