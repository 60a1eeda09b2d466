import { isObject } from "./call";
import { PaypalError } from "./errors";
import type { Amount } from "./state";

const WHOLE = new Set(["HUF", "JPY", "TWD"]);
const TAKEN = new Set(
  "AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP SGD SEK CHF THB USD".split(
    " ",
  ),
);

/** An amount of a request, as PayPal takes it. @throws PaypalError with the issue that PayPal names */
export function readAmount(value: unknown): Amount {
  const { currency_code, value: text } = isObject(value) ? value : {};
  if (typeof currency_code !== "string" || typeof text !== "string")
    throw new PaypalError(400, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER");
  if (!TAKEN.has(currency_code)) throw PaypalError.unprocessable("CURRENCY_NOT_SUPPORTED");
  if (!/^\d{1,9}(\.\d+)?$/.test(text))
    throw new PaypalError(400, "INVALID_REQUEST", "INVALID_PARAMETER_SYNTAX");
  const decimals = text.split(".")[1]?.length ?? 0;
  if (decimals > (WHOLE.has(currency_code) ? 0 : 2)) throw PaypalError.unprocessable("DECIMAL_PRECISION");
  if (!/[1-9]/.test(text)) throw PaypalError.unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE");
  return { currency_code, value: written(hundredths({ currency_code, value: text }), currency_code) };
}

/** Counts in hundredths, whatever the currency, so that sums are whole numbers. */
export function hundredths({ value }: Amount): number {
  const [whole = "0", fraction = ""] = value.split(".");
  return Number(whole + fraction.padEnd(2, "0").slice(0, 2));
}

/** Hundredths as PayPal writes them. */
export function written(count: number, currency: string): string {
  const digits = String(count).padStart(3, "0");
  return WHOLE.has(currency) ? digits.slice(0, -2) : `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
