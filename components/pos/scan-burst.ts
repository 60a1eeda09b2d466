/** A scanner types faster than any person: so many milliseconds a key, taken over the whole code. */
const MOST_GAP_MS = 35;
/** A busy radio or machine may stutter once; a longer pause is between two codes. */
const MOST_STUTTER_MS = 250;
/** The second of two ends (CR and LF) follows at once; no hand is back at the keyboard by then. */
const MOST_TRAIL_MS = 100;
const LEAST_CHARACTERS = 6;

/** Tells a scanner's typing from a person's, whatever has the focus. */
export interface BurstDetector {
  /**
   * One key, in the order in which they were pressed.
   *
   * @param key `KeyboardEvent.key`
   * @param atMs `KeyboardEvent.timeStamp`
   * @returns the scanned code when this key (Enter or Tab) ends one, else null
   */
  readonly press: (key: string, atMs: number) => string | null;
  /** Whether a key at this time, not yet pressed, would be the first of a code. */
  readonly begins: (atMs: number) => boolean;
  /** Whether a key at this time, not yet pressed, is one more end of the code before: many guns send CR and LF. */
  readonly trails: (key: string, atMs: number) => boolean;
}

export function createBurstDetector(): BurstDetector {
  let typed = "";
  let startedAt = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let endedAt = Number.NEGATIVE_INFINITY;

  const begins = (atMs: number) => typed === "" || atMs - lastAt > MOST_STUTTER_MS;

  function end(atMs: number): string | null {
    const quick = atMs - lastAt <= MOST_STUTTER_MS && atMs - startedAt <= MOST_GAP_MS * typed.length;
    const code = quick && typed.length >= LEAST_CHARACTERS ? typed : null;
    typed = "";
    if (code !== null) endedAt = atMs;
    return code;
  }

  return {
    begins,
    trails: (key, atMs) => isEnd(key) && typed === "" && atMs - endedAt <= MOST_TRAIL_MS,
    press(key, atMs) {
      if (isEnd(key)) return end(atMs);
      if (key.length !== 1) return null; // Shift and its like come between the letters of a code
      if (begins(atMs)) {
        typed = "";
        startedAt = atMs;
      }
      typed += key;
      lastAt = atMs;
      return null;
    },
  };
}

function isEnd(key: string): boolean {
  return key === "Enter" || key === "Tab";
}
