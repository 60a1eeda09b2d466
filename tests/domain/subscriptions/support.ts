import { randomUUID } from "node:crypto";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { advanceOrganization } from "@/lib/subscriptions";
import { ownerOf } from "@/tests/payments/support/checkout";
import { row, type Shop } from "@/tests/payments/support/shops";
import { database } from "@/tests/support/database";

export type Reported =
  | "pending"
  | "processing"
  | "succeeded"
  | "failed"
  | "partially_refunded"
  | "refunded"
  | "disputed";

interface Order {
  readonly tier?: string;
  readonly interval?: "month" | "year";
  readonly currency?: string;
  readonly coupon?: string | null;
}

/** Opens a payment as the shop's owner, up to the page of a gateway that nobody visits. Returns its id and amount. */
export async function open(shop: Shop, order: Order = {}): Promise<{ id: string; amount: number }> {
  const { tier = "pro", interval = "month", currency = "CLP", coupon = null } = order;
  const opened = await ownerOf(shop).transaction(async (db) => {
    const { rows } = await sql<{ id: string; amount: number }>`
      select id, amount from private.open_payment(${randomUUID()}, 'flow', ${currency}, ${tier}, ${interval}, '', 'es', ${coupon})`.execute(
      db,
    );
    return rows[0];
  });
  if (!opened) throw new Error("nothing was opened");
  await database().owner.query(
    "update public.payments set status = 'pending' where id = $1 and status = 'creating'",
    [opened.id],
  );
  return opened;
}

/** What the gateway says of a payment when asked, applied as the worker applies it. */
export async function tell(shop: Shop, payment: string, normalized: Reported): Promise<string> {
  const { amount, currency, reference } = await row<{ amount: number; currency: string; reference: string }>(
    "select p.amount, p.currency, r.reference from public.payments p join private.payment_references r on r.payment_id = p.id and r.kind = 'order' where p.id = $1",
    [payment],
  );
  const state = {
    normalized,
    rawStatus: normalized,
    reference,
    currency,
    amountExpectedMinor: amount,
    amountPaidMinor: amount,
    amountRefundedMinor: normalized === "refunded" ? amount : normalized === "partially_refunded" ? 1_000 : 0,
    underpaid: false,
    reason: null,
    updatedAt: null,
    objection: null,
    references: [],
  };
  const { verdict } = await row<{ verdict: string }>(
    "select private.apply_payment_state($1, $2, $3, now(), '{}') ->> 'verdict' as verdict",
    [shop.id, payment, JSON.stringify(state)],
  );
  return verdict;
}

/** Buys a period and pays it; what credit or a coupon covers is paid with that. */
export async function buy(shop: Shop, order: Order = {}): Promise<{ id: string; amount: number }> {
  const opened = await open(shop, order);
  if (opened.amount > 0) await tell(shop, opened.id, "succeeded");
  return opened;
}

/** Gives a shop a clock that stands at a moment, or plays it up to a later one. */
export async function clockAt(shop: Shop, at: Date): Promise<{ moved: number; held: boolean }> {
  const { owner } = database();
  const known = await owner.query("select from private.test_clocks where organization_id = $1", [shop.id]);
  await owner.query(
    known.rowCount
      ? "update private.test_clocks set target = $2 where organization_id = $1"
      : "insert into private.test_clocks (organization_id, at, target) values ($1, $2, $2)",
    [shop.id, at],
  );
  return advanceOrganization(asService, shop.id);
}

/** As if the gateways had been asked about everything just now. */
export async function allAsked(shop: Shop): Promise<void> {
  await database().owner.query("update public.payments set checked_at = now() where organization_id = $1", [
    shop.id,
  ]);
}

export interface State {
  status: string;
  tier_code: string;
  billing_interval: string;
  current_period_start: Date | null;
  current_period_end: Date | null;
  cancel_at_period_end: boolean;
  held_because: string | null;
}

export function stateOf(shop: Shop): Promise<State> {
  return row(
    `select status, tier_code, billing_interval, current_period_start, current_period_end, cancel_at_period_end, held_because
     from public.subscriptions where organization_id = $1 order by (status <> 'cancelled') desc, created_at desc limit 1`,
    [shop.id],
  );
}

export interface InvoiceRow {
  number: number;
  status: string;
  period_start: Date;
  period_end: Date;
  total: number;
  currency: string;
  lines: { kind: string; amount: number }[];
}

export async function invoicesOf(shop: Shop): Promise<InvoiceRow[]> {
  const { rows } = await database().owner.query<InvoiceRow>(
    "select number, status, period_start, period_end, total, currency, lines from public.invoices where organization_id = $1 order by number",
    [shop.id],
  );
  return rows;
}

/** The kinds of mails about the subscription, in the order in which they were written. */
export async function lifeMailsOf(shop: Shop): Promise<string[]> {
  const { rows } = await database().owner.query<{ kind: string }>(
    "select payload ->> 'kind' as kind from private.outbox where name = 'mail.subscription' and payload ->> 'organizationId' = $1 order by id",
    [shop.id],
  );
  return rows.map(({ kind }) => kind);
}

export async function creditOf(shop: Shop, currency = "CLP"): Promise<number> {
  const { rows } = await database().owner.query<{ balance: number }>(
    "select balance from private.account_credits where organization_id = $1 and currency = $2",
    [shop.id, currency],
  );
  return rows[0]?.balance ?? 0;
}
