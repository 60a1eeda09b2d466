import { Invoice, PreApproval } from "mercadopago";
import { z } from "zod";
import { log } from "@/lib/log";
import { exponentOf, toMinorUnits } from "../decimal";
import type {
  AutoRenewalRequest,
  AutoRenewalState,
  Checkout,
  Money,
  NativeSubscriptions,
  PaymentState,
  Reference,
} from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import { isNotFound } from "./client";
import { mercadoPagoReference, type Payment, toPage } from "./map";
import { type Asking, getPayment, toStates, valuesOf } from "./payments";

const PAGE = 50;
/** How long we offer the page on which the payer agrees. */
const PAGE_HOURS = 24;

/** `pending` is not active: the payer has not agreed yet. `cancelled` is final. */
const statuses: Readonly<Record<string, AutoRenewalState["normalized"]>> = {
  pending: "pending",
  authorized: "active",
  paused: "paused",
  cancelled: "cancelled",
};

const text = z.union([z.string().min(1), z.number()]).transform(String);
const preapproval = z.object({
  id: text,
  status: z.string(),
  external_reference: text.nullish().catch(null),
  init_point: z.url({ protocol: /^https?$/ }).nullish(),
  payment_method_id: text.nullish().catch(null),
  next_payment_date: z.string().nullish(),
  auto_recurring: z
    .object({
      transaction_amount: z.union([z.string(), z.number()]).nullish(),
      currency_id: z.string().nullish(),
    })
    .nullish(),
});
type Preapproval = z.infer<typeof preapproval>;

const charge = z.object({
  id: text,
  external_reference: text.nullish().catch(null),
  date_created: z.string().nullish(),
  debit_date: z.string().nullish(),
  payment: z.object({ id: text.nullish() }).nullish(),
});
type Charge = z.infer<typeof charge>;

/**
 * Renewals by `preapproval` without a plan and without a card: Mercado Pago's page asks the payer for one.
 *
 * @param refusalOf why an amount cannot be taken, before any call; null: it can
 */
export function createSubscriptions(
  asking: Asking,
  refusalOf: (money: Money) => Outcome<never> | null,
): NativeSubscriptions {
  return {
    setup: async (request) => refusalOf(request.money) ?? setup(asking, request),
    // The payer agrees on the page, and nothing is left for us to do: what became of it is a question.
    complete: (request, references) =>
      fetchState(asking, [...references, { kind: mercadoPagoReference.order, value: request.reference }]),
    fetchStatus: (references) => fetchState(asking, references),
    changePrice: async (references, money) => {
      const refusal = refusalOf(money);
      if (refusal) return refusal;
      const changed = await update(asking, references, {
        auto_recurring: { transaction_amount: money.amountMinor, currency_id: money.currency },
      });
      return changed.ok ? succeeded({ state: changed.value, redirect: null }) : changed;
    },
    // Mercado Pago charges ahead, so ending it now and at the period's end are the same: no further charge.
    cancel: (references) => update(asking, references, { status: "cancelled" }),
    listCharges: (references, since) => listCharges(asking, references, since),
  };
}

async function setup(asking: Asking, request: AutoRenewalRequest): Promise<Outcome<Checkout>> {
  // No idempotency is documented: one whose answer was lost is found by our reference and used again.
  const earlier = await search(asking, request.reference);
  if (!earlier.ok) return earlier;
  if (earlier.value?.init_point && earlier.value.status === "pending")
    return succeeded(toCheckout(asking, earlier.value, earlier.value.init_point));
  const body = {
    reason: request.subject,
    external_reference: request.reference,
    payer_email: request.payer.email,
    back_url: request.returnUrl,
    notification_url: `${request.notifyUrl}?source_news=webhooks`,
    status: "pending",
    auto_recurring: {
      frequency: request.interval === "year" ? 12 : 1,
      frequency_type: "months",
      transaction_amount: request.money.amountMinor, // whole pesos
      currency_id: request.money.currency,
      ...(request.firstChargeAt ? { start_date: request.firstChargeAt.toISOString() } : {}),
    },
  };
  const answer = await asking.client.order("checkout", (config) => new PreApproval(config).create({ body }), {
    key: request.idempotencyKey,
    honoured: false,
  });
  if (!answer.ok) return answer;
  const made = preapproval.safeParse(answer.value).data;
  return made?.init_point
    ? succeeded(toCheckout(asking, made, made.init_point))
    : failed("unknown-outcome", "malformed", "preapproval answered in no known form");
}

/** The page has no end of its own: it closes when the preapproval is cancelled. */
function toCheckout(asking: Asking, { id }: Preapproval, url: string): Checkout {
  return {
    redirect: { url, method: "GET" },
    gatewayRef: { kind: mercadoPagoReference.preapproval, value: id },
    secondaryRefs: [],
    expiresAt: new Date(asking.now().getTime() + PAGE_HOURS * 3_600_000),
  };
}

async function fetchState(
  asking: Asking,
  references: readonly Reference[],
): Promise<Outcome<AutoRenewalState | null>> {
  const found = await find(asking, references);
  return found.ok ? succeeded(found.value && toState(found.value)) : found;
}

