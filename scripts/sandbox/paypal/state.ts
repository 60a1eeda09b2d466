import { randomBytes } from "node:crypto";

export interface Amount {
  currency_code: string;
  value: string;
}

export type OrderStatus = "CREATED" | "PAYER_ACTION_REQUIRED" | "APPROVED" | "COMPLETED" | "VOIDED";
export type CaptureStatus =
  | "COMPLETED"
  | "PENDING"
  | "DECLINED"
  | "PARTIALLY_REFUNDED"
  | "REFUNDED"
  | "REVERSED";

export interface Order {
  id: string;
  status: OrderStatus;
  referenceId: string;
  customId: string | null;
  invoiceId: string | null;
  description: string | null;
  amount: Amount;
  returnUrl: string;
  cancelUrl: string;
  /** What the next capture comes to. */
  fate: "COMPLETED" | "PENDING" | "DECLINED" | "INSTRUMENT_DECLINED";
  createTime: string;
  updateTime: string;
  /** What GET tells instead of the truth, where a test wants a wrong answer. */
  lies: { status?: string; customId?: string; amount?: Amount };
}

/** A capture of an order, or a charge ("sale") of a subscription. */
export interface Capture {
  id: string;
  orderId: string | null;
  subscriptionId: string | null;
  customId: string | null;
  invoiceId: string | null;
  amount: Amount;
  status: CaptureStatus;
  createTime: string;
  updateTime: string;
}

export type RefundStatus = "COMPLETED" | "PENDING" | "FAILED" | "CANCELLED";

export interface Refund {
  id: string;
  captureId: string;
  customId: string | null;
  amount: Amount;
  status: RefundStatus;
  createTime: string;
}

export const intervalUnits = ["DAY", "WEEK", "MONTH", "YEAR"] as const;
type IntervalUnit = (typeof intervalUnits)[number];

export interface Plan {
  id: string;
  productId: string;
  name: string;
  unit: IntervalUnit;
  /** How many units a cycle takes. */
  count: number;
  price: Amount;
  /** Refusals in a row that suspend a subscription; 0: none do. */
  failureThreshold: number;
}

export type SubscriptionStatus = "APPROVAL_PENDING" | "ACTIVE" | "SUSPENDED" | "CANCELLED";

export interface Subscription {
  id: string;
  status: SubscriptionStatus;
  planId: string;
  /** A plan that the payer has yet to agree to. */
  revisedPlanId: string | null;
  customId: string | null;
  email: string | null;
  startTime: string | null;
  nextBillingTime: string | null;
  cycles: number;
  failures: number;
  /** The next charges that the payer's card refuses. */
  refusals: number;
  lastPaymentTime: string | null;
  lastFailureTime: string | null;
  returnUrl: string;
  cancelUrl: string;
  createTime: string;
}

export interface Dispute {
  id: string;
  captureId: string;
  status: "OPEN" | "UNDER_REVIEW" | "RESOLVED";
  createTime: string;
}

export interface PaypalState {
  orders: Order[];
  captures: Capture[];
  refunds: Refund[];
  products: { id: string; name: string }[];
  plans: Plan[];
  subscriptions: Subscription[];
  disputes: Dispute[];
  /** First answers by `PayPal-Request-Id` and call, for repeats. */
  answered: Record<string, { at: string; status: number; body: unknown }>;
  /** Where notices go; null: as the launcher said. */
  webhookUrl: string | null;
  /** Whether the application may search transactions. */
  maySearch: boolean;
}

export function emptyState(): PaypalState {
  return {
    orders: [],
    captures: [],
    refunds: [],
    products: [],
    plans: [],
    subscriptions: [],
    disputes: [],
    answered: {},
    webhookUrl: null,
    maySearch: true,
  };
}

/** Seventeen digits and capitals, as PayPal's ids are. */
export function newId(prefix = "", length = 17): string {
  const letters = "ABCDEFGHJKLMNPRSTUVWXY0123456789";
  return prefix + [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join("");
}

/** `2026-01-31T12:00:00Z`: PayPal writes whole seconds. */
export function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
