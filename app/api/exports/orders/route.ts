import { getPlainTranslator } from "@/lib/i18n";
import { exportOrders, orderColumns, orderFilter } from "@/lib/sales";
import { memberExport, sheetResponse } from "@/lib/spreadsheet";

/** The sales of a list's filter as CSV. */
export const GET = memberExport(async (member, request) => {
  const filter = orderFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const t = await getPlainTranslator();
  return sheetResponse(
    request,
    t("orders.export.filename"),
    orderColumns(t),
    await exportOrders(member, filter),
  );
}, "orders.export");
