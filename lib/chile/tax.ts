// Chilean VAT (IVA), 19 % (DL 825, art. 14), in basis points so that every step stays an integer.
const TAX_BASIS_POINTS = 1900n;
const WHOLE = 10_000n;

/** A document's amounts in whole pesos; `net + tax` is `total`, always. */
export interface TaxSplit {
  readonly net: number;
  readonly tax: number;
  readonly total: number;
}

/**
 * Parts a gross total into net and tax: net = total / 1.19 rounded half up, tax = the rest.
 * Take the total of the document: parting line by line and adding up gives other pesos.
 *
 * @param gross whole pesos, IVA included; negative for a credit note
 */
export function splitTax(gross: number): TaxSplit {
  if (gross < 0) return negated(splitTax(-gross));
  const net = divideHalfUp(pesos(gross) * WHOLE, WHOLE + TAX_BASIS_POINTS);
  return { net, tax: gross - net, total: gross };
}

/**
 * Adds the tax to a net amount, as an invoice (factura) does: tax = net × 0.19 rounded half up.
 *
 * @param net whole pesos without IVA; negative for a credit note
 */
export function addTax(net: number): TaxSplit {
  if (net < 0) return negated(addTax(-net));
  const tax = divideHalfUp(pesos(net) * TAX_BASIS_POINTS, WHOLE);
  return { net, tax, total: net + tax };
}

function negated({ net, tax, total }: TaxSplit): TaxSplit {
  return { net: 0 - net, tax: 0 - tax, total: 0 - total }; // 0 − 0 is no negative zero
}

function divideHalfUp(dividend: bigint, divisor: bigint): number {
  return Number((2n * dividend + divisor) / (2n * divisor));
}

function pesos(amount: number): bigint {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`pesos are integers, not ${amount}`);
  return BigInt(amount);
}
