/**
 * The catalogue of errors: code → HTTP status.
 *
 * The sentence of a code stands in `lib/i18n/messages/<locale>/errors.json` under the same name.
 * `values` lists the details that the sentence may show; a missing one reads "unknown" there. `retryAfterSeconds` is shown
 * as `waitUnit` (seconds, minutes, hours or unknown) and `waitCount`.
 */
export const catalogue = {
  "access.unauthenticated": { status: 401 },
  "access.forbidden": { status: 403 },
  "access.step_up_required": { status: 403 },
  "access.credentials_invalid": { status: 401 },
  "access.origin_refused": { status: 403 },

  "input.malformed": { status: 400 },
  "input.invalid": { status: 422 },
  "payload.too_large": { status: 413 },
  "export.too_large": { status: 413, values: ["max"] },
  "export.busy": { status: 429, values: ["retryAfterSeconds"] },
  not_found: { status: 404 },
  conflict: { status: 409 },

  "rate.limited": { status: 429, values: ["retryAfterSeconds"] },
  "idempotency.key_required": { status: 400 },
  "idempotency.key_reused": { status: 409 },
  "idempotency.in_progress": { status: 409, values: ["retryAfterSeconds"] },

  "tier.limit_exceeded": { status: 402, values: ["metric", "used", "max"] },
  "tier.feature_locked": { status: 402 },
  "tier.changed": { status: 409 },
  "organization.not_found": { status: 404 },
  "organization.suspended": { status: 403 },
  "organization.read_only": { status: 403 },
  "organization.slug_taken": { status: 409 },

  "branch.not_found": { status: 404 },
  "branch.name_taken": { status: 409 },
  "branch.last": { status: 409 },
  "branch.cash_session_open": { status: 409 },
  "branch.has_stock": { status: 409, values: ["units"] },
  "branch.archived": { status: 409 },
  "member.not_found": { status: 404 },
  "member.last_owner": { status: 409 },
  "member.self_change": { status: 409 },
  "member.name_taken": { status: 409 },
  "member.out_of_reach": { status: 403 },
  "invitation.invalid": { status: 404 },
  "invitation.expired": { status: 410 },
  "invitation.already_member": { status: 409 },
  "two_factor.code_invalid": { status: 422 },
  "two_factor.setup_over": { status: 409 },
  "code.invalid": { status: 422 },

  "view.not_found": { status: 404 },
  "view.name_taken": { status: 409 },
  "view.too_many": { status: 409 },

  "customer.not_found": { status: 404 },
  "customer.rut_taken": { status: 409 },
  "customer.document_taken": { status: 409 },
  "customer.changed": { status: 409 },
  "product.not_found": { status: 404 },
  "product.changed": { status: 409 },
  "product.barcode_taken": { status: 409 },
  "product.sku_taken": { status: 409 },

  "sale.empty": { status: 422 },
  "sale.insufficient_stock": { status: 409, values: ["product", "available"] },
  "sale.payment_mismatch": { status: 422 },
  "sale.price_changed": { status: 409 },
  "sale.discount_not_allowed": { status: 403, values: ["maxPercent"] },
  "sale.approval_invalid": { status: 403 },
  "sale.already_voided": { status: 409, values: ["receiptNumber"] },
  "order.not_found": { status: 404 },
  "parked_sale.not_found": { status: 404 },
  "stock.insufficient": { status: 409, values: ["product", "available"] },
  "stock.changed": { status: 409, values: ["available"] },
  "stock.already_saved": { status: 409 },
  "cash_session.required": { status: 409 },
  "cash_session.already_open": { status: 409 },
  "cash_session.not_open": { status: 409 },
  "cash_session.not_found": { status: 404 },
  "cash_session.not_enough_cash": { status: 409 },

  "payment.not_found": { status: 404 },
  "payment.gateway_unavailable": { status: 503 },
  "payment.gateway_off": { status: 503 },
  "payment.checkout_busy": { status: 429, values: ["retryAfterSeconds"] },
  "payment.currency_unsupported": { status: 422 },
  "payment.not_refundable": { status: 409 },
  "payment.tier_unavailable": { status: 422 },
  "payment.in_progress": { status: 409 },
  "coupon.unknown": { status: 422 },
  "coupon.expired": { status: 422 },
  "coupon.used": { status: 409 },
  "coupon.used_up": { status: 409 },
  "coupon.not_for_this": { status: 422 },
  "coupon.code_taken": { status: 409 },
  "subscription.not_possible": { status: 409 },
  "subscription.exceeds_limits": { status: 409 },
  "subscription.ended_by_staff": { status: 409 },
  "subscription.real_shop": { status: 409 },
  "payment.renewal_unsupported": { status: 422 },
  "auto_renewal.not_found": { status: 404 },
  "auto_renewal.not_active": { status: 409 },
  "payment.not_in_review": { status: 409 },
  "payment.received_differs": { status: 422 },
  "approval.pending": { status: 409 },
  "approval.not_pending": { status: 409 },
  "approval.same_person": { status: 403 },
  "payment.not_askable": { status: 409 },
  "gateway.in_use": { status: 409 },
  "gateway.credentials_missing": { status: 409 },
  "gateway.credentials_refused": { status: 422, values: ["reason"] },
  "gateway.not_reached": { status: 503, values: ["reason"] },
  "gateway.notices_missing": { status: 422 },
  "gateway.other_mode": { status: 422 },
  "gateway.check_failed": { status: 422, values: ["reason"] },
  "webhook.not_authentic": { status: 401 },

  "server.unavailable": { status: 503 },
  "server.timeout": { status: 504 },
  "server.unknown": { status: 500 },
} as const satisfies Record<string, { status: number; values?: readonly string[] }>;

/** A code of the catalogue; a typo does not compile. */
export type ErrorCode = keyof typeof catalogue;

/** Whether a text (for example one raised by a database function) is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(catalogue, text);
}

/** The HTTP status with which a code is answered. */
export function statusOf(code: ErrorCode): number {
  return catalogue[code].status;
}

/** The details that the sentence of a code may show. */
export function valuesOf(code: ErrorCode): readonly string[] {
  const entry = catalogue[code];
  return "values" in entry ? entry.values : [];
}
