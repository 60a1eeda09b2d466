import "server-only";
import { sql } from "@/lib/db";
import { refusedAt } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { OrderVoiding } from "./schema";

/**
 * Voids a sale: the stock comes back, the cash goes out of the chosen drawer, number and record stay.
 *
 * Without a choice the cash comes out of the drawer that took it, or out of one's own when that is closed.
 *
 * @throws AppError `order.not_found`, `sale.already_voided`, `branch.archived`, `access.forbidden`
 * @throws AppError `cash_session.required`, `cash_session.not_found`, `cash_session.not_open`,
 *   `cash_session.not_enough_cash` at the drawer
 */
export async function voidOrder(member: Member, { orderId, reason, sessionId }: OrderVoiding): Promise<void> {
  await refusedAt(
    {
      "cash_session.required": ["/sessionId", "drawers.none"],
      "cash_session.not_found": ["/sessionId", "drawers.gone"],
      "cash_session.not_open": ["/sessionId", "drawers.gone"],
      "cash_session.not_enough_cash": ["/sessionId", "drawers.short"],
    },
    member.transaction((db) =>
      sql`select private.void_order(${orderId}::uuid, ${reason}, ${sessionId ?? null}::uuid)`.execute(db),
    ),
  );
}
