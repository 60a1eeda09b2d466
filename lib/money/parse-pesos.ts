const PLAIN = /^\d{1,15}$/;
const GROUPED = /^\d{1,3}(\.\d{3}){1,4}$/;

/**
 * Reads pesos as people type them: `185000`, `185.000`, `$ 185.000`.
 *
 * A comma is refused, not read as decimals: pesos have none, and "12,5" may mean 12 or 12 500.
 * So is a dot that does not part thousands ("185.00").
 *
 * @returns whole pesos, or null when the text is no amount
 */
export function parsePesos(text: string): number | null {
  const digits = text.trim().replace(/^\$\s*/u, "");
  if (!PLAIN.test(digits) && !GROUPED.test(digits)) return null;
  return Number(digits.replaceAll(".", ""));
}
