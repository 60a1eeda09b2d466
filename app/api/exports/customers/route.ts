import { customerSheetColumns, customersAt, exportCustomers } from "@/lib/customers";
import { getPlainTranslator } from "@/lib/i18n";
import { memberExport, sheetResponse } from "@/lib/spreadsheet";
import { businessDate } from "@/lib/time";

/** All customers that a filter leaves (`?q=`, `?state=`), as a file for a spreadsheet. */
export const GET = memberExport(async (member, request) => {
  const filter = customersAt(request.nextUrl.searchParams);
  const t = await getPlainTranslator();
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const filename = `${t("customers.export.file")}-${businessDate(new Date(), timeZone)}`;
  return sheetResponse(
    request,
    filename,
    customerSheetColumns(t, timeZone),
    await exportCustomers(member, filter),
  );
}, "customers.export");
