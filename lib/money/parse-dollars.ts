const DOLLARS = /^(\d{1,9})(?:[.,](\d{1,2}))?$/;

/**
 * Reads dollars as people type them, with up to two decimals: `49`, `49.9`, `49,90`.
 *
 * @returns cents, or null when the text is no amount
 */
export function parseDollars(text: string): number | null {
  const match = DOLLARS.exec(text.trim());
  return match ? Number(`${match[1] ?? ""}${(match[2] ?? "").padEnd(2, "0")}`) : null;
}
