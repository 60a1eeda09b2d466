// Generated from the database by `npm run db:types`; do not edit.
import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AdminUsers {
  all_branches: Generated<boolean>;
  created_at: Generated<Timestamp>;
  email: string;
  full_name: string;
  granted_permissions: Generated<string[]>;
  id: Generated<string>;
  organization_id: string;
  revoked_permissions: Generated<string[]>;
  role: string;
  status: Generated<string>;
  updated_at: Generated<Timestamp>;
  user_id: string;
}

export interface AuditEntries {
  action: string;
  actor_name: string;
  actor_user_id: string | null;
  at: Generated<Timestamp>;
  changes: Generated<Json>;
  hash: Buffer;
  id: Generated<string>;
  object_id: string | null;
  object_type: string;
  organization_id: string;
  prev_hash: Buffer;
  reason: string | null;
  seq: number;
  via: string;
}

export interface Branches {
  address: string | null;
  archived_at: Timestamp | null;
  comuna: string | null;
  created_at: Generated<Timestamp>;
  /**
   * Opening hours by ISO weekday: {"1": {"opens": "10:00", "closes": "19:00"}, …}; a missing day is closed.
   */
  hours: Generated<Json>;
  id: Generated<string>;
  name: string;
  organization_id: Generated<string>;
  phone: string | null;
  time_zone: Generated<string>;
}

export interface CashMovements {
  amount: number;
  branch_id: string;
  cash_session_id: string;
  created_at: Generated<Timestamp>;
  created_by: string;
  id: Generated<string>;
  idempotency_key: string;
  kind: string;
  organization_id: string;
  reason: string;
}

export interface CashSessions {
  branch_id: string;
  /**
   * Local date of the branch at opening; kept when the session passes midnight.
   */
  business_date: string;
  cash_difference: number | null;
  closed_at: Timestamp | null;
  closed_by: string | null;
  /**
   * Blind count at closing, pesos by tender: {"cash", "debit", "credit", "transfer"}.
   */
  counted: Json | null;
  expected: Json | null;
  id: Generated<string>;
  member_id: string;
  member_name: string;
  note: string | null;
  opened_at: Generated<Timestamp>;
  opening_float: number;
  organization_id: string;
  status: Generated<string>;
}

export interface Customers {
  activity: string | null;
  address: string | null;
  archived_at: Timestamp | null;
  birth_on: string | null;
  comuna: string | null;
  created_at: Generated<Timestamp>;
  created_by: Generated<string | null>;
  document_number: string | null;
  document_type: string | null;
  email: string | null;
  given_names: Generated<string>;
  id: Generated<string>;
  kind: Generated<string>;
  notes: string | null;
  organization_id: Generated<string>;
  phone: string | null;
  rut: string | null;
  search_text: Generated<string>;
  /**
   * Both surnames of a person, or the registered name of a company.
   */
  surnames: string;
  updated_at: Generated<Timestamp>;
  /**
   * Raised by each change: a form that was opened before is refused, not merged.
   */
  version: Generated<number>;
}

export interface DiscountApprovals {
  approved_by: string;
  branch_id: string;
  created_at: Generated<Timestamp>;
  expires_at: Generated<Timestamp>;
  id: Generated<string>;
  max_discount_bp: number;
  order_id: string | null;
  organization_id: string;
  requested_by: string;
}

export interface Invitations {
  accepted_at: Timestamp | null;
  all_branches: Generated<boolean>;
  branch_ids: Generated<string[]>;
  created_at: Generated<Timestamp>;
  email: string;
  expires_at: Generated<Timestamp>;
  id: Generated<string>;
  invited_by: string | null;
  organization_id: string;
  revoked_at: Timestamp | null;
  role: string;
}

export interface LimitOverrides {
  created_at: Generated<Timestamp>;
  max_count: number | null;
  metric: string;
  organization_id: string;
  reason: string;
  set_by: string | null;
}

