import type { Goods } from "@/lib/inventory";

/** A product of a stock document with its units; NaN while its field is empty. */
export interface Line {
  readonly goods: Goods;
  readonly quantity: number;
}

export interface Lines {
  readonly lines: readonly Line[];
  /** What was read last and found no room. */
  readonly leftOut: Goods | null;
}

export const noLines: Lines = { lines: [], leftOut: null };

/** Each reading of a product adds one unit. A product more than the document takes stays out, and is said. */
export function addGoods({ lines }: Lines, goods: Goods, most: number): Lines {
  const isKnown = lines.some((line) => line.goods.id === goods.id);
  if (!isKnown && lines.length >= most) return { lines, leftOut: goods };
  const next = isKnown
    ? lines.map((line) =>
        line.goods.id === goods.id ? { ...line, quantity: (line.quantity || 0) + 1 } : line,
      )
    : [...lines, { goods, quantity: 1 }];
  return { lines: next, leftOut: null };
}

export function setQuantity({ lines, leftOut }: Lines, id: string, quantity: number): Lines {
  return { lines: lines.map((line) => (line.goods.id === id ? { ...line, quantity } : line)), leftOut };
}

export function removeGoods({ lines }: Lines, id: string): Lines {
  return { lines: lines.filter((line) => line.goods.id !== id), leftOut: null };
}
