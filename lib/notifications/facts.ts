import type { Language } from "@/lib/i18n/locale";
import type { Attachment } from "./mail";

/** What a mail about a payment tells. */
export interface PaymentFacts {
  readonly organization: string;
  readonly amount: number;
  readonly currency: string;
  /** Everything that ever went back of it. */
  readonly refunded: number;
  readonly tier: string;
  /** Through when the subscription is paid; null before any payment. */
  readonly paidUntil: Date | null;
}

/** What went back with one refund; minor units. */
export interface RefundFacts {
  readonly amount: number;
  readonly currency: string;
}

/** A receipt as the sales domain prints it. */
export interface PrintedReceipt {
  readonly organization: string;
  readonly number: string;
  readonly total: number;
  readonly currency: string;
  readonly attachment: Attachment;
}

/** Where mails get their facts from, when they are sent; null: there is nothing to tell any more. */
export interface MailFacts {
  payment(organizationId: string, paymentId: string): Promise<PaymentFacts | null>;
  organizationName(organizationId: string): Promise<string | null>;
  /** The role of an invitation that can still be accepted. */
  openInvitation(organizationId: string, invitationId: string): Promise<{ readonly role: string } | null>;
}

/** Renders a receipt in one language; null when there is no such order. */
export type PrintReceipt = (
  organizationId: string,
  orderId: string,
  language: Language,
) => Promise<PrintedReceipt | null>;
