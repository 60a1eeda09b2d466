import "server-only";
import { renderToBuffer } from "@react-pdf/renderer";
import { type Language, localeTags } from "@/lib/i18n/locale";
import { describeReceipt, receiptNumber } from "./describe-receipt";
import type { Receipt } from "./read-receipt";
import { type PdfLogo, ReceiptPdf } from "./receipt-pdf";

export interface RenderedReceipt {
  readonly filename: string;
  readonly content: Buffer;
  readonly contentType: "application/pdf";
}

/** A receipt as a PDF on 80 mm paper; a copy says so. Also what goes out by mail. */
export async function renderReceiptPdf(
  receipt: Receipt,
  language: Language,
  { copy = false, logo = null }: { copy?: boolean; logo?: PdfLogo | null } = {},
): Promise<RenderedReceipt> {
  const content = await renderToBuffer(
    <ReceiptPdf
      receipt={describeReceipt(receipt, language)}
      copy={copy}
      logo={logo}
      language={localeTags[language]}
    />,
  );
  return { filename: `${receiptNumber(receipt.number)}.pdf`, content, contentType: "application/pdf" };
}
