import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { ReceiptMail } from "./schema";

/**
 * Counts a print on paper, before it is made.
 *
 * @returns whether it is a copy: every print but the first says so
 * @throws AppError `order.not_found`
 */
export function countPrint(member: Member, orderId: string): Promise<boolean> {
  return member.transaction(async (db) => {
    const { rows } = await sql<{
      before: number;
    }>`select private.count_print(${orderId}::uuid) as before`.execute(db);
    const [row] = rows;
    if (!row) throw new AppError("order.not_found");
    return row.before > 0;
  });
}

/**
 * Sends a receipt by mail, in the background. The audit trail says that it went out, and roughly where to.
 *
 * @throws AppError `order.not_found`
 */
export async function mailReceipt(member: Member, { orderId, email }: ReceiptMail): Promise<void> {
  await member.transaction((db) => sql`select private.mail_receipt(${orderId}::uuid, ${email})`.execute(db));
}