async function find(asking: Asking, references: readonly Reference[]): Promise<Outcome<Preapproval | null>> {
  const [id] = valuesOf(references, mercadoPagoReference.preapproval);
  const [order] = valuesOf(references, mercadoPagoReference.order);
  if (id === undefined) return order === undefined ? succeeded(null) : search(asking, order);
  const answer = await asking.client.ask((config) => new PreApproval(config).get({ id }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const found = preapproval.safeParse(answer.value).data;
  return found
    ? succeeded(found)
    : failed("unavailable", "malformed", "the preapproval came in no known form");
}

/** The latest under our reference that was not cancelled, else the latest. Others' are left out, whatever is listed. */
async function search(asking: Asking, reference: string): Promise<Outcome<Preapproval | null>> {
  const options = { external_reference: reference, limit: PAGE, offset: 0, sort: "date_created:desc" };
  const answer = await asking.client.ask((config) => new PreApproval(config).search({ options }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const page = toPage(answer.value);
  if (!page) return failed("unavailable", "malformed", "preapproval/search answered in no known form");
  const own = page.items
    .flatMap((item) => preapproval.safeParse(item).data ?? [])
    .filter(({ external_reference }) => external_reference === reference);
  return succeeded(own.find(({ status }) => status !== "cancelled") ?? own[0] ?? null);
}

async function update(
  asking: Asking,
  references: readonly Reference[],
  body: { status: string } | { auto_recurring: { transaction_amount: number; currency_id: string } },
): Promise<Outcome<AutoRenewalState>> {
  const found = await find(asking, references);
  if (!found.ok) return found;
  if (!found.value) return failed("invalid", "404", "there is no such preapproval");
  const { id } = found.value;
  const answer = await asking.client.order("checkout", (config) =>
    new PreApproval(config).update({ id, body }),
  );
  if (!answer.ok) return answer;
  const changed = preapproval.safeParse(answer.value).data;
  return changed
    ? succeeded(toState(changed))
    : failed("unknown-outcome", "malformed", "preapproval answered in no known form");
}

/** Charges that reached a card; one that is only due has no payment yet, and one tried again has another. */
async function listCharges(
  asking: Asking,
  references: readonly Reference[],
  since: Date,
): Promise<Outcome<readonly PaymentState[]>> {
  const found = await find(asking, references);
  if (!found.ok) return found;
  if (!found.value) return succeeded([]);
  const charges = await chargesOf(asking, found.value.id);
  if (!charges.ok) return charges;
  const payments: Payment[] = [];
  for (const one of charges.value) {
    const id = one.payment?.id;
    if (id == null || isBefore(one, since)) continue;
    const payment = await getPayment(asking.client, id);
    if (!payment.ok) return payment;
    if (!payment.value) return failed("unavailable", "404", "a charge names a payment that is not there yet");
    const reference = payment.value.external_reference ?? one.external_reference ?? null;
    payments.push({ ...payment.value, external_reference: reference });
  }
  return toStates(asking, payments);
}

async function chargesOf(asking: Asking, preapprovalId: string): Promise<Outcome<readonly Charge[]>> {
  const charges: Charge[] = [];
  for (;;) {
    const options = { preapproval_id: preapprovalId, limit: PAGE, offset: charges.length };
    const answer = await asking.client.ask((config) => new Invoice(config).search({ options }));
    if (!answer.ok) return isNotFound(answer.failure) ? succeeded(charges) : answer;
    const page = toPage(answer.value);
    const parsed = page ? z.array(charge).safeParse(page.items).data : null;
    if (!page || !parsed)
      return failed("unavailable", "malformed", "authorized_payments/search answered in no known form");
    charges.push(...parsed);
    if (parsed.length === 0 || charges.length >= page.total) return succeeded(oldestFirst(charges));
  }
}

function oldestFirst(charges: readonly Charge[]): Charge[] {
  return charges.toSorted((one, other) => dateOf(one) - dateOf(other));
}

function isBefore(one: Charge, since: Date): boolean {
  return dateOf(one) < since.getTime();
}

/** When a charge was last due; retries move it. */
function dateOf({ debit_date, date_created }: Charge): number {
  const instant = Date.parse(debit_date ?? date_created ?? "");
  return Number.isNaN(instant) ? Number.POSITIVE_INFINITY : instant;
}

function toState(found: Preapproval): AutoRenewalState {
  const currency = found.auto_recurring?.currency_id ?? null;
  const exponent = exponentOf(currency);
  const next = found.next_payment_date ? new Date(found.next_payment_date) : null;
  if (!Object.hasOwn(statuses, found.status))
    log.warn({ gateway: "mercadopago", status: found.status }, "an unknown status counts as pending");
  return {
    normalized: (Object.hasOwn(statuses, found.status) ? statuses[found.status] : undefined) ?? "pending",
    rawStatus: found.status,
    reference: found.external_reference ?? null,
    amountMinor: exponent === null ? null : toMinorUnits(found.auto_recurring?.transaction_amount, exponent),
    currency,
    nextChargeAt: next && !Number.isNaN(next.getTime()) ? next : null,
    methodLabel: found.payment_method_id ?? null, // the card's digits are kept from us
    objection: null, // a preapproval names no account and no mode; each of its charges does
    references: [{ kind: mercadoPagoReference.preapproval, value: found.id }],
  };
}
