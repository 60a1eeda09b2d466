import "server-only";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";

/** A version of a tier and who keeps it. Money in minor units, a null maximum is unlimited. */
export interface TierVersion {
  readonly code: "basic" | "pro" | "premium";
  readonly version: number;
  readonly price_clp_month: number;
  readonly price_clp_year: number;
  readonly price_usd_month: number;
  readonly price_usd_year: number;
  readonly max_branches: number | null;
  readonly max_users: number | null;
  readonly max_customers: number | null;
  readonly max_products: number | null;
  readonly features: readonly string[];
  readonly available_from: Date;
  readonly retired_at: Date | null;
  readonly on_sale: boolean;
  /** Shops with a living subscription to it. */
  readonly shops: number;
  readonly paying: number;
  /** Pesos a month at list price, without test shops. */
  readonly monthly_value: number;
}

/** All versions of a tier, the newest first. */
export interface TierHistory {
  readonly code: TierVersion["code"];
  readonly versions: readonly TierVersion[];
}

/**
 * The price list with all that it ever was, from the smallest tier.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export async function listTiers(staff: Caller): Promise<readonly TierHistory[]> {
  const rows = await staff.transaction(async (db) => {
    const found = await sql<TierVersion>`select * from private.console_tiers()`.execute(db);
    return found.rows;
  });
  return [...Map.groupBy(rows, ({ code }) => code)]
    .map(([code, all]) => ({ code, versions: all.toSorted((one, other) => other.version - one.version) }))
    .toSorted((one, other) => newestPrice(one) - newestPrice(other));
}

function newestPrice({ versions: [newest] }: TierHistory): number {
  return newest?.price_clp_month ?? 0;
}
