const WINDOW_MS = 60_000;
const MOST_CALLERS = 10_000;

/**
 * Bounds what one address can put into the inbox. In memory and counted per process, because it stands before
 * the one statement that a gateway waits for; it is far above what a gateway sends.
 *
 * @param most notices of one address in a minute
 */
export function createFloodGuard(most: number, now: () => number = Date.now): (address: string) => boolean {
  let windowEnd = 0;
  let counts = new Map<string, number>();
  return (address) => {
    if (now() >= windowEnd || counts.size > MOST_CALLERS) {
      windowEnd = now() + WINDOW_MS;
      counts = new Map();
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count <= most;
  };
}