export interface MemberBranches {
  branch_id: string;
  member_id: string;
  organization_id: string;
}

export interface OrderItems {
  branch_id: string;
  discount: number;
  discount_bp: number;
  id: Generated<string>;
  order_id: string;
  organization_id: string;
  position: number;
  product_id: string;
  product_name: string;
  quantity: number;
  sku: string;
  tax_kind: string;
  total: number;
  unit_price: number;
}

export interface OrderPayments {
  /**
   * What entered the drawer or the account, after cash rounding; negative when a sale is voided.
   */
  amount: number;
  branch_id: string;
  cash_session_id: string | null;
  created_at: Generated<Timestamp>;
  handed_over: number | null;
  id: Generated<string>;
  kind: Generated<string>;
  method: string;
  order_id: string;
  organization_id: string;
}

export interface Orders {
  branch_id: string;
  business_date: string;
  cash_rounding: Generated<number>;
  cash_session_id: string | null;
  change: Generated<number>;
  created_at: Generated<Timestamp>;
  customer_id: string | null;
  customer_name: string | null;
  discount: number;
  exempt: number;
  gross: number;
  id: Generated<string>;
  idempotency_key: string;
  item_count: number;
  member_id: string;
  net: number;
  note: string | null;
  organization_id: string;
  prints: Generated<number>;
  receipt_number: number;
  request_hash: Buffer;
  sold_by_name: string;
  status: Generated<string>;
  tax: number;
  total: number;
  void_reason: string | null;
  voided_at: Timestamp | null;
  voided_by_name: string | null;
}

export interface Organizations {
  /**
   * Giro, as registered with the tax authority.
   */
  activity: string | null;
  address: string | null;
  comuna: string | null;
  created_at: Generated<Timestamp>;
  currency: Generated<string>;
  email: string | null;
  id: Generated<string>;
  legal_name: string | null;
  name: string;
  phone: string | null;
  receipt_footer: string | null;
  rut: string | null;
  slug: string;
  status: Generated<string>;
  status_changed_at: Timestamp | null;
  status_reason: string | null;
  updated_at: Generated<Timestamp>;
}

export interface ParkedSales {
  branch_id: string;
  cart: Json;
  created_at: Generated<Timestamp>;
  created_by: Generated<string>;
  id: Generated<string>;
  label: string;
  organization_id: Generated<string>;
}

export interface Payments {
  /**
   * What was asked for, IVA included: the snapshot with which the gateway's answer is compared.
   */
  amount: number;
  billing_interval: string;
  created_at: Generated<Timestamp>;
  created_by: string;
  currency: string;
  expires_at: Timestamp;
  gateway: string;
  gateway_status: string | null;
  gateway_updated_at: Timestamp | null;
  id: Generated<string>;
  idempotency_key: string;
  language: Generated<string>;
  organization_id: string;
  paid_at: Timestamp | null;
  payer_email: string;
  /**
   * Why it failed or is in review: a code of ours, or the gateway's words.
   */
  reason: string | null;
  redirect_method: string | null;
  redirect_url: string | null;
  refunded_amount: Generated<number>;
  request_hash: string;
  status: Generated<string>;
  status_rank: Generated<number>;
  tier_code: string;
  tier_version: number;
  updated_at: Generated<Timestamp>;
}

export interface PlatformAdmins {
  created_at: Generated<Timestamp>;
  disabled_at: Timestamp | null;
  email: string;
  full_name: string;
  role: string;
  user_id: string;
}

export interface PrivateApprovalPins {
  failures: Generated<number>;
  locked_until: Timestamp | null;
  member_id: string;
  organization_id: string;
  pin_hash: string;
}

export interface PrivateAuditHeads {
  hash: Buffer;
  organization_id: string;
  seq: number;
}

export interface PrivateInvitationTokens {
  invitation_id: string;
  organization_id: string;
  token_hash: Buffer;
}

