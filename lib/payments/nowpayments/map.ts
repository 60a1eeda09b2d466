import { exponentOf, toMinorUnits } from "../decimal";
import type { PaymentState, Reference, ReportedStatus } from "../gateway";
import { coinAmount, portionOf, reaches, sumOf } from "./amounts";
import { type NowPayment, nowpaymentsReference, parentOf } from "./answers";

/**
 * `partially_paid` is no success: money is there, less than the price, and the payer may send the rest. It counts
 * as processing and not as pending, because a pending payment expires and this one holds somebody's money.
 */
const statuses: ReadonlyMap<string, ReportedStatus> = new Map<string, ReportedStatus>([
  ["waiting", "pending"],
  ["confirming", "processing"],
  ["confirmed", "processing"],
  ["sending", "processing"],
  ["partially_paid", "processing"],
  ["finished", "succeeded"],
  ["failed", "failed"],
  ["refunded", "refunded"],
  ["expired", "expired"],
]);

/** What decides where an invoice has several payments: the one that says most about money comes first. */
const weight: readonly string[] = [
  "finished",
  "sending",
  "confirmed",
  "confirming",
  "partially_paid",
  "refunded",
  "waiting",
  "failed",
  "expired",
];
/** Statuses in which the deposit stands in our account, or stood there. */
const ARRIVED = new Set(["finished", "partially_paid", "refunded"]);

/** Whether NOWPayments' documentation knows the status; an unknown one counts as pending and is logged. */
export function isKnownStatus(rawStatus: string): boolean {
  return statuses.has(rawStatus);
}

/**
 * What all known payments of one invoice come to.
 *
 * Payments of one purchase (a first one and its top-ups) add up. A repeated or wrong-asset deposit never does: it
 * is converted at whatever rate there is and called finished for any amount. Where such a deposit is all the money
 * there is, the state says that money arrived and not how much of the price it is, which equals no price: the
 * transition hands it to people and grants nothing.
 *
 * @param payments at least one, all under the same reference of ours
 */
export function toPaymentState(payments: readonly [NowPayment, ...NowPayment[]]): PaymentState {
  const purchases = [
    ...Map.groupBy(
      payments.filter((one) => parentOf(one) === null),
      (one) => one.purchase_id ?? one.payment_id,
    ).values(),
  ].map(stateOfPurchase);
  const strays = payments.filter((one) => parentOf(one) !== null);
  const [best, ...others] = purchases.toSorted((one, other) => rankOf(one) - rankOf(other));
  const state = withStrays(best ? withRepeats(best, others) : null, strays, payments[0]);
  return {
    ...state,
    // One payment's time orders its own changes. Of several, one that is known later may have changed earlier.
    updatedAt: payments.length === 1 ? instantOf(payments[0].updated_at) : null,
    references: namesOf(payments),
  };
}

function stateOfPurchase(payments: readonly NowPayment[]): PaymentState {
  const [lead, ...others] = payments.toSorted(
    (one, other) => placeOf(one.payment_status) - placeOf(other.payment_status),
  );
  if (!lead) throw new Error("a purchase has at least one payment");
  const expected = expectedOf(payments);
  const arrived = payments.filter((one) => ARRIVED.has(one.payment_status));
  const paid = arrived.length === 0 ? 0 : paidOf(arrived, expected);
  const normalized = statuses.get(lead.payment_status) ?? "pending";
  const underpaid = arrived.length > 0 && (paid === null || expected === null || paid < expected);
  return {
    ...blankOf(lead),
    normalized,
    amountExpectedMinor: expected,
    amountPaidMinor: paid,
    amountRefundedMinor: normalized === "refunded" ? (paid ?? 0) : 0,
    underpaid,
    reason: underpaid ? `underpaid: ${[lead, ...others].map(depositOf).join(", ")}` : null,
  };
}

/** Whole payments besides the first were paid twice: more than the price, which people give back. */
function withRepeats(best: PaymentState, others: readonly PaymentState[]): PaymentState {
  const repeats = others.filter(({ normalized, underpaid }) => normalized === "succeeded" && !underpaid);
  if (repeats.length === 0 || best.normalized !== "succeeded" || best.amountPaidMinor === null) return best;
  const more = repeats.reduce((sum, { amountPaidMinor }) => sum + (amountPaidMinor ?? 0), 0);
  return {
    ...best,
    amountPaidMinor: best.amountPaidMinor + more,
    reason: `paid ${repeats.length + 1} times`,
  };
}

