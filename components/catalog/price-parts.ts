import { splitTax } from "@/lib/chile";

/** What is in a price, in whole pesos. */
export interface PriceParts {
  readonly net: number;
  readonly tax: number;
  /** Net less cost; null while the cost is unknown. */
  readonly margin: number | null;
  /** Margin as a part of the net price, 0.45 for 45 %; null without a cost or a price. */
  readonly share: number | null;
}

/**
 * Takes a retail price apart.
 *
 * @param price whole pesos, IVA included where it is taxable
 * @param cost whole pesos, net
 */
export function priceParts({
  price,
  cost,
  exempt,
}: {
  price: number;
  cost: number | null;
  exempt: boolean;
}): PriceParts {
  const { net, tax } = exempt ? { net: price, tax: 0 } : splitTax(price);
  const margin = cost === null ? null : net - cost;
  return { net, tax, margin, share: margin === null || net === 0 ? null : margin / net };
}
