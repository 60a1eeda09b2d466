import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Caller } from "@/lib/security/session";

export interface PaymentView {
  readonly paymentId: string;
  readonly gateway: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly refundedAmount: number;
  /** When the gateway last answered about it; null: it was not asked yet. */
  readonly checkedAt: Date | null;
  readonly subscription: {
    readonly status: string;
    readonly tier: string;
    readonly currentPeriodEnd: Date | null;
  } | null;
}

interface PaymentRow {
  id: string;
  gateway: string;
  status: string;
  amount: number;
  currency: string;
  refunded_amount: number;
  checked_at: Date | null;
  subscription_status: string | null;
  tier_code: string;
  current_period_end: Date | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A payment of the caller's organization, with what the subscription is now.
 *
 * @throws AppError `payment.not_found` no such payment in this organization, or no right to see it
 */
export async function getPayment(
  reader: Pick<Caller, "transaction">,
  paymentId: string,
): Promise<PaymentView> {
  if (!UUID.test(paymentId)) throw new AppError("payment.not_found");
  const row = await reader.transaction(async (db) => {
    const { rows } = await sql<PaymentRow>`
      select p.id, p.gateway, p.status, p.amount, p.currency, p.refunded_amount, p.checked_at,
             s.status as subscription_status, s.tier_code, s.current_period_end
      from public.payments p
      left join lateral (
        select * from public.subscriptions a where a.organization_id = p.organization_id
        order by (a.status <> 'cancelled') desc, a.created_at desc limit 1) s on true
      where p.organization_id = (select private.billing_org()) and p.id = ${paymentId}`.execute(db);
    return rows[0];
  });
  if (!row) throw new AppError("payment.not_found");
  return {
    paymentId: row.id,
    gateway: row.gateway,
    status: row.status,
    amount: row.amount,
    currency: row.currency,
    refundedAmount: row.refunded_amount,
    checkedAt: row.checked_at,
    subscription:
      row.subscription_status === null
        ? null
        : { status: row.subscription_status, tier: row.tier_code, currentPeriodEnd: row.current_period_end },
  };
}
