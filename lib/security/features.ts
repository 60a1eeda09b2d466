/** What a tier may include, as `public.subscription_tiers.features` names it. */
export const tierFeatures = [
  "pos",
  "appointments",
  "quotes",
  "work_orders",
  "assistant",
  "advanced_analytics",
  "api_access",
  "custom_branding",
] as const;
export type TierFeature = (typeof tierFeatures)[number];

/**
 * What of it this release has, and therefore shuts where a tier leaves it out. The rest are names on the price list;
 * one comes here together with its doors (`tests/http/wall/features.ts`) and its permissions (`private.feature_of`).
 */
export const releasedFeatures = ["pos"] as const satisfies readonly TierFeature[];
export type Feature = (typeof releasedFeatures)[number];
