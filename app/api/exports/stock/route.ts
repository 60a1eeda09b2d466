import { LANGUAGE_COOKIE, languageOf } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { exportStock, stockQuery, stockSheetColumns } from "@/lib/inventory";
import { memberRoute } from "@/lib/security/route";
import { sheetResponse } from "@/lib/spreadsheet";

/** All goods that the list shows with their units by branch, as CSV: the same filters as its address. */
export const GET = memberRoute(async (member, request) => {
  const { q, ...filters } = Object.fromEntries(request.nextUrl.searchParams);
  const rows = await exportStock(member, stockQuery.parse({ search: q, ...filters }));
  const t = translatorFor(languageOf(request.cookies.get(LANGUAGE_COOKIE)?.value ?? ""));
  return sheetResponse(request, t("inventory.export.filename"), stockSheetColumns(t, member.branches), [
    rows,
  ]);
}, "products.export");
