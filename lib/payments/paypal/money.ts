import { z } from "zod";
import { toDecimalText, toMinorUnits } from "../decimal";
import type { Money } from "../gateway";

/** Currencies that PayPal takes without decimals. @see https://developer.paypal.com/api/rest/reference/currency-codes/ */
const WHOLE = new Set(["HUF", "JPY", "TWD"]);
const exponentAtPaypal = (currency: string) => (WHOLE.has(currency) ? 0 : 2);

/** An amount as PayPal writes it; numbers are read too, exactly. */
export const paypalMoney = z.object({
  currency_code: z.string(),
  value: z.union([z.string(), z.number()]),
});
export type PaypalMoney = z.infer<typeof paypalMoney>;

/** PayPal's amount in minor units; null where it is missing or is no amount. */
export function minorOf(money: PaypalMoney | null | undefined): number | null {
  return money ? toMinorUnits(money.value, exponentAtPaypal(money.currency_code)) : null;
}

/** An amount for PayPal: 2990 USD → `{currencyCode: "USD", value: "29.90"}`, in the spelling of its package. */
export function toPaypal({ amountMinor, currency }: Money): { currencyCode: string; value: string } {
  return { currencyCode: currency, value: toDecimalText(amountMinor, exponentAtPaypal(currency)) };
}
