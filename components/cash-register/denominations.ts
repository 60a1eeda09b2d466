/** Notes and coins in circulation in Chile, in pesos, from the largest. */
export const notes = [20_000, 10_000, 5_000, 2_000, 1_000] as const;
export const coins = [500, 100, 50, 10] as const;

/** How many pieces of each value were counted. */
export type PieceCounts = Readonly<Record<number, number>>;

/** What counted notes and coins come to; null when nothing was counted. */
export function sumOfPieces(counts: PieceCounts): number | null {
  const counted = Object.entries(counts);
  if (counted.length === 0) return null;
  return counted.reduce((sum, [value, pieces]) => sum + Number(value) * pieces, 0);
}
