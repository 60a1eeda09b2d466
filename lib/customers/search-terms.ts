const LONGEST = 100;
const MOST_TERMS = 6;
/** Digits, a check digit K, and what people put between them: a RUT or a telephone in any spelling. */
const NUMERIC = /^[+(]?[\d.\s()\-–kK]*\d[\d.\s()\-–kK]*$/;
const BETWEEN_DIGITS = /[.\s()\-–]/g;

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
    .map((word) => (NUMERIC.test(word) ? spellings(word, null) : [word]));
}

/** A number without its separators, as it was written, and as a telephone: each only where it finds more. */
function spellings(text: string, phone: string | null): string[] {
  const compact = text.replaceAll(BETWEEN_DIGITS, "");
  const all = [compact];
  if (!text.includes(compact)) all.push(text);
  if (phone !== null && !phone.includes(compact)) all.push(phone);
  return all;
}
