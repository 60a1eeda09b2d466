import { type Answer, type Call, ok } from "./call";
import { PaypalError } from "./errors";
import type { Capture } from "./state";

const LONGEST_MS = 31 * 86_400_000;

const codes: Readonly<Record<Capture["status"], string>> = {
  COMPLETED: "S",
  PARTIALLY_REFUNDED: "S",
  PENDING: "P",
  DECLINED: "D",
  REFUNDED: "V",
  REVERSED: "V",
};

/** `GET /v1/reporting/transactions?start_date&end_date&page&page_size` */
export function searchTransactions({ request, store }: Call): Answer {
  if (!store.state.maySearch) throw new PaypalError(403, "NOT_AUTHORIZED", "PERMISSION_DENIED");
  const { searchParams } = request.url;
  const [from, to] = ["start_date", "end_date"].map((name) => Date.parse(searchParams.get(name) ?? ""));
  if (from === undefined || to === undefined || !(from <= to) || to - from > LONGEST_MS)
    throw new PaypalError(400, "INVALID_REQUEST", "INVALID_DATE_RANGE");
  const size = Number(searchParams.get("page_size") ?? 100);
  const page = Number(searchParams.get("page") ?? 1);
  const found = store.state.captures.filter(
    ({ createTime }) => from <= Date.parse(createTime) && Date.parse(createTime) <= to,
  );
  return ok({
    transaction_details: found.slice((page - 1) * size, page * size).map((capture) => ({
      transaction_info: {
        transaction_id: capture.id,
        transaction_event_code: capture.subscriptionId === null ? "T0006" : "T0002",
        transaction_initiation_date: capture.createTime,
        transaction_updated_date: capture.updateTime,
        transaction_amount: capture.amount,
        transaction_status: codes[capture.status],
        custom_field: capture.customId ?? undefined,
        invoice_id: capture.invoiceId ?? undefined,
      },
    })),
    total_items: found.length,
    total_pages: Math.max(1, Math.ceil(found.length / size)),
    page,
  });
}

/** `GET /v1/customer/disputes?disputed_transaction_id=…` */
export function listDisputes({ request, store }: Call): Answer {
  const transaction = request.url.searchParams.get("disputed_transaction_id");
  const items = store.state.disputes
    .filter(({ captureId }) => transaction === null || captureId === transaction)
    .map(({ id, status, createTime }) => ({ dispute_id: id, status, create_time: createTime, links: [] }));
  return ok({ items, links: [] });
}
