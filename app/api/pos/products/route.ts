import { AppError } from "@/lib/errors";
import { findProducts, productQuestion } from "@/lib/sales";
import { limitSearch } from "@/lib/security/read-limits";
import { callerRoute } from "@/lib/security/route";

/** Products for a till: `?branchId=` with `code=` (scanned), `q=` (typed), `category=`, `ids=` or none (best sellers). */
export const GET = callerRoute(async (caller, request) => {
  const question = productQuestion.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!question.success) throw AppError.fromValidation(question.error);
  await limitSearch(caller.userId);
  return { body: { products: await findProducts(caller, question.data) } };
});
