import { AppError } from "@/lib/errors";
import { getLanguage } from "@/lib/i18n";
import { getReceipt, receiptReference } from "@/lib/receipts";
import { memberRoute } from "@/lib/security/route";

/** The receipt of a sale in words, for a page that prints it. */
export const GET = memberRoute(async (member, _request, params) => {
  const order = receiptReference.safeParse(params);
  if (!order.success) throw new AppError("order.not_found");
  return { body: await getReceipt(member, order.data.orderId, await getLanguage()) };
}, "orders.read");
