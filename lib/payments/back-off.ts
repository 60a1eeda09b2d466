const BASE_MS = 5_000;
const CEILING_MS = 6 * 60 * 60 * 1_000;

/** A notice that failed this often is dead: two to three days after it came. */
export const MOST_ATTEMPTS = 14;

/**
 * How long to wait before the next attempt: `min(6 h, 5 s · 2^n)`, half to one and a half of it.
 *
 * @param attempts how often it failed before this failure
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function backOffMs(attempts: number, random: number = Math.random()): number {
  return Math.round(Math.min(CEILING_MS, BASE_MS * 2 ** attempts) * (0.5 + random));
}

const OUTAGE_FLOOR_MS = 5_000;
const OUTAGE_CEILING_MS = 3 * 60_000;

/**
 * How long a notice waits while its gateway is away: a quarter of its age, from seconds to three minutes, so
 * that the queue is empty minutes after the gateway is back, however long it was gone.
 *
 * @returns milliseconds
 */
export function outageWaitMs(ageMs: number, random: number = Math.random()): number {
  return Math.round(Math.min(OUTAGE_CEILING_MS, Math.max(OUTAGE_FLOOR_MS, ageMs / 4)) * (0.5 + random));
}

const OF_NOBODY_BASE_MS = 15_000;
const OF_NOBODY_CEILING_MS = 10 * 60_000;

/**
 * How long a hint waits whose name is nobody's: `min(10 min, 15 s · 4^n)`, half to one and a half of it. A handful of
 * questions in the quarter of an hour for which it is kept: our own commit may be behind it by seconds, never by more.
 *
 * @param attempts how often it was asked about in vain before
 * @returns milliseconds
 */
export function hintOfNobodyWaitMs(attempts: number, random: number = Math.random()): number {
  return Math.round(Math.min(OF_NOBODY_CEILING_MS, OF_NOBODY_BASE_MS * 4 ** attempts) * (0.5 + random));
}
