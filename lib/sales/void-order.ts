import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { OrderVoiding } from "./schema";

/**
 * Voids a sale: the stock comes back, the money leaves the drawer of whoever voids it, number and record stay.
 *
 * @throws AppError `order.not_found`, `sale.already_voided`, `cash_session.required`, `access.forbidden`
 */
export async function voidOrder(member: Member, { orderId, reason }: OrderVoiding): Promise<void> {
  await member.transaction((db) => sql`select private.void_order(${orderId}::uuid, ${reason})`.execute(db));
}
