/** Twelve digits: far more pesos than any sale, and exact as a number. */
const MOST_DIGITS = 12;

/** Whether a character of a masked amount counts. */
export function isMoneyDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

/** Groups the digits of a text by thousands: `12990` → `12.990`. Anything but digits is dropped. */
export function maskPesos(text: string, separator = "."): string {
  const digits = [...text]
    .filter(isMoneyDigit)
    .join("")
    .replace(/^0+(?=\d)/, "")
    .slice(0, MOST_DIGITS);
  return digits.replace(/\B(?=(\d{3})+$)/g, separator);
}

/** The amount in whole pesos of a masked text; null when there is none. */
export function pesosOf(text: string): number | null {
  const digits = [...text].filter(isMoneyDigit).join("").slice(0, MOST_DIGITS);
  return digits === "" ? null : Number(digits);
}
