import type { Feature, TierFeature } from "@/lib/security/features";

/** What a feature of a tier opens. An entrance of one of its permissions that is not here fails the suite. */
export interface FeatureDoors {
  readonly pages: readonly string[];
  /** Names as in `actions.ts` and `routes.ts`. */
  readonly entrances: readonly string[];
}

const till = "app/(store)/pos/actions.ts";

export const featureDoors: Record<Feature, FeatureDoors> = {
  pos: {
    pages: ["app/(store)/pos/page.tsx"],
    entrances: [
      `${till}#listApproversAction`,
      `${till}#approveDiscountAction`,
      `${till}#openDrawerAction`,
      `${till}#parkSaleAction`,
      `${till}#listParkedSalesAction`,
      `${till}#takeParkedSaleAction`,
      "app/(store)/cash-register/actions.ts#openDrawerAction",
      "GET /api/pos/products",
      "POST /api/pos/sales",
    ],
  },
};

/** What stands on the price list and has no door, and why. */
export const doorless: Record<Exclude<TierFeature, Feature>, string> = {
  appointments: "this release has no agenda",
  quotes: "this release has no quotes for customers",
  work_orders: "this release has no orders to the laboratory",
  assistant: "this release has no assistant",
  advanced_analytics: "the figures of the home page are every tier's; there are no others",
  api_access: "this release has no public API",
  custom_branding: "the logo on a receipt is every tier's; there is no other branding",
};
