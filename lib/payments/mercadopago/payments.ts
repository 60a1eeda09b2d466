import {
  Chargeback,
  Invoice,
  Payment as Payments,
  PreApproval,
  Preference as Preferences,
} from "mercadopago";
import { z } from "zod";
import { log } from "@/lib/log";
import type { PaymentState, Reference } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import type { OwnAccount } from "./account";
import { isMissing, isNotFound, type LibraryCall, type MercadoPagoClient } from "./client";
import {
  chooseFrom,
  isKnownStatus,
  isOpen,
  mercadoPagoReference,
  type Payment,
  type Preference,
  repeatsOf,
  takenOf,
  toOpenState,
  toPage,
  toPayment,
  toPaymentState,
  toPreference,
} from "./map";

const PAGE = 50;
/** Mercado Pago lists no further than this. */
const MOST_LISTED = 10_000;
const OVER = new Set(["failed", "cancelled", "expired"]);

/** What the questions need: transport, and whose account it is. */
export interface Asking {
  readonly client: MercadoPagoClient;
  readonly account: OwnAccount;
  now(): Date;
}

/**
 * The state of one payment of ours: of the tries that payers made of its preference, the one that speaks for
 * all (`chooseFrom`). A try that was refused does not end it: the page offers another card, and money that came
 * after "failed" would be held for review. So it stays pending while the page is open, and is over afterwards.
 */
export async function fetchStatus(
  asking: Asking,
  references: readonly Reference[],
): Promise<Outcome<PaymentState | null>> {
  const found = await findPayments(asking.client, references);
  if (!found.ok) return found;
  const chosen = chooseFrom(found.value.payments);
  if (!chosen) {
    const preference = await preferenceOf(asking.client, references, found.value.preference);
    return preference.ok
      ? succeeded(preference.value && toOpenState(preference.value, asking.now()))
      : preference;
  }
  const told = await toStates(asking, [chosen]);
  if (!told.ok) return told;
  const [single] = told.value;
  if (!single) return succeeded(null);
  const state = amongTries(single, chosen, found.value.payments);
  if (!OVER.has(state.normalized)) return succeeded(state);
  const preference = await preferenceOf(asking.client, references, found.value.preference);
  if (!preference.ok && !isMissing(preference.failure)) return preference;
  const mayTryAgain = preference.ok && preference.value !== null && isOpen(preference.value, asking.now());
  return succeeded(mayTryAgain ? { ...state, normalized: "pending" } : state);
}

/**
 * What one try says for all of them: every whole payment besides it was paid twice, more than the price, which people
 * give back. One try's time orders its own changes; of several, one that is known later may have changed earlier.
 */
function amongTries(state: PaymentState, chosen: Payment, tries: readonly Payment[]): PaymentState {
  if (tries.length === 1) return state;
  const repeats = state.amountPaidMinor === null ? [] : repeatsOf(chosen, tries);
  if (repeats.length === 0) return { ...state, updatedAt: null };
  const more = repeats.map(takenOf).reduce<number | null>(sumOf, state.amountPaidMinor);
  return { ...state, updatedAt: null, amountPaidMinor: more, reason: `paid ${repeats.length + 1} times` };
}

const sumOf = (one: number | null, other: number | null) =>
  one === null || other === null ? null : one + other;

/** Payments as the port tells them, judged by whose account they were made to. */
export async function toStates(
  { account }: Pick<Asking, "account">,
  payments: readonly Payment[],
): Promise<Outcome<PaymentState[]>> {
  const own = await account.judging(payments);
  if (!own.ok) return own;
  for (const { status } of payments) {
    if (!isKnownStatus(status))
      log.warn({ gateway: "mercadopago", status }, "an unknown status counts as pending");
  }
  return succeeded(payments.map((payment) => toPaymentState(payment, own.value)));
}

interface Found {
  readonly payments: readonly Payment[];
  /** Where it had to be asked for on the way. */
  readonly preference?: Preference | null;
}

/**
 * Every payment under the names of one order. Those whose id we know are read themselves: a search may be
 * seconds behind, and is only needed while none of them is money.
 */
export async function findPayments(
  client: MercadoPagoClient,
  references: readonly Reference[],
): Promise<Outcome<Found>> {
  const known: Payment[] = [];
  for (const id of valuesOf(references, mercadoPagoReference.payment)) {
    const payment = await getPayment(client, id);
    if (!payment.ok) return payment;
    if (payment.value) known.push(payment.value);
  }
  const [order] = valuesOf(references, mercadoPagoReference.order);
  if (known.some(({ status }) => isMoney(status))) return succeeded({ payments: known });
  if (order !== undefined) return searched(client, order, known);
  const preference = await preferenceOf(client, references);
  if (!preference.ok) return preference;
  const reference = preference.value?.external_reference;
  if (!reference) return succeeded({ payments: known, preference: preference.value });
  const found = await searched(client, reference, known);
  return found.ok ? succeeded({ ...found.value, preference: preference.value }) : found;
}

async function searched(
  client: MercadoPagoClient,
  reference: string,
  known: readonly Payment[],
): Promise<Outcome<Found>> {
  const options = {
    external_reference: reference,
    sort: "date_last_updated",
    criteria: "desc",
    limit: PAGE,
  } as const;
  const found = await pageOf(client, (config) => new Payments(config).search({ options }));
  if (!found.ok) return found;
  const ids = new Set(known.map(({ id }) => id));
  return succeeded({ payments: [...known, ...found.value.payments.filter(({ id }) => !ids.has(id))] });
}

