import { randomUUID } from "node:crypto";
import { type NewPayment, type OpenedAutoRenewal, openAutoRenewal, receiveWebhook } from "@/lib/payments";
import { database } from "@/tests/support/database";
import { APP_URL, ownerOf, workInbox } from "./checkout";
import type { FlowInHand } from "./flow";
import { row, type Shop } from "./shops";

export interface RenewalRow {
  id: string;
  status: string;
  amount: number;
  tier_code: string;
  next_amount: number | null;
  method_label: string | null;
  next_charge_at: Date | null;
  first_charge_at: Date | null;
  cancel_requested_at: Date | null;
  reason: string | null;
}

/** Opens an automatic renewal as the shop's owner. */
export function openRenewal(
  flow: Pick<FlowInHand, "gateways">,
  shop: Shop,
  input: Partial<NewPayment> = {},
  key: string = randomUUID(),
): Promise<OpenedAutoRenewal> {
  return openAutoRenewal(ownerOf(shop), { gateway: "flow", tier: "pro", interval: "month", ...input }, key, {
    gateways: flow.gateways,
    appUrl: APP_URL,
    language: "es",
    subject: ({ tier }) => `Opttius ${tier}`,
  });
}

/** The token in the address of a setup's page. */
export function registerToken(opened: OpenedAutoRenewal): string {
  return new URL(opened.redirectUrl).searchParams.get("token") ?? "";
}

/** Opens a renewal, registers a card, and lets the worker hear of the return. */
export async function agreedRenewal(
  flow: FlowInHand,
  shop: Shop,
  input: Partial<NewPayment> = {},
): Promise<string> {
  const opened = await openRenewal(flow, shop, input);
  await flow.registerCard(registerToken(opened), true);
  await hear(flow, `token=${registerToken(opened)}`);
  return opened.autoRenewalId;
}

/** A callback as Flow sends it, and the worker after it: some seconds later, as every notice is due. */
export async function hear(flow: FlowInHand, body: string, query = ""): Promise<void> {
  await receive(flow, body, query);
  await database().owner.query(
    "update private.webhook_events set next_attempt_at = now() where status = 'received'",
  );
  await workInbox(flow);
}

/** A callback as Flow sends it; nobody works it yet. */
export function receive(flow: FlowInHand, body: string, query = ""): Promise<void> {
  return receiveWebhook(flow.gateways, "flow", {
    method: "POST",
    url: new URL(`https://shop.test/api/webhooks/flow${query}`),
    headers: new Headers({ "content-type": "application/x-www-form-urlencoded" }),
    rawBody: Buffer.from(body),
    traceId: "trace",
  });
}

export function renewalOf(id: string): Promise<RenewalRow> {
  return row(
    `select id, status, amount, tier_code, next_amount, method_label, next_charge_at, first_charge_at, cancel_requested_at, reason
     from public.auto_renewals where id = $1`,
    [id],
  );
}

interface ChargeRow {
  id: string;
  status: string;
  amount: number;
  tier_code: string;
  reason: string | null;
}

/** What a renewal collected, in order. */
export async function chargesOf(id: string): Promise<ChargeRow[]> {
  const { rows } = await database().owner.query<ChargeRow>(
    "select id, status, amount, tier_code, reason from public.payments where auto_renewal_id = $1 order by created_at, id",
    [id],
  );
  return rows;
}

/** Our reference of a renewal at the gateway. */
export async function referenceOf(id: string): Promise<string> {
  const { reference } = await row<{ reference: string }>(
    "select reference from private.payment_references where auto_renewal_id = $1 and kind = 'order'",
    [id],
  );
  return reference;
}

/** Flow's subscription of a renewal. */
export async function flowSubscription(flow: FlowInHand, id: string) {
  const reference = await referenceOf(id);
  const found = (await flow.state()).flow.subscriptions.filter(({ planId }) =>
    planId.startsWith(`opt-${reference}`),
  );
  const [subscription] = found;
  if (found.length !== 1 || !subscription) throw new Error(`${found.length} subscriptions at Flow`);
  return subscription;
}

/** Lets the next period of a renewal come at Flow, which charges it. Nobody here hears of it yet. */
export async function nextPeriod(flow: FlowInHand, id: string): Promise<void> {
  const { nextInvoice } = await flowSubscription(flow, id);
  await flow.moveClock({ at: `${nextInvoice}T15:00:00Z` });
}
