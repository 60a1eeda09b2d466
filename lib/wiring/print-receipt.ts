import "server-only";
import { asService } from "@/lib/db/service";
import type { PrintReceipt } from "@/lib/notifications";
import { readLogo, readReceipt, receiptNumber, renderReceiptPdf } from "@/lib/receipts";

/** The receipt of a sale as a mail carries it: COPIA as soon as the paper one was printed. */
export const printReceipt: PrintReceipt = async (organizationId, orderId, language) => {
  const { receipt, logo, prints } = await asService(async (db) => {
    const order = db
      .selectFrom("orders")
      .select("prints")
      .where("organization_id", "=", organizationId)
      .where("id", "=", orderId);
    return {
      receipt: await readReceipt(db, organizationId, orderId),
      logo: await readLogo(db, organizationId),
      prints: (await order.executeTakeFirst())?.prints ?? 0,
    };
  });
  if (!receipt) return null;
  return {
    organization: receipt.shop.name,
    number: receiptNumber(receipt.number),
    total: receipt.total,
    currency: "CLP",
    attachment: await renderReceiptPdf(receipt, language, { copy: prints > 0, logo }),
  };
};