/** What became of every order that was paid for between two instants, page by page: one state for all tries of each. */
export async function listPayments(
  asking: Asking,
  from: Date,
  to: Date,
): Promise<Outcome<readonly PaymentState[]>> {
  const payments = new Map<string, Payment>();
  for (let offset = 0; offset < MOST_LISTED; offset += PAGE) {
    const options = {
      range: "date_created",
      begin_date: from.toISOString(),
      end_date: to.toISOString(),
      sort: "date_created",
      criteria: "asc",
      limit: PAGE,
      offset,
    } as const;
    const found = await pageOf(asking.client, (config) => new Payments(config).search({ options }));
    if (!found.ok) return found;
    for (const payment of found.value.payments) payments.set(payment.id, payment);
    if (found.value.payments.length === 0 || offset + PAGE >= found.value.total)
      return statesOfOrders(asking, [...payments.values()]);
  }
  return failed("unsupported", "too-many", `more than ${MOST_LISTED} payments between the two instants`);
}

async function statesOfOrders(
  asking: Asking,
  payments: readonly Payment[],
): Promise<Outcome<readonly PaymentState[]>> {
  const orders = Map.groupBy(
    payments,
    ({ external_reference, id }) => external_reference ?? `no order: ${id}`,
  );
  const tries = [...orders.values()].map((all) => ({ all, chosen: chooseFrom(all) }));
  const told = await toStates(
    asking,
    tries.flatMap(({ chosen }) => chosen ?? []),
  );
  if (!told.ok) return told;
  return succeeded(
    tries.flatMap(({ all, chosen }, index) => {
      const state = told.value[index];
      return chosen && state ? [{ ...amongTries(state, chosen, all), updatedAt: state.updatedAt }] : [];
    }),
  );
}

async function pageOf(
  client: MercadoPagoClient,
  call: LibraryCall,
): Promise<Outcome<{ readonly payments: readonly Payment[]; readonly total: number }>> {
  const answer = await client.ask(call);
  if (!answer.ok) return answer;
  const page = toPage(answer.value);
  const payments = page?.items.map(toPayment) ?? [null];
  // One that cannot be read might be the one that was paid.
  if (!page || payments.includes(null))
    return failed("unavailable", "malformed", "payments/search answered in no known form");
  return succeeded({ payments: payments.filter((payment) => payment !== null), total: page.total });
}

/** One payment by its id; null when there is none. */
export async function getPayment(client: MercadoPagoClient, id: string): Promise<Outcome<Payment | null>> {
  const answer = await client.ask((config) => new Payments(config).get({ id }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const payment = toPayment(answer.value);
  return payment
    ? succeeded(payment)
    : failed("unavailable", "malformed", "the payment came in no known form");
}

async function preferenceOf(
  client: MercadoPagoClient,
  references: readonly Reference[],
  known?: Preference | null,
): Promise<Outcome<Preference | null>> {
  const [preferenceId] = valuesOf(references, mercadoPagoReference.preference);
  if (known !== undefined || preferenceId === undefined) return succeeded(known ?? null);
  const answer = await client.ask((config) => new Preferences(config).get({ preferenceId }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const preference = toPreference(answer.value);
  return preference
    ? succeeded(preference)
    : failed("unavailable", "malformed", "the preference came in no known form");
}

const text = z.union([z.string().min(1), z.number()]).transform(String);
/** What a thing says of the thing above it. */
const owned = z.object({
  external_reference: text.nullish().catch(null),
  preapproval_id: text.nullish(),
  payment_id: text.nullish(),
});

/** Asks the thing that a notice names for the name above it: ours, or one that we keep. */
export async function identify(
  client: MercadoPagoClient,
  { kind, value: id }: Reference,
): Promise<Outcome<Reference | null>> {
  const calls: Readonly<Record<string, LibraryCall>> = {
    [mercadoPagoReference.payment]: (config) => new Payments(config).get({ id }),
    [mercadoPagoReference.preapproval]: (config) => new PreApproval(config).get({ id }),
    [mercadoPagoReference.authorizedPayment]: (config) => new Invoice(config).get({ id }),
    [mercadoPagoReference.chargeback]: (config) => new Chargeback(config).get({ id }),
  };
  const call = Object.hasOwn(calls, kind) ? calls[kind] : undefined;
  if (!call) return succeeded(null);
  const answer = await client.ask(call);
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const above = owned.safeParse(answer.value).data;
  if (!above) return failed("unavailable", "malformed", `${kind} came in no known form`);
  if (kind === mercadoPagoReference.authorizedPayment)
    return succeeded(nameOf(mercadoPagoReference.preapproval, above.preapproval_id));
  if (kind === mercadoPagoReference.chargeback)
    return above.payment_id
      ? identify(client, { kind: mercadoPagoReference.payment, value: above.payment_id })
      : succeeded(null);
  return succeeded(nameOf(mercadoPagoReference.order, above.external_reference));
}

function nameOf(kind: string, value: string | null | undefined): Reference | null {
  return value ? { kind, value } : null;
}

function isMoney(status: string): boolean {
  return ["approved", "refunded", "in_mediation", "charged_back"].includes(status);
}

/** Values of one kind of name, in their order. */
export function valuesOf(references: readonly Reference[], kind: string): string[] {
  return references.filter((reference) => reference.kind === kind).map(({ value }) => value);
}
