import "server-only";
import { renderToBuffer } from "@react-pdf/renderer";
import { type Language, localeTags } from "@/lib/i18n/locale";
import { cleanPicture } from "@/lib/pictures";
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
  { copy = false, logo = null }: { copy?: boolean; logo?: Buffer | null } = {},
): Promise<RenderedReceipt> {
  const content = await renderToBuffer(
    <ReceiptPdf
      receipt={describeReceipt(receipt, language)}
      copy={copy}
      logo={logo && (await pdfLogo(logo))}
      language={localeTags[language]}
    />,
  );
  return { filename: `${receiptNumber(receipt.number)}.pdf`, content, contentType: "application/pdf" };
}

const LIMITS = { largestSide: 1_024, mostBytes: 1_000_000 };

/**
 * A stored logo as the PDF may hold it. Those of before were stored as they came: the libraries of the PDF never end, or
 * end the process, on files that were made for that. One that cannot be read is left out.
 */
async function pdfLogo(stored: Buffer): Promise<PdfLogo | null> {
  const picture = await cleanPicture(stored, LIMITS);
  if (typeof picture === "string") return null;
  return { bytes: picture.bytes, format: picture.contentType === "image/png" ? "png" : "jpg" };
}
