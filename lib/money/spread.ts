/**
 * Shares out an amount in proportion to weights by the largest remainder, so that the shares add up to
 * the amount exactly: a discount of 100 over three equal lines is 34 + 33 + 33.
 *
 * Equal remainders go to the earlier share. When every weight is zero all shares weigh the same.
 *
 * @param totalMinor integer, not negative
 * @param weights integers, not negative, at least one
 * @throws RangeError on anything else
 */
export function spread(totalMinor: number, weights: readonly number[]): number[] {
  if (weights.length === 0 || ![totalMinor, ...weights].every(isCount)) {
    throw new RangeError("spread takes integers that are not negative, and at least one weight");
  }
  const parts = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
  // Products of two amounts leave the safe integers, hence bigint.
  const total = BigInt(totalMinor);
  const sum = parts.reduce((all, part) => all + BigInt(part), 0n);
  const shares = parts.map((part) => Number((total * BigInt(part)) / sum));
  const missing = totalMinor - shares.reduce((all, share) => all + share, 0);
  for (const index of byRemainder(total, parts, sum).slice(0, missing)) {
    shares[index] = (shares[index] ?? 0) + 1;
  }
  return shares;
}

function byRemainder(total: bigint, parts: readonly number[], sum: bigint): number[] {
  return parts
    .map((part, index) => ({ index, remainder: (total * BigInt(part)) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
    .map(({ index }) => index);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
