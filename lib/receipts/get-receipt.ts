import "server-only";
import { AppError } from "@/lib/errors";
import type { Language } from "@/lib/i18n/locale";
import type { Member } from "@/lib/security/member";
import { describeReceipt, type ReceiptText } from "./describe-receipt";
import { readLogo } from "./read-logo";
import { readReceipt } from "./read-receipt";
import { type RenderedReceipt, renderReceiptPdf } from "./render-receipt-pdf";

/**
 * A receipt in words, for paper and screen.
 *
 * @throws AppError `order.not_found` none of that id in the branches of the member
 */
export async function getReceipt(member: Member, orderId: string, language: Language): Promise<ReceiptText> {
  const receipt = await member.snapshot((db) => readReceipt(db, member.organization.id, orderId));
  if (!receipt) throw new AppError("order.not_found");
  return describeReceipt(receipt, language);
}

/**
 * The same as a PDF. It never counts as a print: a file can be sent to a printer any number of times, so it says
 * COPIA as soon as the paper one was printed.
 *
 * @throws AppError `order.not_found`
 */
export async function getReceiptPdf(
  member: Member,
  orderId: string,
  language: Language,
): Promise<RenderedReceipt> {
  const [receipt, logo] = await member.snapshot((db) =>
    Promise.all([readReceipt(db, member.organization.id, orderId), readLogo(db, member.organization.id)]),
  );
  if (!receipt) throw new AppError("order.not_found");
  return renderReceiptPdf(receipt, language, { copy: receipt.prints > 0, logo });
}
