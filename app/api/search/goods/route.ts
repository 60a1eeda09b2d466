import { AppError } from "@/lib/errors";
import { findGoods, goodsQuestion } from "@/lib/inventory";
import { limitSearch } from "@/lib/security/read-limits";
import { memberRoute } from "@/lib/security/route";

/** Goods for a stock document: `?branchId=&q=` answers `{ goods: [{ id, sku, barcode, name, stock, isExact }] }`. */
export const GET = memberRoute(async (member, request) => {
  const parsed = goodsQuestion.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!parsed.success) throw AppError.fromValidation(parsed.error);
  await limitSearch(member.userId);
  return { body: { goods: await findGoods(member, parsed.data) } };
}, "inventory.read");
