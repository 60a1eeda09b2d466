import { AppError } from "@/lib/errors";
import { getLanguage } from "@/lib/i18n";
import { getReceiptPdf, receiptReference } from "@/lib/receipts";
import { limitPdfs } from "@/lib/security/read-limits";
import { memberRoute } from "@/lib/security/route";

/** The receipt of a sale as a PDF on 80 mm paper. */
export const GET = memberRoute(async (member, _request, params) => {
  const order = receiptReference.safeParse(params);
  if (!order.success) throw new AppError("order.not_found");
  await limitPdfs(member.userId);
  const { content, contentType, filename } = await getReceiptPdf(
    member,
    order.data.orderId,
    await getLanguage(),
  );
  return new Response(new Uint8Array(content), {
    headers: {
      "content-type": contentType,
      "content-disposition": `inline; filename="${filename}"`,
      "cache-control": "private, no-store",
    },
  });
}, "orders.read");
