import { exportSessions, sessionColumns, sessionFilter } from "@/lib/cash-register";
import { getPlainTranslator } from "@/lib/i18n";
import { memberExport, sheetResponse } from "@/lib/spreadsheet";

/** The drawers of a list's filter as CSV. */
export const GET = memberExport(async (member, request) => {
  const filter = sessionFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const t = await getPlainTranslator();
  return sheetResponse(
    request,
    t("cashRegister.export.filename"),
    sessionColumns(t),
    await exportSessions(member, filter),
  );
}, "orders.export");
