import { exponents, isCurrency } from "@/lib/money";

const PLAIN = /^(\d{1,30})(?:\.(\d{1,30}))?$/;
const SCIENTIFIC = /^(\d)(?:\.(\d{1,30}))?[eE]([+-]?\d{1,2})$/;

/**
 * Reads an amount of the wire as minor units, exactly: `"10.00"` with exponent 2 → 1000, `19990.0` with
 * exponent 0 → 19990. Digits are moved as text; nothing is multiplied or rounded.
 *
 * Numbers are taken by their shortest text, which JSON's own writer gives back: `10.1` is "10.1". More decimals
 * than the currency has are taken only when they are zeros.
 *
 * @param value plain decimal (`1250`, `"12.50"`) or scientific with one leading digit (`1e2`, `"1.25e+3"`)
 * @param exponent decimals of the currency's minor unit
 * @returns a safe integer, not negative; null for anything else, so that it equals no price
 */
export function toMinorUnits(value: string | number | null | undefined, exponent: number): number | null {
  const decimal = value == null ? null : plainOf(String(value));
  if (!decimal) return null;
  const [whole, fraction] = decimal;
  if (/[1-9]/.test(fraction.slice(exponent))) return null;
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  return Number.isSafeInteger(minor) ? minor : null;
}

/**
 * Writes minor units for the wire: 1050 with exponent 2 → `10.50`, 19990 with exponent 0 → `19990`.
 *
 * @throws RangeError when `minor` is no safe integer or negative: a bug upstream
 */
export function toDecimalText(minor: number, exponent: number): string {
  if (!Number.isSafeInteger(minor) || minor < 0)
    throw new RangeError(`an amount must be a whole number of minor units, not ${minor}`);
  if (exponent === 0) return String(minor);
  const digits = String(minor).padStart(exponent + 1, "0");
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Decimals of a currency's minor unit (ISO 4217); null for one that is not counted here. */
export function exponentOf(currency: string | null | undefined): number | null {
  return currency != null && isCurrency(currency) ? exponents[currency] : null;
}

/** Digits before and after the point, or null when the text is no decimal. */
function plainOf(text: string): readonly [whole: string, fraction: string] | null {
  const plain = PLAIN.exec(text);
  if (plain) return [plain[1] ?? "", plain[2] ?? ""];
  const scientific = SCIENTIFIC.exec(text);
  if (!scientific) return null;
  const [, first = "", rest = "", power = "0"] = scientific;
  const point = 1 + Number(power);
  const digits = first + rest;
  if (point <= 0) return ["0", "0".repeat(-point) + digits];
  return [digits.slice(0, point).padEnd(point, "0"), digits.slice(point)];
}
