import { exportProducts, productSheetColumns, productsAt } from "@/lib/catalog";
import { getPlainTranslator } from "@/lib/i18n";
import { memberExport, sheetResponse } from "@/lib/spreadsheet";

/** All products that the list shows, as CSV: the same filters as its address. */
export const GET = memberExport(async (member, request) => {
  const rows = await exportProducts(member, productsAt(request.nextUrl.searchParams));
  const t = await getPlainTranslator();
  return sheetResponse(request, t("products.export.filename"), productSheetColumns(t, member), rows);
}, "products.export");
