import { AppError } from "@/lib/errors";
import { LANGUAGE_COOKIE, languageOf } from "@/lib/i18n/locale";
import { getReceipt, receiptReference } from "@/lib/receipts";
import { memberRoute } from "@/lib/security/route";

/** The receipt of a sale in words, for a page that prints it. */
export const GET = memberRoute(async (member, request, params) => {
  const order = receiptReference.safeParse(params);
  if (!order.success) throw new AppError("order.not_found");
  const language = languageOf(request.cookies.get(LANGUAGE_COOKIE)?.value ?? "");
  return { body: await getReceipt(member, order.data.orderId, language) };
}, "orders.read");
