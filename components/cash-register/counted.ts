import { useState } from "react";
import type { TenderMethod } from "@/lib/sales/totals";
import { type PieceCounts, sumOfPieces } from "./denominations";

/** A count under way, pesos by tender; null where nobody has counted yet, which is not zero. */
export type Counted = Readonly<Record<TenderMethod, number | null>>;

const nothing: Counted = { cash: null, debit: null, credit: null, transfer: null };

/** The tenders that nobody has counted yet, in the order of the form. */
export function missingIn(counted: Counted): TenderMethod[] {
  return (["cash", "debit", "credit", "transfer"] as const).filter((method) => counted[method] === null);
}

/** A count as it grows: cash as one sum or piece by piece, the other tenders as sums. */
export function useCount() {
  const [pieces, setPieces] = useState<PieceCounts>({});
  const [counted, setCounted] = useState(nothing);
  const count = (method: TenderMethod, pesos: number | null) =>
    setCounted((before) => ({ ...before, [method]: pesos }));

  function countPieces(value: number, number: number | null) {
    const { [value]: _gone, ...rest } = pieces;
    const next = number === null ? rest : { ...rest, [value]: number };
    setPieces(next);
    count("cash", sumOfPieces(next));
  }

  return { counted, count, countPieces };
}
