import { roundCash, splitTax } from "@/lib/chile";

// The arithmetic of private.record_sale, for showing a total before the server has said its own.
// The server's is the truth; tests/db/orders-totals.test.ts holds the two together on random carts.

/** 100 % in basis points. */
const WHOLE_BP = 10_000;

/** What an amount is computed from; prices in whole pesos, IVA included. */
export interface PricedLine {
  readonly unitPrice: number;
  readonly quantity: number;
  /** Discount in basis points: 1250 is 12.5 %. */
  readonly discountBp: number;
  readonly taxKind: "taxable" | "exempt";
}

export interface LineAmounts {
  readonly gross: number;
  readonly discount: number;
  readonly total: number;
}

export interface SaleTotals extends LineAmounts {
  readonly itemCount: number;
  readonly net: number;
  readonly tax: number;
  readonly exempt: number;
}

export const tenderMethods = ["cash", "debit", "credit", "transfer"] as const;
export type TenderMethod = (typeof tenderMethods)[number];

/** One means of payment; of cash, what was handed over. */
export interface Tender {
  readonly method: TenderMethod;
  readonly amount: number;
}

export interface Settlement {
  /** The part that cash has to pay, before rounding; negative when cards pay too much. */
  readonly cashDue: number;
  /** Ley 20.956: −5 … +4 pesos. */
  readonly cashRounding: number;
  readonly change: number;
  /** Exact pesos that no tender pays yet. */
  readonly missing: number;
  /** Whether the server would take these tenders. */
  readonly settled: boolean;
}

/** A line's amounts; the discount is rounded half up once, for the whole line. */
export function lineAmounts({ unitPrice, quantity, discountBp }: PricedLine): LineAmounts {
  const gross = unitPrice * quantity;
  // 100 000 000 pesos × 9 999 units × 10 000 leaves the safe integers, hence bigint.
  const discount = Number((BigInt(gross) * BigInt(discountBp) + 5_000n) / 10_000n);
  return { gross, discount, total: gross - discount };
}

/** The amounts of a whole sale; tax is parted once, from the sum of the taxable lines. */
export function saleTotals(lines: readonly PricedLine[]): SaleTotals {
  let itemCount = 0;
  let gross = 0;
  let discount = 0;
  let taxable = 0;
  let exempt = 0;
  for (const line of lines) {
    const amounts = lineAmounts(line);
    itemCount += line.quantity;
    gross += amounts.gross;
    discount += amounts.discount;
    if (line.taxKind === "exempt") exempt += amounts.total;
    else taxable += amounts.total;
  }
  const { net, tax } = splitTax(taxable);
  return { itemCount, gross, discount, net, tax, exempt, total: gross - discount };
}

/** What tenders leave of a total: cards and transfers pay exactly, cash pays the rest, rounded to the ten. */
export function settle(total: number, tenders: readonly Tender[]): Settlement {
  const handed = sumOf(tenders.filter(({ method }) => method === "cash"));
  const cashDue = total - sumOf(tenders.filter(({ method }) => method !== "cash"));
  const cashRounding = cashDue > 0 ? roundCash(cashDue) - cashDue : 0;
  const change = handed - cashDue - cashRounding;
  return {
    cashDue,
    cashRounding,
    change: Math.max(0, change),
    missing: change >= 0 ? 0 : cashDue - handed,
    settled: cashDue >= 0 && change >= 0 && !(cashDue === 0 && handed > 0),
  };
}

/**
 * The discount of a line after the discount of the whole sale, which counts on what the line's own left.
 * Two of 10 % are 19 %.
 */
export function combineDiscounts(lineBp: number, saleBp: number): number {
  return lineBp + saleBp - Math.round((lineBp * saleBp) / WHOLE_BP);
}

function sumOf(tenders: readonly Tender[]): number {
  return tenders.reduce((sum, { amount }) => sum + amount, 0);
}
