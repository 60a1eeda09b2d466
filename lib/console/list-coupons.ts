import "server-only";
import { sql } from "@/lib/db";
import { stretch } from "@/lib/paging";
import type { Caller } from "@/lib/security/session";
import type { CouponFilter, CouponState } from "./coupons-schema";

/** What a coupon gives, to whom and when. Basis points and minor units; instants as `Instant`. */
interface Coupon<Instant> {
  readonly code: string;
  readonly percent_bp: number | null;
  readonly amount_clp: number | null;
  readonly amount_usd: number | null;
  readonly duration: "once" | "repeating" | "forever";
  readonly repeats: number | null;
  /** Null: all plans. */
  readonly tiers: readonly string[] | null;
  readonly valid_from: Instant;
  /** The first instant at which it no longer counts. */
  readonly valid_until: Instant | null;
  readonly max_redemptions: number | null;
  /** Shops that used it or hold it for an open payment. */
  readonly redeemed: number;
  readonly note: string;
  readonly made_by: string | null;
  readonly created_at: Instant;
  readonly state: CouponState;
}

export type CouponRow = Coupon<Date>;

/** A coupon with the shops that have it, the latest 200. */
export interface CouponDetail {
  readonly coupon: Coupon<string> & { readonly retired_at: string | null };
  readonly redemptions: readonly {
    readonly organizationId: string;
    readonly organization: string;
    readonly takenAt: string;
    /** Null: for good. */
    readonly usesLeft: number | null;
    /** False while the payment that holds it is open. */
    readonly isRedeemed: boolean;
  }[];
}

/**
 * One page of the coupons, those that can be redeemed first, with how many there are.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export function listCoupons(
  staff: Pick<Caller, "transaction">,
  { page, size, ...filter }: CouponFilter,
): Promise<{ rows: readonly CouponRow[]; total: number }> {
  const { limit, offset } = stretch({ page, size });
  return staff.transaction(async (db) => {
    const { rows } = await sql<CouponRow & { total: number }>`
      select * from private.console_coupons(${JSON.stringify(filter)}::jsonb, ${limit}, ${offset})`.execute(
      db,
    );
    return { rows, total: rows[0]?.total ?? 0 };
  });
}

/** @throws AppError `coupon.unknown`, `access.forbidden`, `access.step_up_required` */
export function getCoupon(staff: Pick<Caller, "transaction">, code: string): Promise<CouponDetail> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{
      detail: CouponDetail;
    }>`select private.console_coupon(${code}) as detail`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("console_coupon answered nothing");
    return row.detail;
  });
}
