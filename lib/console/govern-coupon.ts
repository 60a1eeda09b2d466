import "server-only";
import { sql } from "@/lib/db";
import { refusedAt } from "@/lib/errors";
import type { Caller } from "@/lib/security/session";
import type { NewCoupon } from "./coupons-schema";

/**
 * Makes a coupon that shops can redeem from its first day on.
 *
 * @throws AppError `coupon.code_taken` at the field `code`, `access.forbidden` for support, who may only look
 */
export async function createCoupon(staff: Pick<Caller, "transaction">, coupon: NewCoupon): Promise<void> {
  await refusedAt(
    { "coupon.code_taken": ["/code", "consoleCoupons.problems.taken"] },
    staff.transaction((db) =>
      sql`select private.console_create_coupon(${JSON.stringify(coupon)}::jsonb)`.execute(db),
    ),
  );
}

/**
 * Nobody redeems the coupon any more; who has it keeps what it still gives.
 *
 * @throws AppError `coupon.unknown`, `conflict` when it is retired already, `access.forbidden`
 */
export async function retireCoupon(staff: Pick<Caller, "transaction">, code: string): Promise<void> {
  await staff.transaction((db) => sql`select private.console_retire_coupon(${code})`.execute(db));
}
