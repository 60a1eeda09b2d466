import { exportSessions, sessionColumns, sessionFilter } from "@/lib/cash-register";
import { LANGUAGE_COOKIE, languageOf } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { memberRoute } from "@/lib/security/route";
import { sheetResponse } from "@/lib/spreadsheet";

/** The drawers of a list's filter as CSV. */
export const GET = memberRoute(async (member, request) => {
  const filter = sessionFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const t = translatorFor(languageOf(request.cookies.get(LANGUAGE_COOKIE)?.value ?? ""));
  return sheetResponse(request, t("cashRegister.export.filename"), sessionColumns(t), [
    await exportSessions(member, filter),
  ]);
}, "orders.export");
