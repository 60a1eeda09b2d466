import { z } from "zod";
import type { PaymentState, ReportedStatus } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import type { PaypalClient } from "./client";
import { dateOf, paypalReference } from "./map";
import { minorOf, paypalMoney } from "./money";

/** PayPal answers for at most 31 days at once. */
const WINDOW_MS = 31 * 86_400_000;
/** Small enough that a page stays below the cap on answers. */
const PAGE_SIZE = 100;

const statuses: Readonly<Record<string, ReportedStatus>> = {
  S: "succeeded",
  P: "processing",
  D: "failed",
  V: "refunded",
};

const page = z.object({
  transaction_details: z
    .array(
      z.object({
        transaction_info: z.object({
          transaction_id: z.string().min(1),
          transaction_event_code: z.string().nullish(),
          transaction_status: z.string(),
          transaction_amount: paypalMoney.nullish(),
          transaction_updated_date: z.string().nullish(),
          custom_field: z.string().nullish(),
        }),
      }),
    )
    .nullish(),
  total_pages: z.number().nullish(),
});
type Transaction = NonNullable<z.infer<typeof page>["transaction_details"]>[number]["transaction_info"];

/**
 * Every payment that reached the account between two instants, from Transaction Search. PayPal lists what it did
 * up to three hours ago, and only for applications that were given the permission: without it, `unsupported`.
 *
 * @see https://developer.paypal.com/docs/api/transaction-search/v1/ (read 2026-11-24)
 */
export async function listPayments(
  client: PaypalClient,
  from: Date,
  to: Date,
): Promise<Outcome<readonly PaymentState[]>> {
  const payments: PaymentState[] = [];
  for (let start = from.getTime(); start < to.getTime(); start += WINDOW_MS) {
    const end = new Date(Math.min(start + WINDOW_MS, to.getTime()));
    const listed = await listWindow(client, new Date(start), end);
    if (!listed.ok) return listed;
    payments.push(...listed.value);
  }
  return succeeded(payments);
}

async function listWindow(client: PaypalClient, start: Date, end: Date): Promise<Outcome<PaymentState[]>> {
  const payments: PaymentState[] = [];
  for (let number = 1; ; number += 1) {
    const answer = await client.viaSdk("state", ({ transactions }) =>
      transactions.searchTransactions({
        startDate: start.toISOString(),
        endDate: end.toISOString(),
        fields: "transaction_info",
        pageSize: PAGE_SIZE,
        page: number,
      }),
    );
    if (!answer.ok) {
      const { kind, code, detail } = answer.failure;
      return kind === "auth" ? failed("unsupported", code, detail) : answer;
    }
    const parsed = page.safeParse(answer.value);
    if (!parsed.success) return failed("unavailable", "malformed", "transactions in no known form");
    const listed = parsed.data.transaction_details ?? [];
    payments.push(
      ...listed
        .map((one) => one.transaction_info)
        .filter(isPayment)
        .map(toState),
    );
    if (number >= (parsed.data.total_pages ?? 1)) return succeeded(payments);
  }
}

/** T00… are payments; refunds (T1107), fees, holds and transfers have codes of their own. */
function isPayment({ transaction_event_code, transaction_amount }: Transaction): boolean {
  return (transaction_event_code ?? "").startsWith("T00") && minorOf(transaction_amount) !== null;
}

function toState(one: Transaction): PaymentState {
  const normalized = statuses[one.transaction_status] ?? "pending";
  const amount = minorOf(one.transaction_amount);
  return {
    normalized,
    rawStatus: one.transaction_status,
    reference: one.custom_field ?? null,
    amountExpectedMinor: amount,
    amountPaidMinor: ["succeeded", "refunded"].includes(normalized) ? amount : 0,
    amountRefundedMinor: normalized === "refunded" ? (amount ?? 0) : 0,
    currency: one.transaction_amount?.currency_code ?? null,
    underpaid: false,
    reason: null,
    updatedAt: dateOf(one.transaction_updated_date),
    objection: null,
    references: [{ kind: paypalReference.capture, value: one.transaction_id }],
  };
}