/** Money that came to the address of another payment stands beside what was asked for, and never fills it up. */
function withStrays(
  best: PaymentState | null,
  strays: readonly NowPayment[],
  first: NowPayment,
): PaymentState {
  const landed = strays.filter(({ payment_status }) =>
    ["finished", "partially_paid"].includes(payment_status),
  );
  const [stray] = landed;
  if (!stray) return withComing(best ?? blankOf(first), strays);
  const said = `another deposit, to be looked at: ${landed.map(depositOf).join(", ")}`;
  if (best?.normalized === "succeeded" && !best.underpaid) return { ...best, reason: said };
  return {
    ...(best ?? blankOf(stray)),
    normalized: "succeeded",
    rawStatus: stray.payment_status,
    amountPaidMinor: null,
    underpaid: true,
    reason: said,
  };
}

/** Coins that are on their way keep a payment from being over; what they are worth is seen when they are there. */
function withComing(state: PaymentState, strays: readonly NowPayment[]): PaymentState {
  const isComing = strays.some(({ payment_status }) => statuses.get(payment_status) === "processing");
  const isOver = ["pending", "failed", "expired"].includes(state.normalized);
  return isComing && isOver ? { ...state, normalized: "processing" } : state;
}

/** What a payment says besides amounts. */
function blankOf(payment: NowPayment): PaymentState {
  return {
    normalized: "pending",
    rawStatus: payment.payment_status,
    reference: payment.order_id ?? null,
    amountExpectedMinor: priceOf(payment),
    amountPaidMinor: 0,
    amountRefundedMinor: 0,
    currency: payment.price_currency?.toUpperCase() ?? null,
    underpaid: false,
    reason: null,
    updatedAt: null,
    objection: null, // production and sandbox are two accounts with keys of their own: neither shows the other's payments
    references: [],
  };
}

/** A top-up asks for what is left; the whole price is the largest that a payment of the purchase names. */
function expectedOf(payments: readonly NowPayment[]): number | null {
  const prices = payments.map(priceOf);
  const isOneCurrency = new Set(payments.map(({ price_currency }) => price_currency)).size === 1;
  const known = prices.filter((price) => price !== null);
  return isOneCurrency && known.length === prices.length ? Math.max(...known) : null;
}

/** How much of the price deposits come to; null where a figure is missing, so that it equals no price. */
function paidOf(arrived: readonly NowPayment[], expected: number | null): number | null {
  if (expected === null) return null;
  if (fillsWhatWasAsked(arrived, expected)) return expected;
  let total = 0;
  for (const payment of arrived) {
    const [price, paid, asked] = [
      priceOf(payment),
      coinAmount(payment.actually_paid),
      coinAmount(payment.pay_amount),
    ];
    const portion = price === null || !paid || !asked ? null : portionOf(price, paid, asked);
    if (portion === null) return null;
    total += portion;
  }
  return Math.min(total, expected); // coins sent beyond the price are a tip, not another price
}

/** In one coin, deposits are compared with what was first asked for: no rounding to cents comes between. */
function fillsWhatWasAsked(arrived: readonly NowPayment[], expected: number): boolean {
  const asked = arrived.flatMap((one) => (priceOf(one) === expected ? [coinAmount(one.pay_amount)] : []));
  const paid = arrived.map((one) => coinAmount(one.actually_paid));
  const isOneCoin = new Set(arrived.map(({ pay_currency }) => pay_currency)).size === 1;
  if (!isOneCoin || asked.length === 0) return false;
  if (asked.some((one) => !one || one.units === 0n) || paid.some((one) => !one)) return false;
  const sum = sumOf(paid.filter((one) => one !== null));
  return asked.every((one) => one !== null && reaches(sum, one));
}

function priceOf({ price_amount, price_currency }: NowPayment): number | null {
  const exponent = exponentOf(price_currency?.toUpperCase());
  return exponent === null ? null : toMinorUnits(price_amount, exponent);
}

/** Whole payments before those that only began, those before the ones that came to nothing. */
function rankOf({ normalized, underpaid, rawStatus }: PaymentState): number {
  return normalized === "succeeded" && !underpaid ? -1 : placeOf(rawStatus);
}

function placeOf(status: string): number {
  return weight.indexOf(statuses.has(status) ? status : "waiting");
}

function depositOf({
  payment_id,
  actually_paid,
  pay_amount,
  pay_currency,
  payment_status,
}: NowPayment): string {
  return `${payment_id} ${payment_status} ${actually_paid ?? "?"} of ${pay_amount ?? "?"} ${pay_currency ?? "?"}`;
}

function namesOf(payments: readonly NowPayment[]): Reference[] {
  const names = payments.map(({ payment_id }) => ({ kind: nowpaymentsReference.payment, value: payment_id }));
  const invoices = new Set(payments.flatMap(({ invoice_id }) => (invoice_id ? [invoice_id] : [])));
  return [...names, ...[...invoices].map((value) => ({ kind: nowpaymentsReference.invoice, value }))];
}

/** ISO 8601, or milliseconds since 1970. */
export function instantOf(text: string | null | undefined): Date | null {
  if (!text) return null;
  const instant = new Date(/^\d{12,14}$/.test(text) ? Number(text) : text);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
