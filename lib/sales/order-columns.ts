import type { PlainTranslator } from "@/lib/i18n/translator";
import type { SheetColumn } from "@/lib/spreadsheet";
import { localInstant } from "@/lib/time";
import type { ExportedOrder } from "./export-orders";

const amounts = [
  "itemCount",
  "gross",
  "discount",
  "net",
  "exempt",
  "tax",
  "total",
  "cashRounding",
  "cash",
  "debit",
  "credit",
  "transfer",
] as const satisfies readonly (keyof ExportedOrder)[];

/** The columns of exported sales: amounts as plain numbers, dates on the branch's clock with its zone named. */
export function orderColumns(t: PlainTranslator): SheetColumn<ExportedOrder>[] {
  const heading = (name: string) => t(`orders.export.${name}`);
  return [
    { heading: heading("receiptNumber"), value: (order) => order.receiptNumber },
    { heading: heading("soldAt"), value: ({ soldAt, timeZone }) => localInstant(soldAt, timeZone) },
    { heading: heading("timeZone"), value: (order) => order.timeZone },
    { heading: heading("branch"), value: (order) => order.branchName },
    { heading: heading("status"), value: ({ status }) => t(`common.status.${status}`) },
    { heading: heading("customer"), value: (order) => order.customerName },
    { heading: heading("seller"), value: (order) => order.soldByName },
    ...amounts.map((name) => ({ heading: heading(name), value: (order: ExportedOrder) => order[name] })),
    {
      heading: heading("voidedAt"),
      value: ({ voidedAt, timeZone }) => voidedAt && localInstant(voidedAt, timeZone),
    },
    { heading: heading("voidReason"), value: (order) => order.voidReason },
  ];
}
