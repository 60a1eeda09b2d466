/** What the audit trail tells of, by the thing that it happened to. New acts need a sentence in the messages `activity`. */
export const auditActions = {
  organizations: [
    "organization.signed_up",
    "organization.created",
    "organizations.updated",
    "organization.logo_changed",
    "organization.logo_removed",
    "organization.suspended",
    "organization.reactivated",
    "limit.overridden",
  ],
  branches: ["branches.inserted", "branches.updated"],
  admin_users: ["member.joined", "member.updated", "member.two_factor_reset", "member.approval_pin_set"],
  invitations: ["member.invited", "member.invitation_revoked"],
  customers: ["customers.inserted", "customers.updated", "customers.exported"],
  products: ["products.inserted", "products.updated", "products.exported", "stock.adjusted"],
  orders: ["order.voided", "orders.exported"],
  discount_approvals: ["discount.approved"],
  cash_sessions: ["cash_session.closed", "cash_sessions.exported"],
  subscriptions: [
    "subscription.activated",
    "subscription.period_began",
    "subscription.period_revoked",
    "subscription.moved",
    "subscription.cancel_planned",
    "subscription.resumed",
    "subscription.plan_changed",
    "subscription.extended",
  ],
  payments: [
    "payment.opened",
    "payment.succeeded",
    "payment.failed",
    "payment.review",
    "payment.collected",
    "refund.requested",
  ],
  auto_renewals: [
    "auto_renewal.opened",
    "auto_renewal.active",
    "auto_renewal.paused",
    "auto_renewal.past_due",
    "auto_renewal.expired",
    "auto_renewal.price_requested",
    "auto_renewal.price_changed",
    "auto_renewal.cancel_requested",
    "auto_renewal.cancelled",
    "auto_renewal.review",
  ],
} as const;

export type AuditObject = keyof typeof auditActions;
export const auditObjects = Object.keys(auditActions);
