/** What is ordered for the next few times, or for a share of all. */
export interface Chance {
  readonly rate: number | null;
  readonly count: number;
}

/**
 * The share in a control call; null where it orders a number of times.
 *
 * @throws Error with a sentence when it is no share
 */
export function rateOf(request: Record<string, unknown>): number | null {
  const { rate } = request;
  if (rate === undefined) return null;
  if (typeof rate !== "number" || !(rate >= 0 && rate <= 1))
    throw new Error("rate must be a number from 0 to 1");
  return rate;
}

/** Whether it happens this time. */
export function isMet({ rate, count }: Chance): boolean {
  return rate === null ? count > 0 : Math.random() < rate;
}