export interface PrivateOutbox {
  attempts: Generated<number>;
  available_at: Generated<Timestamp>;
  created_at: Generated<Timestamp>;
  done_at: Timestamp | null;
  id: Generated<number>;
  last_error: string | null;
  name: string;
  payload: Json;
}

export interface PrivatePaymentCounters {
  gateway: string;
  n: Generated<number>;
  name: string;
}

export interface PrivatePaymentLedger {
  /**
   * Periods are counted in months from here, so that the 31st survives February.
   */
  anchor_at: Timestamp;
  at: Generated<Timestamp>;
  billing_interval: string;
  effect_kind: string;
  organization_id: string;
  payment_id: string;
  period_end: Timestamp;
  period_start: Timestamp;
  subscription_id: string;
  /**
   * The payment (an upgrade, or its own refund) that ended this period early.
   */
  superseded_by: string | null;
  tier_code: string;
  tier_version: number;
}

export interface PrivatePaymentReferences {
  created_at: Generated<Timestamp>;
  gateway: string;
  /**
   * order is our own opaque reference; the others are the gateway's (token, flow_order, …).
   */
  kind: string;
  organization_id: string;
  payment_id: string;
  reference: string;
  refund_id: string | null;
}

export interface PrivateReceiptCounters {
  branch_id: string;
  last_number: Generated<number>;
  organization_id: string;
}

export interface PrivateRecoveryCodes {
  code_hash: Buffer;
  used_at: Timestamp | null;
  user_id: string;
}

export interface PrivateRevokedSessions {
  revoked_at: Generated<Timestamp>;
  session_id: string;
  user_id: string;
}

export interface PrivateRoles {
  /**
   * Highest discount without approval, in basis points (1000 = 10 %).
   */
  max_discount_bp: number;
  permissions: string[];
  role: string;
}

export interface PrivateSecurityEvents {
  address: string | null;
  at: Generated<Timestamp>;
  details: Generated<Json>;
  id: Generated<number>;
  kind: string;
  organization_id: string | null;
  severity: Generated<string>;
  subject: string | null;
  user_id: string | null;
}

export interface PrivateSessionFloors {
  issued_after: Timestamp;
  user_id: string;
}

export interface PrivateStepUps {
  at: Generated<Timestamp>;
  expires_at: Generated<Timestamp>;
  session_id: string;
  user_id: string;
}

export interface PrivateTrialClaims {
  claimed_at: Generated<Timestamp>;
  identity: string;
  organization_id: string;
  user_id: string;
}

export interface PrivateTwoFactor {
  confirmed_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  last_step: Generated<number>;
  secret_digest: Buffer;
  secret_encrypted: string;
  user_id: string;
}

export interface PrivateWebhookEvents {
  attempts: Generated<number>;
  /**
   * Repeats of one notice share it. Flow's notices carry nothing to tell them apart: each is kept.
   */
  event_key: Generated<string>;
  gateway: string;
  headers: Generated<Json>;
  id: Generated<number>;
  kind: Generated<string>;
  last_error: string | null;
  locked_by: string | null;
  locked_until: Timestamp | null;
  next_attempt_at: Generated<Timestamp>;
  payload_raw: Generated<Buffer>;
  payment_ref: string | null;
  received_at: Generated<Timestamp>;
  reference: string | null;
  reference_kind: string | null;
  status: Generated<string>;
  trace_id: string | null;
  verified_by: string;
}

export interface Products {
  allows_negative: Generated<boolean>;
  archived_at: Timestamp | null;
  barcode: string | null;
  brand: string | null;
  category: string;
  cost: number | null;
  created_at: Generated<Timestamp>;
  created_by: Generated<string | null>;
  id: Generated<string>;
  low_stock_at: number | null;
  name: string;
  organization_id: Generated<string>;
  /**
   * Retail price in pesos, IVA included.
   */
  price: number;
  search_text: Generated<string>;
  sku: string;
  tax_kind: Generated<string>;
  tracks_stock: Generated<boolean>;
  updated_at: Generated<Timestamp>;
  version: Generated<number>;
}

