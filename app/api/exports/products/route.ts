import { exportProducts, productCsvColumns, productFilter } from "@/lib/catalog";
import { csvResponse } from "@/lib/csv";
import { LANGUAGE_COOKIE, languageOf } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { memberRoute } from "@/lib/security/route";

/** All products that the list shows, as CSV: the same filters as its address. */
export const GET = memberRoute(async (member, request) => {
  const { q, ...filters } = Object.fromEntries(request.nextUrl.searchParams);
  const rows = await exportProducts(member, productFilter.parse({ search: q, ...filters }));
  const t = translatorFor(languageOf(request.cookies.get(LANGUAGE_COOKIE)?.value ?? ""));
  return csvResponse(t("products.export.filename"), productCsvColumns(t, member.branch?.name ?? ""), rows);
}, "products.export");
