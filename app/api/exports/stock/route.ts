import { csvResponse } from "@/lib/csv";
import { getPlainTranslator } from "@/lib/i18n";
import { exportStock, stockCsvColumns, stockQuery } from "@/lib/inventory";
import { memberRoute } from "@/lib/security/route";

/** All goods that the list shows with their units by branch, as CSV: the same filters as its address. */
export const GET = memberRoute(async (member, request) => {
  const { q, ...filters } = Object.fromEntries(request.nextUrl.searchParams);
  const rows = await exportStock(member, stockQuery.parse({ search: q, ...filters }));
  const t = await getPlainTranslator();
  return csvResponse("inventario.csv", stockCsvColumns(t, member.branches), [rows]);
}, "products.export");
