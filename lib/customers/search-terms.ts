import { parseRut } from "@/lib/chile";

const LONGEST = 100;
const MOST_TERMS = 6;
/** What people put between the signs of a number; `private.document_key` leaves the same out of what is searched. */
const BETWEEN = /[.,'’/\s()\u2010-\u2015-]/g;
/** Digits, a check digit K, and what stands between them: a RUT or a telephone in any spelling. */
const NUMERIC = /^[+(]?[\d.,'’/\s()\u2010-\u2015\-kK]*\d[\d.,'’/\s()\u2010-\u2015\-kK]*$/;
/** A word with a digit in it, as the number of a passport is. */
const NUMBERED = /^(?=.*\d)[\p{L}\d.,'’/\u2010-\u2015-]+$/u;

/**
 * What to look for in `customers.search_text`: every term must be found, in any one of its spellings.
 * Terms are plain text, compared with `strpos`, so that `%` and `_` mean themselves.
 *
 * @param phone the text as E.164 where it is a telephone number, else null
 */
export function searchTerms(text: string, phone: string | null): string[][] {
  const wanted = text.slice(0, LONGEST).trim();
  if (wanted === "") return [];
  if (NUMERIC.test(wanted)) return [spellings(wanted, phone)];
  return wanted
    .split(/\s+/)
    .slice(0, MOST_TERMS)
    .map((word) => (NUMERIC.test(word) || NUMBERED.test(word) ? spellings(word, null) : [word]));
}

/** A number without its separators, as it was written, as a RUT and as a telephone: each only where it finds more. */
function spellings(text: string, phone: string | null): string[] {
  const compact = text.replaceAll(BETWEEN, "");
  const rut = parseRut(text)?.replace("-", "") ?? null;
  const all = [compact];
  for (const other of [text, rut, phone]) {
    if (other !== null && !all.some((known) => contains(other, known))) all.push(other);
  }
  return all;
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
