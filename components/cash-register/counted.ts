import { forget, useKept } from "@/components/ui/kept";
import { type TenderMethod, tenderMethods } from "@/lib/sales/totals";
import { type PieceCounts, sumOfPieces } from "./denominations";

/** A count under way, pesos by tender; null where nobody has counted yet, which is not zero. */
export type Counted = Readonly<Record<TenderMethod, number | null>>;

/** Everything of a count that somebody has written down so far. */
export interface CountUnderWay {
  readonly pieces: PieceCounts;
  readonly counted: Counted;
  readonly note: string;
}

export const noCount: CountUnderWay = {
  pieces: {},
  counted: { cash: null, debit: null, credit: null, transfer: null },
  note: "",
};

/** The tenders that nobody has counted yet, in the order of the form. */
export function missingIn(counted: Counted): TenderMethod[] {
  return tenderMethods.filter((method) => counted[method] === null);
}

/** How many pieces of one value there are, null for none written; the cash is what all pieces come to. */
export function withPieces(now: CountUnderWay, value: number, number: number | null): CountUnderWay {
  const { [value]: _gone, ...rest } = now.pieces;
  const pieces = number === null ? rest : { ...rest, [value]: number };
  return { ...now, pieces, counted: { ...now.counted, cash: sumOfPieces(pieces) } };
}

/** A count as it grows: cash as one sum or piece by piece, the other tenders as sums. It survives its page in this tab. */
export function useCount(name: string) {
  const [count, change] = useKept(name, noCount, countFrom);
  return {
    ...count,
    setSum: (method: TenderMethod, pesos: number | null) =>
      change((now) => ({ ...now, counted: { ...now.counted, [method]: pesos } })),
    setPieces: (value: number, number: number | null) => change((now) => withPieces(now, value, number)),
    setNote: (note: string) => change((now) => ({ ...now, note })),
    /** Begins anew, or goes back to what there was. */
    put: (next: CountUnderWay) => change(() => next),
    /** The drawer is closed: what stays on the screen until the report comes is kept no longer. */
    done: () => forget(name),
  };
}

/** A count from the browser's storage, or null when it is none. */
export function countFrom(value: unknown): CountUnderWay | null {
  if (!isRecord(value)) return null;
  const { pieces, counted, note } = value;
  if (!isRecord(pieces) || !Object.values(pieces).every(isCount)) return null;
  if (!isCounted(counted) || typeof note !== "string") return null;
  return { pieces: pieces as PieceCounts, counted, note };
}

function isCounted(value: unknown): value is Counted {
  return isRecord(value) && tenderMethods.every((method) => value[method] === null || isCount(value[method]));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
