// Generated from the database by `npm run db:types`; not edited by hand.
import type { ColumnType, Generated, GeneratedAlways } from "kysely";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** Written as text, because the driver would send an array as a Postgres array. */
type JsonColumn = ColumnType<Json, string, string>;
type NullableJson = ColumnType<Json | null, string | null | undefined, string | null>;
type OptionalJson = ColumnType<Json, string | undefined, string>;

export interface AdminUsers {
  organization_id: string;
  id: Generated<string>;
  user_id: string;
  email: string;
  full_name: string;
  role: string;
  all_branches: Generated<boolean>;
  granted_permissions: Generated<string[]>;
  revoked_permissions: Generated<string[]>;
  status: Generated<string>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface AuditEntries {
  organization_id: string;
  id: Generated<string>;
  seq: number;
  at: Generated<Date>;
  actor_user_id: string | null;
  actor_name: string;
  via: string;
  action: string;
  object_type: string;
  object_id: string | null;
  reason: string | null;
  changes: OptionalJson;
  prev_hash: Buffer;
  hash: Buffer;
  text_version: Generated<number>;
}

export interface AutoRenewals {
  organization_id: string;
  id: Generated<string>;
  gateway: string;
  status: Generated<string>;
  amount: number;
  currency: string;
  tier_code: string;
  tier_version: number;
  billing_interval: string;
  method_label: string | null;
  first_charge_at: Date | null;
  next_charge_at: Date | null;
  cancel_requested_at: Date | null;
  checked_at: Date | null;
  redirect_url: string | null;
  redirect_method: string | null;
  expires_at: Date | null;
  reason: string | null;
  idempotency_key: string;
  request_hash: string;
  subject: Generated<string>;
  payer_email: string;
  payer_name: Generated<string>;
  return_url: Generated<string>;
  notify_url: Generated<string>;
  language: Generated<string>;
  gateway_status: string | null;
  next_amount: number | null;
  next_tier_code: string | null;
  next_tier_version: number | null;
  created_by: string;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  working_until: Date | null;
}

export interface Branches {
  organization_id: Generated<string>;
  id: Generated<string>;
  name: string;
  address: string | null;
  comuna: string | null;
  phone: string | null;
  time_zone: Generated<string>;
  hours: OptionalJson;
  archived_at: Date | null;
  created_at: Generated<Date>;
  version: Generated<number>;
  updated_at: Generated<Date>;
}

export interface CashMovements {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  cash_session_id: string;
  kind: string;
  amount: number;
  reason: string;
  idempotency_key: string;
  created_by: string;
  created_at: Generated<Date>;
}

export interface CashSessions {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  member_id: string;
  member_name: string;
  status: Generated<string>;
  opening_float: number;
  business_date: string;
  opened_at: Generated<Date>;
  closed_at: Date | null;
  closed_by: string | null;
  counted: NullableJson;
  expected: NullableJson;
  cash_difference: number | null;
  note: string | null;
}

export interface Customers {
  organization_id: Generated<string>;
  id: Generated<string>;
  kind: Generated<string>;
  given_names: Generated<string>;
  surnames: string;
  rut: string | null;
  document_type: string | null;
  document_number: string | null;
  email: string | null;
  phone: string | null;
  birth_on: string | null;
  address: string | null;
  comuna: string | null;
  activity: string | null;
  notes: string | null;
  search_text: GeneratedAlways<string>;
  sort_name: GeneratedAlways<string>;
  version: Generated<number>;
  archived_at: Date | null;
  created_by: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  doubled_document: string | null;
}

export interface DiscountApprovals {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  max_discount_bp: number;
  requested_by: string;
  approved_by: string;
  created_at: Generated<Date>;
  expires_at: Generated<Date>;
  order_id: string | null;
  max_discount: number | null;
  approved_by_name: string | null;
}

export interface Invitations {
  organization_id: string;
  id: Generated<string>;
  email: string;
  role: string;
  all_branches: Generated<boolean>;
  branch_ids: Generated<string[]>;
  invited_by: string | null;
  created_at: Generated<Date>;
  expires_at: Generated<Date>;
  accepted_at: Date | null;
  revoked_at: Date | null;
}

export interface Invoices {
  organization_id: string;
  id: Generated<string>;
  number: number;
  subscription_id: string;
  payment_id: string | null;
  status: string;
  tier_code: string;
  tier_version: number;
  billing_interval: string;
  period_start: Date;
  period_end: Date;
  currency: string;
  lines: JsonColumn;
  total: number;
  tax: number;
  issued_at: Date;
  paid_at: Date | null;
}

export interface LimitOverrides {
  organization_id: string;
  metric: string;
  max_count: number | null;
  reason: string;
  set_by: string | null;
  created_at: Generated<Date>;
}

export interface MemberBranches {
  organization_id: string;
  member_id: string;
  branch_id: string;
}

export interface OrderItems {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  order_id: string;
  position: number;
  product_id: string;
  product_name: string;
  sku: string;
  quantity: number;
  unit_price: number;
  discount_bp: number;
  discount: number;
  total: number;
  tax_kind: string;
}

export interface OrderPayments {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  order_id: string;
  cash_session_id: string | null;
  kind: Generated<string>;
  method: string;
  amount: number;
  handed_over: number | null;
  created_at: Generated<Date>;
}

export interface Orders {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  receipt_number: number;
  status: Generated<string>;
  customer_id: string | null;
  customer_name: string | null;
  member_id: string;
  sold_by_name: string;
  cash_session_id: string | null;
  business_date: string;
  item_count: number;
  gross: number;
  discount: number;
  net: number;
  tax: number;
  exempt: number;
  total: number;
  cash_rounding: Generated<number>;
  change: Generated<number>;
  note: string | null;
  prints: Generated<number>;
  idempotency_key: string;
  request_hash: Buffer;
  voided_at: Date | null;
  voided_by_name: string | null;
  void_reason: string | null;
  created_at: Generated<Date>;
}

export interface OrganizationLogos {
  organization_id: Generated<string>;
  content_type: string;
  bytes: Buffer;
  width: number;
  height: number;
  digest: GeneratedAlways<string>;
  created_at: Generated<Date>;
}

export interface Organizations {
  id: Generated<string>;
  slug: string;
  name: string;
  legal_name: string | null;
  rut: string | null;
  activity: string | null;
  address: string | null;
  comuna: string | null;
  phone: string | null;
  email: string | null;
  receipt_footer: string | null;
  currency: Generated<string>;
  status: Generated<string>;
  status_reason: string | null;
  status_changed_at: Date | null;
  is_test: Generated<boolean>;
  owner_only: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface ParkedSales {
  organization_id: Generated<string>;
  id: Generated<string>;
  branch_id: string;
  label: string;
  cart: JsonColumn;
  created_by: Generated<string>;
  created_at: Generated<Date>;
  idempotency_key: string | null;
  taken_key: string | null;
  taken_by: string | null;
  taken_at: Date | null;
}

export interface Payments {
  organization_id: string;
  id: Generated<string>;
  gateway: string;
  status: Generated<string>;
  status_rank: GeneratedAlways<number>;
  amount: number;
  currency: string;
  refunded_amount: Generated<number>;
  tier_code: string;
  tier_version: number;
  billing_interval: string;
  reason: string | null;
  redirect_url: string | null;
  redirect_method: string | null;
  expires_at: Date;
  paid_at: Date | null;
  idempotency_key: string;
  request_hash: string;
  payer_email: string;
  language: Generated<string>;
  gateway_status: string | null;
  gateway_updated_at: Date | null;
  checked_at: Date | null;
  auto_renewal_id: string | null;
  test_mode: Generated<boolean>;
  created_by: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface PlatformAdmins {
  user_id: string;
  email: string;
  full_name: string;
  role: string;
  disabled_at: Date | null;
  created_at: Generated<Date>;
}

export interface Products {
  organization_id: Generated<string>;
  id: Generated<string>;
  sku: string;
  barcode: string | null;
  name: string;
  category: string;
  brand: string | null;
  price: number;
  cost: number | null;
  tax_kind: Generated<string>;
  tracks_stock: Generated<boolean>;
  allows_negative: Generated<boolean>;
  low_stock_at: number | null;
  search_text: GeneratedAlways<string>;
  sort_name: GeneratedAlways<string>;
  version: Generated<number>;
  archived_at: Date | null;
  created_by: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface Refunds {
  organization_id: string;
  id: Generated<string>;
  payment_id: string;
  amount: number;
  currency: string;
  status: Generated<string>;
  reason: string;
  idempotency_key: string;
  requested_by: string;
  gateway_status: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface SavedViews {
  organization_id: string;
  id: Generated<string>;
  member_id: string;
  list: string;
  name: string;
  query: string;
  branch_id: string | null;
  opens_first: Generated<boolean>;
  created_at: Generated<Date>;
}

export interface StockDocuments {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  to_branch_id: string | null;
  kind: string;
  note: string | null;
  idempotency_key: string;
  created_by: string;
  created_by_name: string;
  created_at: Generated<Date>;
  request_hash: Buffer | null;
}

export interface StockLevels {
  organization_id: string;
  branch_id: string;
  product_id: string;
  quantity: Generated<number>;
}

export interface StockMovements {
  organization_id: string;
  id: Generated<string>;
  branch_id: string;
  product_id: string;
  kind: string;
  quantity: number;
  balance_after: number;
  unit_cost: number | null;
  reason: string | null;
  document_id: string | null;
  order_id: string | null;
  created_by: string | null;
  created_at: Generated<Date>;
}

export interface SubscriptionTiers {
  code: string;
  version: number;
  price_clp_month: number;
  price_clp_year: number;
  price_usd_month: number;
  price_usd_year: number;
  max_branches: number | null;
  max_users: number | null;
  max_customers: number | null;
  max_products: number | null;
  features: Generated<string[]>;
  available_from: Generated<Date>;
  retired_at: Date | null;
}

export interface Subscriptions {
  organization_id: string;
  id: Generated<string>;
  tier_code: string;
  tier_version: number;
  status: string;
  billing_interval: Generated<string>;
  trial_ends_at: Date | null;
  current_period_start: Date | null;
  current_period_end: Date | null;
  cancel_at_period_end: Generated<boolean>;
  next_tier_code: string | null;
  next_tier_version: number | null;
  next_interval: string | null;
  state_since: Generated<Date>;
  next_step_at: Date | null;
  held_because: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  ended_by_staff: Generated<boolean>;
}

export interface UsageCounters {
  organization_id: string;
  metric: string;
  n: Generated<number>;
  max_count: number | null;
}

export interface PrivateAccountCredits {
  organization_id: string;
  currency: string;
  balance: Generated<number>;
}

export interface PrivateApprovalLimits {
  currency: string;
  amount: number;
}

export interface PrivateApprovalPins {
  organization_id: string;
  member_id: string;
  pin_hash: string;
  failures: Generated<number>;
  locked_until: Date | null;
}

export interface PrivateAuditHeads {
  organization_id: string;
  seq: number;
  hash: Buffer;
}

export interface PrivateAuditVerifications {
  organization_id: string;
  verified_at: Date | null;
  broken_at: number | null;
  looked_at: Generated<Date>;
  seq: Generated<number>;
  hash: Generated<Buffer>;
}

export interface PrivateCouponRedemptions {
  coupon_code: string;
  organization_id: string;
  uses_left: number | null;
  held_by: string | null;
  is_redeemed: Generated<boolean>;
  created_at: Generated<Date>;
}

export interface PrivateCoupons {
  code: string;
  percent_bp: number | null;
  amount_clp: number | null;
  amount_usd: number | null;
  duration: string;
  repeats: number | null;
  tiers: string[] | null;
  valid_from: Generated<Date>;
  valid_until: Date | null;
  max_redemptions: number | null;
  redeemed: Generated<number>;
  note: string;
  created_by: string | null;
  created_at: Generated<Date>;
  retired_at: Date | null;
}

export interface PrivateGatewaySettings {
  gateway: string;
  mode: string;
  sealed: string;
  hints: JsonColumn;
  changed_by: string;
  changed_at: Generated<Date>;
}

export interface PrivateGatewaySwitches {
  gateway: string;
  mode: string | null;
  paused: Generated<boolean>;
  changed_by: string;
  changed_at: Generated<Date>;
}

export interface PrivateGatewayWorlds {
  gateway: string;
  test_mode: boolean;
  since: Generated<Date>;
}

export interface PrivateGatewaysInForce {
  gateway: string | null;
  mode: string | null;
  paused: boolean | null;
  sealed: string | null;
}

export interface PrivateInvariants {
  name: string;
  violations: number;
  sample: string | null;
  checked_at: Date;
  alerted_at: Date | null;
  alerted_n: Generated<number>;
}

export interface PrivateInvitationTokens {
  token_hash: Buffer;
  organization_id: string;
  invitation_id: string;
}

export interface PrivateInvoiceHeads {
  organization_id: string;
  last_number: number;
}

export interface PrivateLedgerEntries {
  transaction_id: string;
  line: number;
  organization_id: string;
  currency: string;
  account: string;
  amount: number;
}

export interface PrivateLedgerTransactions {
  id: Generated<string>;
  organization_id: string;
  kind: string;
  source: string;
  currency: string;
  payment_id: string | null;
  refund_id: string | null;
  at: Date;
  posted_at: Generated<Date>;
  posted_in: Generated<string>;
}

export interface PrivateNoticeAlerts {
  gateway: string;
  alerted_at: Generated<Date>;
}

export interface PrivateOutbox {
  id: GeneratedAlways<number>;
  name: string;
  payload: JsonColumn;
  created_at: Generated<Date>;
  available_at: Generated<Date>;
  attempts: Generated<number>;
  done_at: Date | null;
  last_error: string | null;
}

export interface PrivatePaidPeriods {
  organization_id: string | null;
  subscription_id: string | null;
  period_start: Date | null;
  period_end: Date | null;
}

export interface PrivatePaymentCounters {
  name: string;
  gateway: string;
  n: Generated<number>;
}

export interface PrivatePaymentLedger {
  organization_id: string;
  payment_id: string;
  effect_kind: string;
  subscription_id: string;
  tier_code: string;
  tier_version: number;
  billing_interval: string;
  period_start: Date;
  period_end: Date;
  anchor_at: Date;
  value: number | null;
  superseded_by: string | null;
  at: Generated<Date>;
}

export interface PrivatePaymentQuotes {
  organization_id: string;
  payment_id: string;
  price: number;
  coupon_code: string | null;
  coupon: Generated<number>;
  proration: Generated<number>;
  credit: Generated<number>;
  total: number;
  lines: JsonColumn;
  withdrawn_at: Date | null;
}

export interface PrivatePaymentReferences {
  gateway: string;
  reference: string;
  kind: string;
  organization_id: string;
  payment_id: string | null;
  refund_id: string | null;
  auto_renewal_id: string | null;
  created_at: Generated<Date>;
}

export interface PrivateReceiptCounters {
  organization_id: string;
  branch_id: string;
  last_number: Generated<number>;
}

export interface PrivateReconciliationFindings {
  gateway: string;
  day: string;
  n: number;
  kind: string;
  organization_id: string | null;
  payment_id: string | null;
  reference: string | null;
  theirs_minor: number | null;
  ours_minor: number | null;
  currency: string | null;
}

export interface PrivateReconciliationRuns {
  gateway: string;
  day: string;
  finished_at: Generated<Date>;
  theirs: number;
  ours: number;
  unanswered: Generated<number>;
  failure: string | null;
  findings: Generated<number>;
}

export interface PrivateRecoveryCodes {
  user_id: string;
  code_hash: Buffer;
  used_at: Date | null;
}

export interface PrivateRefundApprovals {
  organization_id: string;
  refund_id: string;
  approved: boolean;
  decided_by: string;
  decided_at: Generated<Date>;
  reason: string | null;
}

export interface PrivateReviewDecisions {
  organization_id: string;
  id: Generated<string>;
  payment_id: string;
  decision: string;
  status: string;
  amount: number | null;
  currency: string | null;
  asked_amount: number;
  asked_currency: string;
  reason: string;
  decided_by: string;
  decided_at: Generated<Date>;
  approved_by: string | null;
  approved_at: Date | null;
  approval_reason: string | null;
}

export interface PrivateRevokedSessions {
  session_id: string;
  user_id: string;
  revoked_at: Generated<Date>;
}

export interface PrivateRoles {
  role: string;
  permissions: string[];
  max_discount_bp: number;
}

export interface PrivateSecurityAlerts {
  rule: string;
  subject_hash: string;
  alerted_at: Generated<Date>;
}

export interface PrivateSecurityEvents {
  id: GeneratedAlways<number>;
  at: Generated<Date>;
  kind: string;
  severity: Generated<string>;
  organization_id: string | null;
  user_id: string | null;
  subject: string | null;
  address: string | null;
  details: OptionalJson;
}

export interface PrivateSessionFloors {
  user_id: string;
  issued_after: Date;
  kept_session: string | null;
}

export interface PrivateStepUps {
  session_id: string;
  user_id: string;
  at: Generated<Date>;
  expires_at: Generated<Date>;
}

export interface PrivateSubscriptionMails {
  organization_id: string;
  subscription_id: string;
  kind: string;
  period_key: Date;
  sent_at: Date;
}

export interface PrivateTestClocks {
  organization_id: string;
  at: Date;
  target: Date;
  set_by: string | null;
  set_at: Generated<Date>;
}

export interface PrivateTrialClaims {
  identity: string;
  user_id: string;
  organization_id: string;
  claimed_at: Generated<Date>;
}

export interface PrivateTwoFactor {
  user_id: string;
  secret_encrypted: string;
  secret_digest: Buffer;
  confirmed_at: Date | null;
  last_step: Generated<number>;
  created_at: Generated<Date>;
  begun_in: string | null;
}

export interface PrivateWebhookEvents {
  id: GeneratedAlways<number>;
  gateway: string;
  event_key: Generated<string>;
  kind: Generated<string>;
  reference_kind: string | null;
  reference: string | null;
  payload_raw: Generated<Buffer>;
  headers: OptionalJson;
  verified_by: string;
  received_at: Generated<Date>;
  status: Generated<string>;
  attempts: Generated<number>;
  next_attempt_at: Generated<Date>;
  locked_by: string | null;
  locked_until: Date | null;
  last_error: string | null;
  payment_ref: string | null;
  trace_id: string | null;
  names_nobody: Generated<boolean>;
}

export interface DB {
  admin_users: AdminUsers;
  audit_entries: AuditEntries;
  auto_renewals: AutoRenewals;
  branches: Branches;
  cash_movements: CashMovements;
  cash_sessions: CashSessions;
  customers: Customers;
  discount_approvals: DiscountApprovals;
  invitations: Invitations;
  invoices: Invoices;
  limit_overrides: LimitOverrides;
  member_branches: MemberBranches;
  order_items: OrderItems;
  order_payments: OrderPayments;
  orders: Orders;
  organization_logos: OrganizationLogos;
  organizations: Organizations;
  parked_sales: ParkedSales;
  payments: Payments;
  platform_admins: PlatformAdmins;
  products: Products;
  refunds: Refunds;
  saved_views: SavedViews;
  stock_documents: StockDocuments;
  stock_levels: StockLevels;
  stock_movements: StockMovements;
  subscription_tiers: SubscriptionTiers;
  subscriptions: Subscriptions;
  usage_counters: UsageCounters;
  "private.account_credits": PrivateAccountCredits;
  "private.approval_limits": PrivateApprovalLimits;
  "private.approval_pins": PrivateApprovalPins;
  "private.audit_heads": PrivateAuditHeads;
  "private.audit_verifications": PrivateAuditVerifications;
  "private.coupon_redemptions": PrivateCouponRedemptions;
  "private.coupons": PrivateCoupons;
  "private.gateway_settings": PrivateGatewaySettings;
  "private.gateway_switches": PrivateGatewaySwitches;
  "private.gateway_worlds": PrivateGatewayWorlds;
  "private.gateways_in_force": PrivateGatewaysInForce;
  "private.invariants": PrivateInvariants;
  "private.invitation_tokens": PrivateInvitationTokens;
  "private.invoice_heads": PrivateInvoiceHeads;
  "private.ledger_entries": PrivateLedgerEntries;
  "private.ledger_transactions": PrivateLedgerTransactions;
  "private.notice_alerts": PrivateNoticeAlerts;
  "private.outbox": PrivateOutbox;
  "private.paid_periods": PrivatePaidPeriods;
  "private.payment_counters": PrivatePaymentCounters;
  "private.payment_ledger": PrivatePaymentLedger;
  "private.payment_quotes": PrivatePaymentQuotes;
  "private.payment_references": PrivatePaymentReferences;
  "private.receipt_counters": PrivateReceiptCounters;
  "private.reconciliation_findings": PrivateReconciliationFindings;
  "private.reconciliation_runs": PrivateReconciliationRuns;
  "private.recovery_codes": PrivateRecoveryCodes;
  "private.refund_approvals": PrivateRefundApprovals;
  "private.review_decisions": PrivateReviewDecisions;
  "private.revoked_sessions": PrivateRevokedSessions;
  "private.roles": PrivateRoles;
  "private.security_alerts": PrivateSecurityAlerts;
  "private.security_events": PrivateSecurityEvents;
  "private.session_floors": PrivateSessionFloors;
  "private.step_ups": PrivateStepUps;
  "private.subscription_mails": PrivateSubscriptionMails;
  "private.test_clocks": PrivateTestClocks;
  "private.trial_claims": PrivateTrialClaims;
  "private.two_factor": PrivateTwoFactor;
  "private.webhook_events": PrivateWebhookEvents;
}
