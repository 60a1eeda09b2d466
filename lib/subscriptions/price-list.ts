import "server-only";
import type { Selectable } from "kysely";
import type { DB, Kysely } from "@/lib/db";

/** A tier as it is offered to one shop; pesos, IVA included. A null maximum is unlimited. */
export interface Tier {
  readonly code: string;
  readonly version: number;
  readonly monthly: number;
  readonly yearly: number;
  readonly limits: {
    readonly branches: number | null;
    readonly users: number | null;
    readonly customers: number | null;
    readonly products: number | null;
  };
  /** Limits that were agreed with this shop: they hold on every tier, whatever it includes. */
  readonly agreed: readonly string[];
  readonly features: readonly string[];
}

interface PriceList {
  readonly tiers: readonly Selectable<DB["subscription_tiers"]>[];
  readonly agreed: readonly { readonly metric: string; readonly max: number | null }[];
}

/** All tiers there ever were, the smallest first, and what was agreed with one shop. */
export async function readPriceList(db: Kysely<DB>, organizationId: string): Promise<PriceList> {
  const [tiers, agreed] = await Promise.all([
    db.selectFrom("subscription_tiers").selectAll().orderBy("price_clp_month").orderBy("version").execute(),
    db
      .selectFrom("limit_overrides")
      .select(["metric", "max_count as max"])
      .where("organization_id", "=", organizationId)
      .execute(),
  ]);
  return { tiers, agreed };
}

/** The price list for this shop: whoever bought a version of a tier keeps it. */
export function offered(
  { tiers, agreed }: PriceList,
  bought: { readonly tier_code: string; readonly tier_version: number } | null,
): Tier[] {
  const inUse = ({ code, version }: { code: string; version: number }) =>
    code === bought?.tier_code && version === bought.tier_version;
  const onSale = tiers.filter(
    (tier) =>
      inUse(tier) || (isOnSale(tier) && !tiers.some((other) => other.code === tier.code && inUse(other))),
  );
  const newest = new Map(onSale.map((tier) => [tier.code, tier]));
  return [...newest.values()].map((tier) => ({
    code: tier.code,
    version: tier.version,
    monthly: tier.price_clp_month,
    yearly: tier.price_clp_year,
    limits: {
      branches: tier.max_branches,
      users: tier.max_users,
      customers: tier.max_customers,
      products: tier.max_products,
      ...Object.fromEntries(agreed.map(({ metric, max }) => [metric, max])),
    },
    agreed: agreed.map(({ metric }) => metric),
    features: tier.features,
  }));
}

/** As `private.is_on_sale`: a version that was published ahead takes over at its moment. */
function isOnSale({ available_from, retired_at }: Selectable<DB["subscription_tiers"]>): boolean {
  const now = new Date();
  return available_from <= now && (retired_at === null || retired_at > now);
}
