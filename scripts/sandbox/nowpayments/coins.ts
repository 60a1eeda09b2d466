/** What one coin costs in dollars here, for ever. */
const dollars: Readonly<Record<string, number>> = {
  usdttrc20: 1,
  trx: 0.25,
  btc: 60_000,
  eth: 2_500,
};
export const coins = Object.keys(dollars);
/** Currencies in which prices may be given; the Chilean peso is none of them. */
export const fiats = ["usd", "eur", "cad", "gbp", "aud", "ils", "ron"];

/** A price in a coin, with the eight decimals of the real one's estimates. */
export function inCoin(price: number, coin: string): number {
  return Number((price / (dollars[coin] ?? 1)).toFixed(8));
}
