/**
 * Rounds what is paid in cash to the ten: a last digit of 1 to 5 goes down, 6 to 9 up. Only the part
 * paid in cash is rounded; cards and transfers pay the exact amount. Money given back rounds likewise.
 *
 * @param amount whole pesos; negative for money given back
 * @returns whole pesos ending in 0; the difference to `amount` is −5 … +4
 * @see Ley 20.956, article 10; in force since 1 November 2017
 */
export function roundCash(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`pesos are integers, not ${amount}`);
  if (amount < 0) return 0 - roundCash(-amount); // 0 − 0 is no negative zero
  const lastDigit = amount % 10;
  return lastDigit <= 5 ? amount - lastDigit : amount + 10 - lastDigit;
}
