import type { Goods } from "@/lib/inventory";

/** A product of a stock document with its units; NaN while its field is empty. */
export interface Line {
  readonly goods: Goods;
  readonly quantity: number;
  /** Net, in pesos; null where nobody wrote it. */
  readonly unitCost: number | null;
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
    : [...lines, { goods, quantity: 1, unitCost: null }];
  return { lines: next, leftOut: null };
}

export function setQuantity({ lines, leftOut }: Lines, id: string, quantity: number): Lines {
  return { lines: lines.map((line) => (line.goods.id === id ? { ...line, quantity } : line)), leftOut };
}

export function setUnitCost({ lines, leftOut }: Lines, id: string, unitCost: number | null): Lines {
  return { lines: lines.map((line) => (line.goods.id === id ? { ...line, unitCost } : line)), leftOut };
}

export function removeGoods({ lines }: Lines, id: string): Lines {
  return { lines: lines.filter((line) => line.goods.id !== id), leftOut: null };
}

/** Lines from the browser's storage, or null when they are none. An empty field comes back as one. */
export function linesFrom(value: unknown): Lines | null {
  if (!isRecord(value) || !Array.isArray(value["lines"])) return null;
  const lines = value["lines"].map(lineFrom);
  return lines.every((line) => line !== null) ? { lines, leftOut: null } : null;
}

function lineFrom(value: unknown): Line | null {
  if (!isRecord(value)) return null;
  const { goods, quantity, unitCost } = value;
  const isAmount = (amount: unknown): amount is number | null =>
    amount === null || typeof amount === "number";
  if (!isGoods(goods) || !isAmount(quantity) || !isAmount(unitCost)) return null;
  return {
    goods,
    quantity: quantity === null ? Number.NaN : quantity,
    unitCost,
  };
}

function isGoods(value: unknown): value is Goods {
  return (
    isRecord(value) &&
    ["id", "sku", "name"].every((name) => typeof value[name] === "string") &&
    (value["barcode"] === null || typeof value["barcode"] === "string") &&
    Number.isSafeInteger(value["stock"]) &&
    typeof value["isExact"] === "boolean"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
