import { exportProducts, productFilter, productSheetColumns } from "@/lib/catalog";
import { LANGUAGE_COOKIE, languageOf } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { memberRoute } from "@/lib/security/route";
import { sheetResponse } from "@/lib/spreadsheet";

/** All products that the list shows, as CSV: the same filters as its address. */
export const GET = memberRoute(async (member, request) => {
  const { q, ...filters } = Object.fromEntries(request.nextUrl.searchParams);
  const rows = await exportProducts(member, productFilter.parse({ search: q, ...filters }));
  const t = translatorFor(languageOf(request.cookies.get(LANGUAGE_COOKIE)?.value ?? ""));
  return sheetResponse(
    request,
    t("products.export.filename"),
    productSheetColumns(t, member.branch?.name ?? ""),
    rows,
  );
}, "products.export");
