import type { SaleAnswer, TillProduct } from "@/lib/sales";
import type { SaleBody } from "@/lib/sales/schema";
import {
  combineDiscounts,
  type PricedLine,
  type SaleTotals,
  saleTotals,
  type Tender,
} from "@/lib/sales/totals";

/** A product in the cart, with what was known of it when it came in. */
export interface CartLine {
  readonly productId: string;
  readonly name: string;
  readonly sku: string;
  readonly unitPrice: number;
  readonly taxKind: "taxable" | "exempt";
  /** Units in the branch when last seen; null for what may be sold without. */
  readonly available: number | null;
  readonly quantity: number;
  /** The line's own discount in basis points. */
  readonly discountBp: number;
}

export interface CartCustomer {
  readonly id: string;
  readonly name: string;
  /** RUT or telephone, to tell namesakes apart. */
  readonly detail: string | null;
  /** Where the receipt may go; never parked with a cart, which is read by whoever sells. */
  readonly email?: string | null;
}

/** Somebody's word for a discount; good for one sale, a few minutes and no more than was seen. */
export interface Approval {
  readonly id: string;
  readonly maxDiscountBp: number;
  /** Pesos off the whole sale. */
  readonly maxDiscount: number;
  readonly expiresAt: number;
}

/** A sale that was sent and has no answer yet. It goes out again as it is, under the same key. */
export interface PendingSale {
  readonly key: string;
  readonly body: SaleBody;
  readonly tenders: readonly Tender[];
}

export interface FinishedSale extends SaleAnswer {
  readonly tenders: readonly Tender[];
  readonly customer: CartCustomer | null;
}

/** Everything that a till keeps between two reloads of its page. */
export interface Till {
  readonly lines: readonly CartLine[];
  /** Product of the line that keys act on. */
  readonly selected: string | null;
  /** Discount on the whole sale, in basis points, on top of the lines' own. */
  readonly discountBp: number;
  readonly customer: CartCustomer | null;
  readonly approval: Approval | null;
  readonly pending: PendingSale | null;
  readonly finished: FinishedSale | null;
}

export const emptyTill: Till = {
  lines: [],
  selected: null,
  discountBp: 0,
  customer: null,
  approval: null,
  pending: null,
  finished: null,
};

export const MOST_LINES = 200;
export const MOST_UNITS = 9_999;

/** Lines with the discount that the sale really gives them. */
function pricedLines(till: Till): PricedLine[] {
  return till.lines.map((line) => ({
    unitPrice: line.unitPrice,
    quantity: line.quantity,
    taxKind: line.taxKind,
    discountBp: combineDiscounts(line.discountBp, till.discountBp),
  }));
}

export function totalsOf(till: Till): SaleTotals {
  return saleTotals(pricedLines(till));
}

/** The highest discount on any line, which needs somebody's word above the role's ceiling. */
export function highestDiscount(till: Till): number {
  return Math.max(0, ...till.lines.map((line) => combineDiscounts(line.discountBp, till.discountBp)));
}

/** Whether the cart needs an approval that it does not have. */
export function needsApproval(till: Till, ceilingBp: number, now: number): boolean {
  const wanted = highestDiscount(till);
  if (wanted <= ceilingBp) return false;
  const { approval } = till;
  return (
    approval === null ||
    approval.maxDiscountBp < wanted ||
    approval.maxDiscount < totalsOf(till).discount ||
    approval.expiresAt <= now
  );
}

/** Whether a line asks for more units than the branch was last known to have. */
export function isShort(line: CartLine): boolean {
  return line.available !== null && line.quantity > line.available;
}

/** The line that a product makes. */
export function lineOf(product: TillProduct, quantity: number): CartLine {
  return {
    productId: product.id,
    name: product.name,
    sku: product.sku,
    unitPrice: product.price,
    taxKind: product.taxKind,
    available: product.allowsNegative ? null : product.stock,
    quantity,
    discountBp: 0,
  };
}

/**
 * A cart as it is put aside: no approval outlives its till, nothing that was sent is in it, and of the customer no more
 * than tells whose it is.
 */
export function toPark(till: Till): Till {
  const { customer } = till;
  const known = customer && { id: customer.id, name: customer.name, detail: customer.detail };
  return { ...till, customer: known, approval: null, pending: null, finished: null };
}

/** A sale as the server wants it. */
export function saleBody(till: Till, branchId: string, tenders: readonly Tender[]): SaleBody {
  return {
    branchId,
    ...(till.customer && { customerId: till.customer.id }),
    lines: till.lines.map((line) => {
      const discountBp = combineDiscounts(line.discountBp, till.discountBp);
      return {
        productId: line.productId,
        quantity: line.quantity,
        ...(discountBp > 0 && { discountPercent: discountBp / 100 }),
      };
    }),
    tenders: tenders.map(({ method, amount }) => ({ method, amount })),
    ...(till.approval && { approvalId: till.approval.id }),
    expectedTotal: totalsOf(till).total,
  };
}