export interface Refunds {
  amount: number;
  created_at: Generated<Timestamp>;
  currency: string;
  gateway_status: string | null;
  id: Generated<string>;
  idempotency_key: string;
  organization_id: string;
  payment_id: string;
  reason: string;
  requested_by: string;
  status: Generated<string>;
  updated_at: Generated<Timestamp>;
}

export interface StockDocuments {
  branch_id: string;
  created_at: Generated<Timestamp>;
  created_by: string;
  created_by_name: string;
  id: Generated<string>;
  idempotency_key: string;
  kind: string;
  note: string | null;
  organization_id: string;
  to_branch_id: string | null;
}

export interface StockLevels {
  branch_id: string;
  organization_id: string;
  product_id: string;
  quantity: Generated<number>;
}

export interface StockMovements {
  balance_after: number;
  branch_id: string;
  created_at: Generated<Timestamp>;
  created_by: string | null;
  document_id: string | null;
  id: Generated<string>;
  kind: string;
  order_id: string | null;
  organization_id: string;
  product_id: string;
  quantity: number;
  reason: string | null;
  unit_cost: number | null;
}

export interface Subscriptions {
  billing_interval: Generated<string>;
  cancel_at_period_end: Generated<boolean>;
  created_at: Generated<Timestamp>;
  current_period_end: Timestamp | null;
  current_period_start: Timestamp | null;
  id: Generated<string>;
  organization_id: string;
  status: string;
  tier_code: string;
  tier_version: number;
  trial_ends_at: Timestamp | null;
  updated_at: Generated<Timestamp>;
}

export interface SubscriptionTiers {
  available_from: Generated<Timestamp>;
  code: string;
  features: Generated<string[]>;
  max_branches: number | null;
  max_customers: number | null;
  max_products: number | null;
  max_users: number | null;
  price_clp_month: number;
  price_clp_year: number;
  price_usd_month: number;
  price_usd_year: number;
  retired_at: Timestamp | null;
  version: number;
}

export interface UsageCounters {
  max_count: number | null;
  metric: string;
  n: Generated<number>;
  organization_id: string;
}

export interface DB {
  admin_users: AdminUsers;
  audit_entries: AuditEntries;
  branches: Branches;
  cash_movements: CashMovements;
  cash_sessions: CashSessions;
  customers: Customers;
  discount_approvals: DiscountApprovals;
  invitations: Invitations;
  limit_overrides: LimitOverrides;
  member_branches: MemberBranches;
  order_items: OrderItems;
  order_payments: OrderPayments;
  orders: Orders;
  organizations: Organizations;
  parked_sales: ParkedSales;
  payments: Payments;
  platform_admins: PlatformAdmins;
  "private.approval_pins": PrivateApprovalPins;
  "private.audit_heads": PrivateAuditHeads;
  "private.invitation_tokens": PrivateInvitationTokens;
  "private.outbox": PrivateOutbox;
  "private.payment_counters": PrivatePaymentCounters;
  "private.payment_ledger": PrivatePaymentLedger;
  "private.payment_references": PrivatePaymentReferences;
  "private.receipt_counters": PrivateReceiptCounters;
  "private.recovery_codes": PrivateRecoveryCodes;
  "private.revoked_sessions": PrivateRevokedSessions;
  "private.roles": PrivateRoles;
  "private.security_events": PrivateSecurityEvents;
  "private.session_floors": PrivateSessionFloors;
  "private.step_ups": PrivateStepUps;
  "private.trial_claims": PrivateTrialClaims;
  "private.two_factor": PrivateTwoFactor;
  "private.webhook_events": PrivateWebhookEvents;
  products: Products;
  refunds: Refunds;
  stock_documents: StockDocuments;
  stock_levels: StockLevels;
  stock_movements: StockMovements;
  subscription_tiers: SubscriptionTiers;
  subscriptions: Subscriptions;
  usage_counters: UsageCounters;
}
