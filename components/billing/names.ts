const tierCodes = ["basic", "pro", "premium"] as const;
export type TierCode = (typeof tierCodes)[number];

/** The tier's code as a message key; one that the texts do not know shows as basic. */
export function tierCode(code: string): TierCode {
  return tierCodes.find((known) => known === code) ?? "basic";
}

export const metrics = ["branches", "users", "customers", "products"] as const;
/** What a plan may include and this release has; the rest of the price list is named when it can be used. */
export const features = ["pos"] as const;

/** A currency of the price list; anything else cannot have been asked for. */
export function currencyOf(text: string): "CLP" | "USD" {
  return text === "USD" ? "USD" : "CLP";
}

/** Where a plan is paid for. */
export function checkoutHref(tier: string, interval: string): string {
  return `/billing/checkout?tier=${encodeURIComponent(tier)}&interval=${interval === "year" ? "year" : "month"}`;
}
