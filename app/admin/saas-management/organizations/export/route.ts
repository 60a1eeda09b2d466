import { exportOrganizations, type OrganizationRow } from "@/lib/console";
import { organizationFilter } from "@/lib/console/schema";
import { getTranslations } from "@/lib/i18n";
import { platformExport, type SheetColumn, sheetResponse } from "@/lib/spreadsheet";

/** All filtered organizations as CSV, in the order of the list; instants in UTC. Recorded. */
export const GET = platformExport(async (staff, request) => {
  const filter = organizationFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const [rows, t] = await Promise.all([exportOrganizations(staff, filter), getTranslations("console")]);
  const columns: SheetColumn<OrganizationRow>[] = [
    { heading: t("organizations.name"), value: (row) => row.name },
    { heading: "Slug", value: (row) => row.slug },
    { heading: t("state"), value: (row) => (row.status === "suspended" ? row.status : row.subscription) },
    { heading: t("tier"), value: (row) => row.tier },
    { heading: t("dashboard.mrr"), value: (row) => row.mrr },
    { heading: t("detail.members"), value: (row) => row.members },
    { heading: t("detail.branches"), value: (row) => row.branches },
    { heading: t("organizations.orders30Days"), value: (row) => row.orders30Days },
    { heading: t("organizations.lastOrder"), value: (row) => row.lastOrderAt?.toISOString() ?? null },
    { heading: t("organizations.since"), value: (row) => row.createdAt.toISOString() },
  ];
  return sheetResponse(request, t("organizations.file"), columns, [rows]);
});
