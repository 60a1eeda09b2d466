const tierCodes = ["basic", "pro", "premium"] as const;
export type TierCode = (typeof tierCodes)[number];

/** The tier's code as a message key; one that the texts do not know shows as basic. */
export function tierCode(code: string): TierCode {
  return tierCodes.find((known) => known === code) ?? "basic";
}

export const metrics = ["branches", "users", "customers", "products"] as const;
/** What a plan may include and this release has; the rest of the price list is named when it can be used. */
export const features = ["pos"] as const;
