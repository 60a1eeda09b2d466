import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** What somebody thinks of buying; the price is the server's. */
export interface PriceQuestion {
  readonly tier: string;
  readonly interval: "month" | "year";
  /** ISO 4217; the gateway's. */
  readonly currency: string;
  readonly coupon?: string | undefined;
}

/**
 * What a purchase is to a subscription; an upgrade begins now, a downgrade when the running period ends. To a shop whose
 * subscription ended with paid time left a dearer plan is an upgrade of that; any other is new and begins after it.
 */
export type PlanChangeKind = "new" | "renewal" | "upgrade" | "downgrade";

/** A line of a price; minor units, what is taken off is negative. */
export interface PriceLine {
  readonly kind: "price" | "coupon" | "proration" | "credit";
  readonly amount: number;
}

/** What one period costs this shop now; amounts in minor units of `currency`, IVA included. */
export interface Quote {
  readonly tier: string;
  readonly version: number;
  readonly interval: "month" | "year";
  readonly currency: string;
  readonly change: PlanChangeKind;
  /** When the period would begin, as an ISO instant. */
  readonly startsAt: string;
  readonly couponCode: string | null;
  /** They add up to `total`. */
  readonly lines: readonly PriceLine[];
  readonly total: number;
}

/**
 * What a period would cost, by the same function that opens the payment.
 *
 * @throws AppError `payment.tier_unavailable`, `coupon.unknown`, `coupon.expired`, `coupon.used`, `coupon.used_up`,
 *   `coupon.not_for_this`, `access.forbidden`
 */
export function quotePayment(
  member: Pick<Member, "transaction">,
  { tier, interval, currency, coupon }: PriceQuestion,
): Promise<Quote> {
  return member.transaction(async (db) => {
    const { rows } = await sql<{ quote: Quote }>`
      select private.preview_payment(${tier}, ${interval}, ${currency}, ${coupon ?? null}) as quote`.execute(
      db,
    );
    const [row] = rows;
    if (!row) throw new Error("preview_payment answered nothing");
    return row.quote;
  });
}
