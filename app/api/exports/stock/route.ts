import { csvResponse } from "@/lib/csv";
import { LANGUAGE_COOKIE, languageOf } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { exportStock, stockCsvColumns, stockQuery } from "@/lib/inventory";
import { memberRoute } from "@/lib/security/route";

/** All goods that the list shows with their units by branch, as CSV: the same filters as its address. */
export const GET = memberRoute(async (member, request) => {
  const { q, ...filters } = Object.fromEntries(request.nextUrl.searchParams);
  const rows = await exportStock(member, stockQuery.parse({ search: q, ...filters }));
  const t = translatorFor(languageOf(request.cookies.get(LANGUAGE_COOKIE)?.value ?? ""));
  return csvResponse(t("inventory.export.filename"), stockCsvColumns(t, member.branches), [rows]);
}, "products.export");
