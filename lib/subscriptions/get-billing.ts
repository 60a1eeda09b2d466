import "server-only";
import type { Member } from "@/lib/security/member";

/** A tier on sale or in use; pesos, IVA included. A null maximum is unlimited. */
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
  readonly features: readonly string[];
}

export interface BillingPayment {
  readonly id: string;
  readonly gateway: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly tier: string;
  readonly interval: string;
  readonly createdAt: Date;
}

export interface Billing {
  readonly subscription: {
    readonly status: string;
    readonly tier: string;
    readonly interval: string;
    readonly trialEndsAt: Date | null;
    readonly currentPeriodEnd: Date | null;
  } | null;
  /** What is on sale, from the smallest; the version in use stands for its tier. */
  readonly tiers: readonly Tier[];
  readonly usage: readonly { readonly metric: string; readonly used: number; readonly max: number | null }[];
  readonly payments: readonly BillingPayment[];
}

const NEWEST_PAYMENTS = 50;

/** Everything that the subscription page shows, for members with `billing.read`; works in suspended shops too. */
export function getBilling(member: Member): Promise<Billing> {
  const organizationId = member.organization.id;
  return member.transaction(async (db) => {
    const [subscription, tiers, usage, payments] = await Promise.all([
      db
        .selectFrom("subscriptions")
        .select([
          "status",
          "tier_code",
          "tier_version",
          "billing_interval",
          "trial_ends_at",
          "current_period_end",
        ])
        .where("organization_id", "=", organizationId)
        .where("status", "<>", "cancelled")
        .executeTakeFirst(),
      db.selectFrom("subscription_tiers").selectAll().orderBy("price_clp_month").orderBy("version").execute(),
      db
        .selectFrom("usage_counters")
        .select(["metric", "n", "max_count"])
        .where("organization_id", "=", organizationId)
        .orderBy("metric")
        .execute(),
      db
        .selectFrom("payments")
        .select([
          "id",
          "gateway",
          "status",
          "amount",
          "currency",
          "tier_code",
          "billing_interval",
          "created_at",
        ])
        .where("organization_id", "=", organizationId)
        .orderBy("created_at", "desc")
        .limit(NEWEST_PAYMENTS)
        .execute(),
    ]);
    const inUse = (tier: { code: string; version: number }) =>
      tier.code === subscription?.tier_code && tier.version === subscription.tier_version;
    const offered = tiers.filter(
      (tier) =>
        inUse(tier) ||
        (tier.retired_at === null && !tiers.some((other) => other.code === tier.code && inUse(other))),
    );
    return {
      subscription: subscription
        ? {
            status: subscription.status,
            tier: subscription.tier_code,
            interval: subscription.billing_interval,
            trialEndsAt: subscription.trial_ends_at,
            currentPeriodEnd: subscription.current_period_end,
          }
        : null,
      tiers: newestOfEach(offered).map((tier) => ({
        code: tier.code,
        version: tier.version,
        monthly: tier.price_clp_month,
        yearly: tier.price_clp_year,
        limits: {
          branches: tier.max_branches,
          users: tier.max_users,
          customers: tier.max_customers,
          products: tier.max_products,
        },
        features: tier.features,
      })),
      usage: usage.map(({ metric, n, max_count }) => ({ metric, used: n, max: max_count })),
      payments: payments.map(({ tier_code, billing_interval, created_at, ...payment }) => ({
        ...payment,
        tier: tier_code,
        interval: billing_interval,
        createdAt: created_at,
      })),
    };
  });
}

function newestOfEach<T extends { code: string; version: number }>(tiers: readonly T[]): T[] {
  return [...new Map(tiers.map((tier) => [tier.code, tier])).values()];
}
