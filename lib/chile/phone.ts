import "server-only";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * Reads a telephone number, Chilean unless it says otherwise: `912345678`, `9 1234 5678`,
 * `56912345678` and `+56 9 1234 5678` are one number.
 *
 * Server only: the number plan is too heavy for the browser, so it stays out of `@/lib/chile`.
 *
 * @returns E.164, as it is stored (`+56912345678`), or null when it is no number
 */
export function parsePhone(text: string): string | null {
  if (text.length > 40) return null;
  const number = parsePhoneNumberFromString(text, "CL");
  return number?.isValid() ? number.number : null;
}

/** Chilean mobiles are read in groups of four; the number plan would leave the nine digits together. */
const MOBILE = /^\+569(\d{4})(\d{4})$/;

/** Writes a stored number for a person, `+56 9 1234 5678`; what is none stays as it was given. */
export function formatPhone(e164: string): string {
  if (MOBILE.test(e164)) return e164.replace(MOBILE, "+56 9 $1 $2");
  return parsePhoneNumberFromString(e164, "CL")?.formatInternational() ?? e164;
}
