import { AppError } from "@/lib/errors";
import { memberRoute } from "@/lib/security/route";
import { listViews, viewQuestion } from "@/lib/views";

/** The saved views of a list, `?list=orders`: the own ones and those shared at the member's branches. */
export const GET = memberRoute(async (member, request) => {
  const question = viewQuestion.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!question.success) throw AppError.fromValidation(question.error);
  return { body: { views: await listViews(member, question.data.list) } };
});
