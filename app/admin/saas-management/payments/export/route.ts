import { exportPayments, type PaymentRow, paymentFilter } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { platformExport, type SheetColumn, sheetResponse } from "@/lib/spreadsheet";

/** All filtered payments as CSV, in the order of the list; amounts as plain integers, instants in UTC. Recorded. */
export const GET = platformExport(async (staff, request) => {
  const filter = paymentFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
  const [batches, t] = await Promise.all([exportPayments(staff, filter), getTranslations("consolePayments")]);
  const columns: SheetColumn<PaymentRow>[] = [
    { heading: t("file.id"), value: (row) => row.id },
    { heading: t("organization"), value: (row) => row.organization },
    { heading: t("file.payer"), value: (row) => row.payer_email },
    { heading: t("gateway"), value: (row) => row.gateway },
    { heading: t("state"), value: (row) => row.status },
    { heading: t("file.minor"), value: (row) => row.amount },
    { heading: t("file.refundedMinor"), value: (row) => row.refunded_amount },
    { heading: t("currency"), value: (row) => row.currency },
    { heading: t("file.test"), value: (row) => (row.test_mode ? 1 : 0) },
    { heading: t("file.plan"), value: (row) => row.tier },
    { heading: t("file.interval"), value: (row) => row.billing_interval },
    { heading: t("file.ours"), value: (row) => row.reference },
    { heading: t("file.theirs"), value: (row) => row.gateway_reference },
    { heading: t("file.reason"), value: (row) => row.reason },
    { heading: t("file.createdAt"), value: (row) => row.created_at.toISOString() },
    { heading: t("file.paidAt"), value: (row) => row.paid_at?.toISOString() ?? null },
  ];
  return sheetResponse(request, t("file.name"), columns, batches);
});
