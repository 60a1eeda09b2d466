export const tierCodes = ["basic", "pro", "premium"] as const;
export type TierCode = (typeof tierCodes)[number];

/** The tier's code as a message key; one that the texts do not know shows as basic. */
export function tierCode(code: string): TierCode {
  return tierCodes.find((known) => known === code) ?? "basic";
}

export const metrics = ["branches", "users", "customers", "products"] as const;
export const features = [
  "pos",
  "appointments",
  "quotes",
  "work_orders",
  "assistant",
  "advanced_analytics",
  "api_access",
  "custom_branding",
] as const;
