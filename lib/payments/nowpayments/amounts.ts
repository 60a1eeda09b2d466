/** An amount of a coin, exactly: `units / 10^scale`. Coins have up to eighteen decimals, and no float holds them. */
export interface CoinAmount {
  readonly units: bigint;
  readonly scale: number;
}

const DECIMAL = /^(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** Reads an amount as the wire writes it (`0.17070286`, `1e-7`); null for anything else, negative ones too. */
export function coinAmount(text: string | null | undefined): CoinAmount | null {
  const match = text == null ? null : DECIMAL.exec(text);
  if (!match) return null;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

export function sumOf(amounts: readonly CoinAmount[]): CoinAmount {
  const scale = Math.max(0, ...amounts.map((one) => one.scale));
  return { units: amounts.reduce((sum, one) => sum + at(one, scale), 0n), scale };
}

/** Whether an amount is at least another. */
export function reaches(amount: CoinAmount, other: CoinAmount): boolean {
  const scale = Math.max(amount.scale, other.scale);
  return at(amount, scale) >= at(other, scale);
}

/**
 * What part of a price an amount pays, rounded down to whole minor units and never more than the price.
 *
 * @returns null when nothing was asked for, so that no part of it can be told
 */
export function portionOf(priceMinor: number, paid: CoinAmount, asked: CoinAmount): number | null {
  if (asked.units === 0n) return null;
  if (reaches(paid, asked)) return priceMinor;
  const scale = Math.max(paid.scale, asked.scale);
  return Number((BigInt(priceMinor) * at(paid, scale)) / at(asked, scale));
}

function at({ units, scale }: CoinAmount, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}
