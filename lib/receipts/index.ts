export { type Barcode, code128 } from "./barcode";
export { describeReceipt, type ReceiptText, receiptNumber } from "./describe-receipt";
export { getReceipt, getReceiptPdf } from "./get-receipt";
export { countPrint, mailReceipt } from "./hand-out-receipt";
export { readLogo } from "./read-logo";
export { type Receipt, readReceipt } from "./read-receipt";
export { type RenderedReceipt, renderReceiptPdf } from "./render-receipt-pdf";
export { receiptMail, receiptReference } from "./schema";
export { toWinAnsi } from "./win-ansi";
