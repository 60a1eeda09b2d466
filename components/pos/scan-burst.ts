/** A scanner types faster than any person. */
const MOST_GAP_MS = 35;
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
  press(key: string, atMs: number): string | null;
  /** Whether the last keys came as fast as a scanner's. */
  readonly running: boolean;
}

export function createBurstDetector(): BurstDetector {
  let typed = "";
  let lastAt = Number.NEGATIVE_INFINITY;

  return {
    get running() {
      return typed.length >= 3;
    },
    press(key, atMs) {
      const quick = atMs - lastAt <= MOST_GAP_MS;
      if (key === "Enter" || key === "Tab") {
        const code = quick && typed.length >= LEAST_CHARACTERS ? typed : null;
        typed = "";
        return code;
      }
      if (key.length !== 1) return null; // Shift and its like come between the letters of a code
      typed = quick ? typed + key : key;
      lastAt = atMs;
      return null;
    },
  };
}
