import { log } from "@/lib/log";
import type { Reference } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import { type NowPayment, nowpaymentsReference, parentOf, toPayment, toPaymentPage } from "./answers";
import { isNotFound, type NowPaymentsClient } from "./client";

const PAGE_SIZE = 500;
const MOST_PAGES = 100;
/** An invoice that was opened in more coins than this is looked at by its first ones. */
const MOST_PAYMENTS = 12;

/** One payment by its id; null: our key opens none of that name. */
export async function getPayment(client: NowPaymentsClient, id: string): Promise<Outcome<NowPayment | null>> {
  const answer = await client.get(`payment/${encodeURIComponent(id)}`);
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const payment = toPayment(answer.value);
  return payment
    ? succeeded(payment)
    : failed("unavailable", "malformed", "a payment was told in no known form");
}

/**
 * Every payment that can be found under the names of one checkout: those of its invoice, where a login allows to
 * list them, those whose ids notices brought, and those to whose address one of them was sent.
 */
export async function findPayments(
  client: NowPaymentsClient,
  references: readonly Reference[],
): Promise<Outcome<readonly NowPayment[]>> {
  const found = new Map<string, NowPayment>();
  const listed = await paymentsOfInvoice(client, valuesOf(references, nowpaymentsReference.invoice));
  if (!listed.ok) return listed;
  for (const payment of listed.value) found.set(payment.payment_id, payment);
  const asked = new Set<string>();
  for (;;) {
    const known = [...found.values()].flatMap((payment) => parentOf(payment) ?? []);
    const next = [...valuesOf(references, nowpaymentsReference.payment), ...known].find(
      (id) => !found.has(id) && !asked.has(id),
    );
    if (next === undefined || asked.size >= MOST_PAYMENTS) return succeeded([...found.values()]);
    asked.add(next);
    const payment = await getPayment(client, next);
    if (!payment.ok) return payment;
    if (payment.value) found.set(payment.value.payment_id, payment.value);
  }
}

/** Every payment created between two instants. */
export async function listPayments(
  list: NonNullable<NowPaymentsClient["list"]>,
  query: Readonly<Record<string, string>>,
): Promise<Outcome<readonly NowPayment[]>> {
  const payments = new Map<string, NowPayment>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await list(
      new URLSearchParams({ limit: String(PAGE_SIZE), page: String(page), ...query }),
    );
    if (!answer.ok) return answer;
    const read = toPaymentPage(answer.value);
    if (!read) return failed("unavailable", "malformed", "the list of payments has no known form");
    for (const payment of read.payments) payments.set(payment.payment_id, payment);
    const isLast = read.pages === null ? read.payments.length < PAGE_SIZE : page + 1 >= read.pages;
    if (isLast || read.payments.length === 0) return succeeded([...payments.values()]);
  }
  return failed("unavailable", "too-many", `more than ${MOST_PAGES * PAGE_SIZE} payments`);
}

async function paymentsOfInvoice(
  client: NowPaymentsClient,
  [invoice]: readonly string[],
): Promise<Outcome<readonly NowPayment[]>> {
  if (invoice === undefined || !client.list) return succeeded([]);
  const listed = await listPayments(client.list, { invoiceId: invoice });
  if (listed.ok || listed.failure.kind !== "auth") return listed;
  // A login that stopped working must not keep us from asking about payments that we know by their ids.
  log.error({ gateway: "nowpayments", failure: listed.failure }, "payments cannot be listed with this login");
  return succeeded([]);
}

function valuesOf(references: readonly Reference[], kind: string): string[] {
  return references.filter((reference) => reference.kind === kind).map(({ value }) => value);
}
