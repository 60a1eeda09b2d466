import { exportProducts, productCsvColumns, productFilter } from "@/lib/catalog";
import { csvResponse } from "@/lib/csv";
import { getPlainTranslator } from "@/lib/i18n";
import { memberRoute } from "@/lib/security/route";

/** All products that the list shows, as CSV: the same filters as its address. */
export const GET = memberRoute(async (member, request) => {
  const { q, ...filters } = Object.fromEntries(request.nextUrl.searchParams);
  const rows = await exportProducts(member, productFilter.parse({ search: q, ...filters }));
  const t = await getPlainTranslator();
  return csvResponse("productos.csv", productCsvColumns(t, member.branch?.name ?? ""), rows);
}, "products.export");
