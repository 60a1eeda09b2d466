import { languageOf, localeTags } from "@/lib/i18n/locale";
import { type Currency, exponents } from "./currency";

const formatters = new Map<string, Intl.NumberFormat>();

/**
 * Writes an amount for a person: `185000, "CLP", "es"` → `$185.000`; `4990, "USD", "es"` → `US$49,90`.
 *
 * @param minor integer in the currency's minor unit
 * @throws RangeError when `minor` is no safe integer: a fraction here is a bug upstream
 */
export function formatMoney(minor: number, currency: Currency, locale: string): string {
  if (!Number.isSafeInteger(minor))
    throw new RangeError(`money must be an integer in minor units, not ${minor}`);
  return formatterOf(currency, localeTags[languageOf(locale)]).format(minor / 10 ** exponents[currency]);
}

function formatterOf(currency: Currency, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    // "$" alone always means pesos here; dollars keep their "US$" in both languages.
    currencyDisplay: currency === "CLP" ? "narrowSymbol" : "symbol",
    minimumFractionDigits: exponents[currency],
    maximumFractionDigits: exponents[currency],
    useGrouping: "always",
  });
  formatters.set(key, made);
  return made;
}
