/** Per cent as people type it, "12,5" or "12.5", at most two decimals, as basis points; null when it is none. */
export function basisPointsOf(text: string): number | null {
  const [, whole, decimals = ""] = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text || "0") ?? [];
  if (whole === undefined) return null;
  const discountBp = Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
  return discountBp <= 10_000 ? discountBp : null;
}
