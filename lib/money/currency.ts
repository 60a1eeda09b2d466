/** Decimal places of the minor unit (ISO 4217). The peso has none: 185000 is $185.000. */
export const exponents = { CLP: 0, USD: 2 } as const;

/** A currency in which this product counts. UF is a unit of account, not a currency, and stays out. */
export type Currency = keyof typeof exponents;

/** Whether a text is the ISO 4217 code of a currency counted here. */
export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(exponents, text);
}
