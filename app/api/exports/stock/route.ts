import { getPlainTranslator } from "@/lib/i18n";
import { exportStock, stockQuery, stockSheetColumns } from "@/lib/inventory";
import { memberExport, sheetResponse } from "@/lib/spreadsheet";

/** All goods that the list shows with their units by branch, as CSV: the same filters as its address. */
export const GET = memberExport(async (member, request) => {
  const { q, ...filters } = Object.fromEntries(request.nextUrl.searchParams);
  const rows = await exportStock(member, stockQuery.parse({ search: q, ...filters }));
  const t = await getPlainTranslator();
  return sheetResponse(request, t("inventory.export.filename"), stockSheetColumns(t, member.branches), [
    rows,
  ]);
}, "products.export");
