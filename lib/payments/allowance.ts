const WINDOW_MS = 60_000;

/** So much of something in each minute, counted in this process. */
export interface Allowance {
  /** How much of it is left in this minute. */
  left(): number;
  take(n: number): void;
}

/** @param most in a minute */
export function createAllowance(most: number, now: () => number = Date.now): Allowance {
  let windowEnd = 0;
  let taken = 0;
  return {
    left() {
      if (now() >= windowEnd) [windowEnd, taken] = [now() + WINDOW_MS, 0];
      return Math.max(0, most - taken);
    },
    take(n) {
      taken += n;
    },
  };
}
