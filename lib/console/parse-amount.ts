import { parseDollars, parsePesos } from "@/lib/money";

/**
 * Reads an amount as staff type it: pesos whole (`12990`, `12.990`), dollars with up to two decimals (`49.9`, `49,90`).
 *
 * @returns minor units, or null when the text is no amount above zero
 */
export function parseAmount(text: string, currency: string): number | null {
  const minor = currency === "CLP" ? parsePesos(text) : parseDollars(text);
  return minor === null || minor <= 0 ? null : minor;
}
