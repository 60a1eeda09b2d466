import type { PaymentState, Reference } from "./gateway";

/** A payment of ours as the nightly comparison needs it; see `private.payments_to_reconcile`. */
export interface OurPayment {
  readonly organizationId: string;
  readonly paymentId: string;
  /** When it was paid, or opened where it was not. */
  readonly at: Date;
  readonly status: string;
  readonly isPaid: boolean;
  /** In the hands of people (review), or decided by them: whatever the gateway says is no news. */
  readonly isDecided: boolean;
  readonly amount: number;
  readonly currency: string;
  /** What came in beyond the amount and is known of. */
  readonly surplus: number;
  /** What went back or is on its way. */
  readonly refunded: number;
  readonly names: readonly Reference[];
}

/** Where a gateway and we differ. Amounts in minor units: of the payment, or for `refunded_there` of what went back. */
export interface Finding {
  readonly kind:
    | "theirs_not_ours"
    | "ours_not_theirs"
    | "amount_differs"
    | "refunded_there"
    | "disputed_there";
  readonly organizationId: string | null;
  readonly paymentId: string | null;
  readonly day: Date | null;
  /** By which it can be asked about again. */
  readonly reference: string | null;
  readonly referenceKind: string | null;
  readonly theirsMinor: number | null;
  readonly oursMinor: number | null;
  readonly currency: string | null;
}

const TAKEN: readonly string[] = ["succeeded", "partially_refunded", "refunded", "disputed"];

/** Whether a gateway took money for a payment, whatever became of it afterwards. */
export function took({ normalized }: PaymentState): boolean {
  return TAKEN.includes(normalized);
}

/**
 * What differs between a payment of ours and what the gateway tells of it; the gravest difference where there are
 * several, and null when both say the same.
 *
 * @param theirs null when the gateway knows no such payment
 */
export function compare(ours: OurPayment, theirs: PaymentState | null): Finding | null {
  const [name] = ours.names;
  const difference = (
    kind: Finding["kind"],
    theirsMinor: number | null,
    oursMinor: number | null,
  ): Finding => ({
    kind,
    organizationId: ours.organizationId,
    paymentId: ours.paymentId,
    day: ours.at,
    reference: name?.value ?? null,
    referenceKind: name?.kind ?? null,
    theirsMinor,
    oursMinor,
    currency: theirs?.currency ?? ours.currency,
  });

  if (ours.isDecided) return null;
  if (!theirs || !took(theirs)) return ours.isPaid ? difference("ours_not_theirs", null, ours.amount) : null;
  if (!ours.isPaid) return difference("theirs_not_ours", theirs.amountPaidMinor, null);
  const expected = ours.amount + ours.surplus;
  if (theirs.amountPaidMinor !== expected || theirs.currency !== ours.currency) {
    return difference("amount_differs", theirs.amountPaidMinor, expected);
  }
  const back = theirs.normalized === "refunded" ? ours.amount : theirs.amountRefundedMinor;
  // A dispute that was lost is a payment refunded whole: the gateway may go on calling it disputed.
  if (theirs.normalized === "disputed" && !["disputed", "refunded"].includes(ours.status)) {
    return difference("disputed_there", ours.amount, 0);
  }
  return back > ours.refunded ? difference("refunded_there", back, ours.refunded) : null;
}
