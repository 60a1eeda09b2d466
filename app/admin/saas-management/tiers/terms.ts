import type { TierVersion } from "@/lib/console";

/** What a version says, under the names of the form. */
export function termsOf(row: TierVersion) {
  return {
    version: row.version,
    priceClpMonth: row.price_clp_month,
    priceClpYear: row.price_clp_year,
    priceUsdMonth: row.price_usd_month,
    priceUsdYear: row.price_usd_year,
    maxBranches: row.max_branches,
    maxUsers: row.max_users,
    maxCustomers: row.max_customers,
    maxProducts: row.max_products,
    features: row.features,
  };
}
