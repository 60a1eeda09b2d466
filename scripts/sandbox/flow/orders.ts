import { randomBytes } from "node:crypto";
import type { Customer, Invoice, Plan, Registration, Subscription } from "./agreements";

/** 1 pending, 2 paid, 3 rejected, 4 annulled. */
export type OrderStatus = 1 | 2 | 3 | 4;

export interface Order {
  flowOrder: number;
  token: string;
  commerceOrder: string;
  subject: string;
  email: string;
  amount: number;
  currency: string;
  status: OrderStatus;
  requestDate: string;
  paidDate: string | null;
  expiresAt: number | null;
  /** What the merchant sent along, as JSON. */
  optional: string | null;
  urlConfirmation: string;
  urlReturn: string;
  /** What getStatus says instead of the truth, where a test wants a wrong answer. */
  lies: Record<string, unknown>;
}

export type RefundStatus = "created" | "accepted" | "rejected" | "refunded" | "canceled";

export interface Refund {
  flowRefundOrder: number;
  token: string;
  refundCommerceOrder: string;
  flowOrder: number;
  receiverEmail: string;
  amount: number;
  status: RefundStatus;
  date: string;
  urlCallBack: string;
}

export interface FlowState {
  nextOrder: number;
  orders: Order[];
  refunds: Refund[];
  customers: Customer[];
  registrations: Registration[];
  plans: Plan[];
  subscriptions: Subscription[];
  invoices: Invoice[];
}

/** Numbers go on from the clock, so that an emptied sandbox never gives one twice. */
export function emptyState(): FlowState {
  return {
    nextOrder: Math.floor(Date.now() / 10) % 1_000_000_000,
    orders: [],
    refunds: [],
    customers: [],
    registrations: [],
    plans: [],
    subscriptions: [],
    invoices: [],
  };
}

/** Forty hexadecimal digits and a letter, as in Flow's samples. */
export function newToken(): string {
  return `${randomBytes(20).toString("hex").toUpperCase()}H`;
}

/** `2017-07-21 12:32:11`, Chilean wall time without a zone. */
export function flowDate(instant = new Date()): string {
  return instant.toLocaleString("sv-SE", { timeZone: "America/Santiago" });
}

/** Annuls the orders that were left past their time. Returns whether there were any. */
export function annulLate({ orders }: FlowState, now: Date): boolean {
  const late = orders.filter(
    ({ status, expiresAt }) => status === 1 && expiresAt !== null && now.getTime() > expiresAt,
  );
  for (const order of late) order.status = 4;
  return late.length > 0;
}

/** An order as `payment/getStatus` tells it. */
export function describeOrder(order: Order): Record<string, unknown> {
  const { status } = order;
  const paid = status === 2;
  const fee = Math.round(order.amount * 0.0344);
  return {
    flowOrder: order.flowOrder,
    commerceOrder: order.commerceOrder,
    requestDate: order.requestDate,
    status,
    subject: order.subject,
    currency: order.currency,
    amount: order.amount,
    payer: order.email,
    optional: order.optional === null ? null : (JSON.parse(order.optional) as unknown),
    pending_info: { media: null, date: null },
    paymentData: {
      date: order.paidDate,
      media: paid ? "webpay" : null,
      conversionDate: null,
      conversionRate: null,
      amount: paid ? order.amount : null,
      currency: paid ? order.currency : null,
      fee: paid ? fee : null,
      balance: paid ? order.amount - fee : null,
      transferDate: paid ? order.paidDate?.slice(0, 10) : null,
    },
    merchantId: null,
    ...order.lies,
  };
}

/** A refund as `refund/create` and `refund/getStatus` tell it. */
export function describeRefund(refund: Refund): Record<string, unknown> {
  const { token, flowRefundOrder, date, status, amount } = refund;
  return { token, flowRefundOrder: String(flowRefundOrder), date, status, amount, fee: 0 };
}
