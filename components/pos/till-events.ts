import type { TillProduct } from "@/lib/sales";
import {
  type Approval,
  type CartCustomer,
  type CartLine,
  emptyTill,
  type FinishedSale,
  lineOf,
  MOST_LINES,
  MOST_UNITS,
  type PendingSale,
  type Till,
} from "./cart";

export type TillEvent =
  | { readonly type: "productAdded"; readonly product: TillProduct; readonly quantity: number }
  | { readonly type: "quantitySet"; readonly productId: string; readonly quantity: number }
  | { readonly type: "lineDiscounted"; readonly productId: string; readonly discountBp: number }
  | { readonly type: "lineRemoved"; readonly productId: string }
  | {
      readonly type: "lineReturned";
      readonly line: CartLine;
      readonly index: number;
      /** What went with the line, because it was the last one. */
      readonly sale: Pick<Till, "discountBp" | "approval"> | null;
    }
  | { readonly type: "selectionMoved"; readonly by: 1 | -1 }
  | { readonly type: "lineSelected"; readonly productId: string }
  | { readonly type: "saleDiscounted"; readonly discountBp: number }
  | { readonly type: "customerChosen"; readonly customer: CartCustomer | null }
  | { readonly type: "approved"; readonly approval: Approval }
  | { readonly type: "approvalLost" }
  | { readonly type: "productsSeen"; readonly products: readonly TillProduct[] }
  | { readonly type: "cartTaken"; readonly till: Till }
  | { readonly type: "cleared" }
  | { readonly type: "sent"; readonly pending: PendingSale }
  | { readonly type: "refused" }
  | { readonly type: "answered"; readonly finished: FinishedSale }
  | { readonly type: "abandoned" };

/**
 * The event that takes back the removal of a line.
 *
 * @param before the till that still had it
 * @param now milliseconds: an approval that ran out meanwhile stays away
 */
export function takingBack(before: Till, line: CartLine, now: number): TillEvent {
  const { lines, discountBp, approval } = before;
  const holds = approval !== null && approval.expiresAt > now;
  return {
    type: "lineReturned",
    line,
    index: lines.indexOf(line),
    sale: lines.length === 1 ? { discountBp, approval: holds ? approval : null } : null,
  };
}

/** What an event makes of a till. While a sale waits for its answer nothing but the answer changes it. */
export function reduceTill(till: Till, event: TillEvent): Till {
  if (till.pending) return whileWaiting(till, event);
  if (till.finished) return afterSale(till, event);
  return whileSelling(till, event);
}

function whileWaiting(till: Till, event: TillEvent): Till {
  switch (event.type) {
    case "answered":
      return { ...emptyTill, finished: event.finished };
    case "refused":
    case "abandoned":
      return { ...till, pending: null };
    default:
      return till;
  }
}

/** The next product begins the next sale. */
function afterSale(till: Till, event: TillEvent): Till {
  switch (event.type) {
    case "cleared":
      return emptyTill;
    case "productAdded":
    case "cartTaken":
      return whileSelling(emptyTill, event);
    default:
      return till;
  }
}

function whileSelling(till: Till, event: TillEvent): Till {
  switch (event.type) {
    case "productAdded":
      return addProduct(till, event.product, event.quantity);
    case "quantitySet":
      return changeLine(till, event.productId, { quantity: units(event.quantity) });
    case "lineDiscounted":
      return changeLine(till, event.productId, { discountBp: basisPoints(event.discountBp) });
    case "lineRemoved":
      return removeLine(till, event.productId);
    case "lineReturned":
      return returnLine(till, event);
    case "selectionMoved":
      return moveSelection(till, event.by);
    case "lineSelected":
      return { ...till, selected: event.productId };
    case "saleDiscounted":
      return { ...till, discountBp: basisPoints(event.discountBp) };
    case "customerChosen":
      return { ...till, customer: event.customer };
    case "approved":
      return { ...till, approval: event.approval };
    case "approvalLost":
      return { ...till, approval: null };
    case "productsSeen":
      return seeProducts(till, event.products);
    case "cartTaken":
      return { ...event.till, approval: null, pending: null, finished: null };
    case "cleared":
      return emptyTill;
    case "sent":
      return till.lines.length === 0 ? till : { ...till, pending: event.pending };
    default:
      return till;
  }
}

/** The same product again raises the quantity of its line, and the line shows what is known of it now. */
function addProduct(till: Till, product: TillProduct, quantity: number): Till {
  const known = till.lines.find(({ productId }) => productId === product.id);
  const selected = product.id;
  if (known) {
    const fresh = { ...lineOf(product, units(known.quantity + quantity)), discountBp: known.discountBp };
    return { ...till, selected, lines: till.lines.map((line) => (line === known ? fresh : line)) };
  }
  if (till.lines.length >= MOST_LINES) return till;
  return { ...till, selected, lines: [...till.lines, lineOf(product, units(quantity))] };
}

function changeLine(till: Till, productId: string, change: Partial<CartLine>): Till {
  const lines = till.lines.map((line) => (line.productId === productId ? { ...line, ...change } : line));
  return { ...till, selected: productId, lines };
}

function removeLine(till: Till, productId: string): Till {
  const index = till.lines.findIndex((line) => line.productId === productId);
  const lines = till.lines.filter((line) => line.productId !== productId);
  const neighbour = lines[Math.min(index, lines.length - 1)];
  // Without lines there is nothing for a discount or an approval to be about.
  if (!neighbour) return { ...till, lines, selected: null, discountBp: 0, approval: null };
  return { ...till, lines, selected: neighbour.productId };
}

function returnLine(till: Till, { line, index, sale }: TillEvent & { type: "lineReturned" }): Till {
  if (till.lines.some(({ productId }) => productId === line.productId)) return till;
  // Beside other lines the sale is another one by now: what was given away on the old one is not given on this.
  const back = till.lines.length === 0 ? sale : null;
  return { ...till, ...back, lines: till.lines.toSpliced(index, 0, line), selected: line.productId };
}

function moveSelection(till: Till, by: 1 | -1): Till {
  if (till.lines.length === 0) return till;
  const at = till.lines.findIndex(({ productId }) => productId === till.selected);
  const from = at === -1 ? (by === 1 ? -1 : till.lines.length) : at;
  const next = till.lines[Math.max(0, Math.min(till.lines.length - 1, from + by))];
  return { ...till, selected: next?.productId ?? null };
}

/** Prices, names and stock as the server has them now; quantities and discounts stay. */
function seeProducts(till: Till, products: readonly TillProduct[]): Till {
  const seen = new Map(products.map((product) => [product.id, product]));
  const lines = till.lines.map((line) => {
    const product = seen.get(line.productId);
    return product ? { ...lineOf(product, line.quantity), discountBp: line.discountBp } : line;
  });
  return { ...till, lines };
}

function units(quantity: number): number {
  return Math.max(1, Math.min(MOST_UNITS, Math.trunc(quantity) || 1));
}

function basisPoints(discount: number): number {
  return Math.max(0, Math.min(10_000, Math.round(discount) || 0));
}
