import "server-only";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** Something that happened to a payment. */
export interface TimelineEntry {
  readonly at: string;
  readonly kind: "audit" | "opened" | "notice" | "ledger";
  readonly id: number;
  /** The action, the notice's status, or the ledger's kind. */
  readonly what: string;
  readonly who: string | null;
  readonly via: string | null;
  readonly why: string | null;
  /** How a notice proved itself, and how often it failed. */
  readonly proof: string | null;
  readonly attempts: number | null;
}

export interface PaymentRefund extends Amount {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly requestedBy: string | null;
  readonly requestedByMe: boolean;
  readonly createdAt: string;
  readonly gatewayStatus: string | null;
  readonly decision: {
    readonly approved: boolean;
    readonly by: string | null;
    readonly at: string;
    readonly reason: string | null;
  } | null;
}

/** One payment with everything that is known of it. Money in minor units, instants as ISO texts. */
export interface PaymentDetail {
  readonly payment: {
    readonly id: string;
    readonly gateway: string;
    readonly status: string;
    readonly amount: number;
    readonly currency: string;
    readonly refunded_amount: number;
    readonly tier_code: string;
    readonly tier_version: number;
    readonly billing_interval: "month" | "year";
    readonly reason: string | null;
    readonly test_mode: boolean;
    readonly payer_email: string;
    readonly gateway_status: string | null;
    readonly gateway_updated_at: string | null;
    readonly checked_at: string | null;
    readonly expires_at: string;
    readonly paid_at: string | null;
    readonly created_at: string;
    readonly auto_renewal_id: string | null;
  };
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string };
  readonly openedBy: string | null;
  /** What may still go back. */
  readonly refundable: Amount | null;
  /** Money that came in and belongs to nothing yet; null where the gateway told no amount. */
  readonly received: Amount | null;
  readonly names: readonly {
    readonly kind: string;
    readonly value: string;
    readonly refundId: string | null;
  }[];
  readonly refunds: readonly PaymentRefund[];
  readonly decisions: readonly {
    readonly id: string;
    readonly decision: "accept" | "reject";
    readonly status: "awaiting_approval" | "applied" | "declined";
    readonly amount: number | null;
    readonly currency: string | null;
    readonly reason: string;
    readonly by: string | null;
    readonly byMe: boolean;
    readonly at: string;
  }[];
  /** Lines of the ledger: debit positive, credit negative. */
  readonly ledger: readonly {
    readonly transaction: string;
    readonly kind: string;
    readonly at: string;
    readonly account: string;
    readonly amount: number;
    readonly currency: string;
  }[];
  /** The newest first, at most two hundred. */
  readonly timeline: readonly TimelineEntry[];
}

/**
 * One payment of whichever shop.
 *
 * @throws AppError `payment.not_found`, `access.forbidden`, `access.step_up_required`
 */
export function getPaymentDetail(staff: Caller, paymentId: string): Promise<PaymentDetail> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{ detail: PaymentDetail }>`
      select private.console_payment(${paymentId}) as detail`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("console_payment answered nothing");
    return row.detail;
  });
}

/**
 * Has the worker ask the gateway about a payment now.
 *
 * @throws AppError `payment.not_found`, `payment.not_askable` when the gateway has no name for it, `access.forbidden`
 */
export async function askGateway(staff: Caller, paymentId: string): Promise<void> {
  await staff.transaction((db) => sql`select private.console_ask_gateway(${paymentId})`.execute(db));
}
