import { csvResponse } from "@/lib/csv";
import { customerCsvColumns, customerFilter, exportCustomers } from "@/lib/customers";
import { isLanguage, LANGUAGE_COOKIE } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { memberRoute } from "@/lib/security/route";
import { businessDate } from "@/lib/time";

/** All customers that a filter leaves (`?q=`, `?state=`), as a file for a spreadsheet. */
export const GET = memberRoute(async (member, request) => {
  const { searchParams } = request.nextUrl;
  const filter = customerFilter.parse({
    search: searchParams.get("q") ?? "",
    state: searchParams.get("state") ?? "",
  });
  const wished = request.cookies.get(LANGUAGE_COOKIE)?.value;
  const t = translatorFor(isLanguage(wished) ? wished : "es");
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const filename = `${t("customers.export.file")}-${businessDate(new Date(), timeZone)}.csv`;
  return csvResponse(filename, customerCsvColumns(t, timeZone), await exportCustomers(member, filter));
}, "customers.export");
