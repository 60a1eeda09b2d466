import { exportSubscriptions, type SubscriptionRow, subscriptionFilter } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { platformExport, type SheetColumn, sheetResponse } from "@/lib/spreadsheet";

/** All filtered subscriptions as CSV, in the order of the list; amounts as plain integers, instants in UTC. Recorded. */
export const GET = platformExport(async (staff, request) => {
  const filter = subscriptionFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const [rows, t] = await Promise.all([
    exportSubscriptions(staff, filter),
    getTranslations("consoleSubscriptions"),
  ]);
  const columns: SheetColumn<SubscriptionRow>[] = [
    { heading: t("file.id"), value: (row) => row.organization_id },
    { heading: t("organization"), value: (row) => row.organization },
    { heading: t("state"), value: (row) => row.status },
    { heading: t("plan"), value: (row) => row.tier },
    { heading: t("version"), value: (row) => row.version },
    { heading: t("interval"), value: (row) => row.billing_interval },
    { heading: t("file.due"), value: (row) => row.next_due_at?.toISOString() ?? null },
    { heading: t("file.ending"), value: (row) => (row.cancel_at_period_end ? 1 : 0) },
    { heading: t("file.held"), value: (row) => row.held_because },
    { heading: t("collectedBy"), value: (row) => row.collected_by },
    { heading: t("file.value"), value: (row) => row.monthly_value },
    { heading: t("file.test"), value: (row) => (row.is_test ? 1 : 0) },
    { heading: t("file.clockAt"), value: (row) => row.clock_at?.toISOString() ?? null },
    { heading: t("file.createdAt"), value: (row) => row.created_at.toISOString() },
  ];
  return sheetResponse(request, t("file.name"), columns, [rows]);
});
