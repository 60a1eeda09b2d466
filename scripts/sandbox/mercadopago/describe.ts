import {
  type AuthorizedPayment,
  type Payment,
  type Preapproval,
  type Preference,
  type Refund,
  refundedOf,
} from "./state";

/** Mercado Pago's stand-in account. */
export const ACCOUNT = { id: 446_566_691, nickname: "TESTUSER446566691" };

export function describePreference(preference: Preference, origin: string): Record<string, unknown> {
  const page = `${origin}/mercadopago/checkout/v1/redirect?pref_id=${encodeURIComponent(preference.id)}`;
  const { id, title, unitPrice, quantity, currency } = preference.item;
  return {
    id: preference.id,
    client_id: "7000000000000001",
    collector_id: ACCOUNT.id,
    date_created: preference.createdAt,
    expires: preference.closesAt !== null,
    expiration_date_from: null,
    expiration_date_to: preference.closesAt,
    external_reference: preference.externalReference ?? "",
    items: [{ id, title, unit_price: unitPrice, quantity, currency_id: currency }],
    payer: { email: preference.email },
    back_urls: preference.backUrls,
    notification_url: preference.notificationUrl,
    init_point: page,
    sandbox_init_point: page,
    site_id: "MLC",
  };
}

export function describePayment(payment: Payment, liveMode: boolean): Record<string, unknown> {
  const isCash = payment.method === "servipag";
  return {
    id: payment.id,
    date_created: payment.createdAt,
    date_approved: payment.status === "approved" ? payment.updatedAt : null,
    date_last_updated: payment.updatedAt,
    operation_type: payment.preapprovalId ? "recurring_payment" : "regular_payment",
    payment_method_id: payment.method,
    payment_type_id: isCash ? "ticket" : "credit_card",
    status: payment.status,
    status_detail: payment.detail,
    currency_id: payment.currency,
    description: payment.title,
    live_mode: liveMode,
    collector_id: ACCOUNT.id,
    payer: { email: payment.email, identification: { type: "RUT", number: "11111111-1" } },
    metadata: payment.preapprovalId ? { preapproval_id: payment.preapprovalId } : {},
    external_reference: payment.externalReference,
    transaction_amount: payment.amount,
    transaction_amount_refunded: refundedOf(payment),
    order: payment.preferenceId ? { id: String(payment.id + 7), type: "mercadopago" } : {},
    card: isCash ? {} : { last_four_digits: "0366" },
    refunds: payment.refunds.map((refund) => describeRefund(payment, refund)),
    ...payment.lies,
  };
}

export function describeRefund(payment: Payment, refund: Refund): Record<string, unknown> {
  return {
    id: refund.id,
    payment_id: payment.id,
    amount: refund.amount,
    metadata: {},
    source: { id: String(ACCOUNT.id), name: "Opttius", type: "collector" },
    date_created: refund.createdAt,
    unique_sequence_number: null,
    refund_mode: "standard",
    status: refund.status,
  };
}

export function describePreapproval(preapproval: Preapproval, origin: string): Record<string, unknown> {
  return {
    id: preapproval.id,
    payer_id: 1_111_111,
    payer_email: "", // kept from the answers, as the real one does
    back_url: preapproval.backUrl,
    collector_id: ACCOUNT.id,
    application_id: 7_000_000_000_000_001,
    status: preapproval.status,
    reason: preapproval.reason,
    external_reference: preapproval.externalReference,
    date_created: preapproval.createdAt,
    init_point: `${origin}/mercadopago/subscriptions/checkout?preapproval_id=${preapproval.id}`,
    auto_recurring: {
      frequency: preapproval.months,
      frequency_type: "months",
      transaction_amount: preapproval.amount,
      currency_id: preapproval.currency,
      start_date: preapproval.startsAt,
    },
    next_payment_date: preapproval.nextAt,
    payment_method_id: preapproval.status === "pending" ? null : "visa",
  };
}

export function describeAuthorized(
  one: AuthorizedPayment,
  preapproval: Preapproval,
  payment: Payment,
): Record<string, unknown> {
  return {
    id: one.id,
    type: "scheduled",
    preapproval_id: one.preapprovalId,
    reason: preapproval.reason,
    external_reference: preapproval.externalReference,
    currency_id: payment.currency,
    transaction_amount: payment.amount,
    date_created: one.debitAt,
    debit_date: one.debitAt,
    retry_attempt: one.attempts,
    status: one.status,
    payment: { id: payment.id, status: payment.status, status_detail: payment.detail },
  };
}
