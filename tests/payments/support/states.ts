import type { PaymentState, ReportedStatus } from "@/lib/payments/gateway";
import { row, type Shop } from "./shops";

/** What the gateway would have to say of a payment for everything to be right. */
export async function rightState(
  paymentId: string,
  normalized: ReportedStatus,
  amountRefundedMinor?: number,
): Promise<PaymentState> {
  const { amount, currency, reference } = await row<{ amount: number; currency: string; reference: string }>(
    "select p.amount, p.currency, r.reference from public.payments p join private.payment_references r on r.payment_id = p.id and r.kind = 'order' where p.id = $1",
    [paymentId],
  );
  const back = normalized === "refunded" ? amount : normalized === "partially_refunded" ? 1_000 : 0;
  return {
    normalized,
    rawStatus: normalized,
    reference,
    amountExpectedMinor: amount,
    amountPaidMinor: amount,
    amountRefundedMinor: amountRefundedMinor ?? back,
    currency,
    underpaid: false,
    reason: null,
    updatedAt: null,
    objection: null,
    references: [],
  };
}

/** Applies a state, as the worker does with what a gateway answered. */
export async function tell(
  shop: Pick<Shop, "id">,
  paymentId: string,
  state: PaymentState,
): Promise<{ verdict: string; from: string; to: string }> {
  const { applied } = await row<{ applied: { verdict: string; from: string; to: string } }>(
    "select private.apply_payment_state($1, $2, $3, now(), '{}') as applied",
    [shop.id, paymentId, JSON.stringify(state)],
  );
  return applied;
}

/** Applies what a gateway answered about a refund of ours. */
export async function tellRefund(
  shop: Pick<Shop, "id">,
  refundId: string,
  normalized: string,
): Promise<void> {
  await row(
    `select private.apply_refund_state($1, $2, jsonb_build_object('normalized', $3::text, 'rawStatus', $3::text, 'amountMinor', f.amount,
       'references', '[]'::jsonb), now(), '{}') from public.refunds f where f.id = $2`,
    [shop.id, refundId, normalized],
  );
}
