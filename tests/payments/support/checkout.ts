import { randomUUID } from "node:crypto";
import type { NewPayment } from "@/lib/payments";
import { type OpenedPayment, openPayment, processNotices } from "@/lib/payments";
import { type Caller, callerWith } from "@/lib/security/session";
import { database } from "@/tests/support/database";
import type { FlowInHand } from "./flow";
import { claimsOf, row, type Shop } from "./shops";

export const APP_URL = "http://127.0.0.1:9";

/** A shop's owner, as a route hands them to the payment verbs. */
export function ownerOf(shop: Shop): Caller {
  return callerWith(claimsOf(shop), null);
}

/** Opens a payment as the shop's owner. */
export function open(
  flow: FlowInHand,
  shop: Shop,
  input: Partial<NewPayment> = {},
  key: string = randomUUID(),
): Promise<OpenedPayment> {
  return openPayment(ownerOf(shop), { gateway: "flow", tier: "pro", interval: "month", ...input }, key, {
    gateways: flow.gateways,
    appUrl: APP_URL,
    language: "es",
    subject: ({ tier }) => `Opttius ${tier}`,
  });
}

/** The token in a checkout's address. */
export function tokenOf(opened: OpenedPayment): string {
  return new URL(opened.redirectUrl).searchParams.get("token") ?? "";
}

/** Puts a notice into the inbox, as the webhook does. */
export async function notify(token: string): Promise<void> {
  await database().owner.query(
    "insert into private.webhook_events (gateway, kind, reference_kind, reference, verified_by) values ('flow', 'unknown', 'token', $1, 'hint')",
    [token],
  );
}

/** Works the inbox until nothing is due. */
export async function workInbox(flow: FlowInHand, worker: string = randomUUID()): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await processNotices({ gateways: flow.gateways, name: worker });
    if (done === 0) return total;
    total += done;
  }
}

/** Opens a payment, pays it at Flow, and lets the worker hear of it. */
export async function pay(flow: FlowInHand, shop: Shop, input: Partial<NewPayment> = {}): Promise<string> {
  const opened = await open(flow, shop, input);
  await flow.decide(tokenOf(opened), { status: 2 });
  await notify(tokenOf(opened));
  await workInbox(flow);
  return opened.paymentId;
}

export interface PaymentRow {
  status: string;
  amount: number;
  refunded_amount: number;
  reason: string | null;
  redirect_url: string | null;
}

export function paymentOf(id: string): Promise<PaymentRow> {
  return row(
    "select status, amount, refunded_amount, reason, redirect_url from public.payments where id = $1",
    [id],
  );
}

export interface SubscriptionRow {
  status: string;
  tier_code: string;
  billing_interval: string;
  current_period_start: Date | null;
  current_period_end: Date | null;
}

export function subscriptionOf(shop: Shop): Promise<SubscriptionRow> {
  return row(
    "select status, tier_code, billing_interval, current_period_start, current_period_end from public.subscriptions where organization_id = $1 and status <> 'cancelled'",
    [shop.id],
  );
}

/** The kinds of the mails that a shop was sent about its payments, in order. */
export async function mailsOf(shop: Shop): Promise<string[]> {
  const { rows } = await database().owner.query<{ kind: string }>(
    "select payload ->> 'kind' as kind from private.outbox where name = 'mail.payment' and payload ->> 'organizationId' = $1 order by id",
    [shop.id],
  );
  return rows.map(({ kind }) => kind);
}
