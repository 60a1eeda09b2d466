import { randomBytes } from "node:crypto";

export interface Preference {
  id: string;
  externalReference: string | null;
  item: { id: string | null; title: string; unitPrice: number; quantity: number; currency: string };
  email: string | null;
  notificationUrl: string | null;
  backUrls: { success?: string; failure?: string; pending?: string };
  /** Null: the page never closes. */
  closesAt: string | null;
  createdAt: string;
}

export interface Refund {
  id: number;
  amount: number;
  status: string;
  createdAt: string;
  key: string;
  /** The amount that was asked for; null: all that was left. */
  asked: number | null;
}

export interface Payment {
  id: number;
  preferenceId: string | null;
  preapprovalId: string | null;
  externalReference: string | null;
  amount: number;
  currency: string;
  status: string;
  detail: string;
  method: string;
  title: string;
  email: string | null;
  createdAt: string;
  updatedAt: string;
  notificationUrl: string | null;
  refunds: Refund[];
  /** What the API says instead of the truth, where a test wants a wrong answer. */
  lies: Record<string, unknown>;
}

export interface Preapproval {
  id: string;
  status: string;
  externalReference: string | null;
  reason: string;
  email: string;
  amount: number;
  currency: string;
  months: number;
  startsAt: string;
  nextAt: string | null;
  charged: number;
  backUrl: string | null;
  notificationUrl: string | null;
  createdAt: string;
}

/** One period's collection, and its tries. */
export interface AuthorizedPayment {
  id: number;
  preapprovalId: string;
  status: "processed" | "recycling" | "cancelled";
  debitAt: string;
  retryAt: string | null;
  attempts: number;
  paymentId: number;
}

export interface Chargeback {
  id: number;
  paymentId: number;
}

export interface MercadoPagoState {
  nextId: number;
  /** Every card refuses, as long as this is set. */
  cardsDecline: boolean;
  /** How long a payment is not yet found by searching, as happens at the real one. */
  searchBehindMs: number;
  preferences: Preference[];
  payments: Payment[];
  preapprovals: Preapproval[];
  authorizedPayments: AuthorizedPayment[];
  chargebacks: Chargeback[];
}

/** Numbers go on from the clock, so that an emptied sandbox never gives one twice. */
export function emptyState(): MercadoPagoState {
  return {
    nextId: 128_000_000_000 + (Math.floor(Date.now() / 10) % 1_000_000_000),
    cardsDecline: false,
    searchBehindMs: 0,
    preferences: [],
    payments: [],
    preapprovals: [],
    authorizedPayments: [],
    chargebacks: [],
  };
}

/** Preference and preapproval ids are lower-case hexadecimal. */
export function newHexId(): string {
  return `2c93808${randomBytes(13).toString("hex").slice(0, 25)}`;
}

export function refundedOf(payment: Payment): number {
  return payment.refunds
    .filter(({ status }) => status === "approved")
    .reduce((sum, { amount }) => sum + amount, 0);
}
