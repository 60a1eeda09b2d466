import { createHash } from "node:crypto";
import type { ClientBase } from "pg";
import type { AuditEntry } from "./audit";
import words from "./data/words.json";
import { insertRows, type Row } from "./insert-rows";
import { at, type Random } from "./random";
import type { Author } from "./stock";

export type Tier = "basic" | "pro" | "premium";
export type State = "trialing" | "active" | "past_due" | "expired" | "cancelled" | "suspended";

export interface SubscriptionPlan {
  readonly organization: string;
  readonly owner: Author & { readonly email: string };
  readonly tier: Tier;
  readonly state: State;
  readonly signedUpAt: Date;
  readonly now: Date;
}

interface Period {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const TRIAL_MS = 14 * 86_400_000;
const HOUR_MS = 3_600_000;
const prices: Record<Tier, number> = { basic: 49_000, pro: 99_000, premium: 299_000 };

/** Opens the subscription with room for branches, people and records; its past is written by `writeBilling`. */
export async function openSubscription(
  client: ClientBase,
  random: Random,
  plan: SubscriptionPlan,
): Promise<string> {
  const id = random.uuid();
  const row = { organization_id: plan.organization, id, tier_code: plan.tier, tier_version: 1 };
  await insertRows(client, "subscriptions", [
    { ...row, status: "pending_payment", created_at: plan.signedUpAt },
  ]);
  await client.query("select private.apply_limits($1)", [plan.organization]);
  return id;
}

/** Writes what was paid since the trial ended, month by month, and the state to which that led. */
export async function writeBilling(
  client: ClientBase,
  random: Random,
  plan: SubscriptionPlan,
  subscription: string,
): Promise<AuditEntry[]> {
  const trialEndsAt = new Date(plan.signedUpAt.getTime() + TRIAL_MS);
  const periods = plan.state === "trialing" || plan.state === "expired" ? [] : paidPeriods(plan, trialEndsAt);
  const payments = periods.map((period) => paymentOf(random, plan, period));
  await insertRows(client, "payments", payments);
  await insertRows(
    client,
    "private.payment_references",
    payments.map((payment) => referenceOf(random, payment)),
  );
  await insertRows(
    client,
    "private.payment_ledger",
    periods.map((period, index) => ledgerOf(plan, subscription, at(payments, index).id, period, trialEndsAt)),
  );
  // Posted as real payments are, on the day when they were paid: the console's revenue comes from here.
  await client.query(
    `select private.post_payment(p, 'gateway:' || p.gateway, p.paid_at) from public.payments p
     where p.organization_id = $1 and p.status = 'succeeded' order by p.paid_at`,
    [plan.organization],
  );
  await insertRows(
    client,
    "invoices",
    periods.map((period, index) => invoiceOf(plan, subscription, at(payments, index), period, index)),
  );
  if (periods.length > 0)
    await insertRows(client, "private.invoice_heads", [
      { organization_id: plan.organization, last_number: periods.length },
    ]);
  const last = periods.at(-1);
  await client.query(
    `update public.subscriptions set status = $3, trial_ends_at = $4, current_period_start = $5, current_period_end = $6, updated_at = $7
     where organization_id = $1 and id = $2`,
    [
      plan.organization,
      subscription,
      plan.state,
      trialEndsAt,
      last?.startsAt ?? null,
      last?.endsAt ?? null,
      last?.startsAt ?? trialEndsAt,
    ],
  );
  if (plan.state === "suspended") {
    await client.query(
      "update public.organizations set status = 'suspended', status_reason = $2, status_changed_at = $3 where id = $1",
      [plan.organization, words.suspension, new Date(plan.now.getTime() - 9 * 86_400_000)],
    );
  }
  return trail(plan, subscription, periods);
}

/** Months that were paid for: all of them for a shop in good standing, none of the last ones for the others. */
function paidPeriods({ state, now }: SubscriptionPlan, trialEndsAt: Date): Period[] {
  const periods: Period[] = [];
  for (let month = 0; monthsAfter(trialEndsAt, month) <= now; month += 1) {
    periods.push({ startsAt: monthsAfter(trialEndsAt, month), endsAt: monthsAfter(trialEndsAt, month + 1) });
  }
  const unpaid = { trialing: 0, active: 0, expired: 0, past_due: 1, suspended: 2, cancelled: 2 }[state];
  return periods.slice(0, Math.max(1, periods.length - unpaid));
}

/** The same day of a later month, or its last day, in UTC, as `private.next_period_end` counts. */
function monthsAfter(anchor: Date, months: number): Date {
  const month = anchor.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(anchor.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = new Date(anchor);
  moved.setUTCFullYear(anchor.getUTCFullYear(), month, Math.min(anchor.getUTCDate(), lastDay));
  return moved;
}

function paymentOf(
  random: Random,
  { organization, owner, tier, now }: SubscriptionPlan,
  { startsAt }: Period,
) {
  const id = random.uuid();
  const createdAt = new Date(
    Math.min(startsAt.getTime() - random.integer(1, 30) * HOUR_MS, now.getTime() - HOUR_MS),
  );
  const paidAt = new Date(createdAt.getTime() + random.integer(40, 400) * 1_000);
  return {
    organization_id: organization,
    id,
    gateway: "flow",
    status: "succeeded",
    amount: prices[tier],
    currency: "CLP",
    refunded_amount: 0,
    tier_code: tier,
    tier_version: 1,
    billing_interval: "month",
    expires_at: new Date(createdAt.getTime() + 24 * HOUR_MS),
    paid_at: paidAt,
    idempotency_key: `demo-${id}`,
    request_hash: createHash("sha256").update(id).digest("hex"),
    payer_email: owner.email,
    language: "es",
    gateway_status: "2",
    gateway_updated_at: paidAt,
    created_by: owner.userId,
    created_at: createdAt,
    updated_at: paidAt,
  } satisfies Row<"payments">;
}

function referenceOf(random: Random, payment: { organization_id: string; id: string; created_at: Date }) {
  return {
    gateway: "flow",
    reference: random.uuid().replaceAll("-", ""),
    kind: "order",
    organization_id: payment.organization_id,
    payment_id: payment.id,
    refund_id: null,
    created_at: payment.created_at,
  };
}

function invoiceOf(
  plan: SubscriptionPlan,
  subscription: string,
  payment: { readonly id: string; readonly amount: number; readonly paid_at: Date },
  { startsAt, endsAt }: Period,
  index: number,
) {
  return {
    organization_id: plan.organization,
    number: index + 1,
    subscription_id: subscription,
    payment_id: payment.id,
    status: "paid",
    tier_code: plan.tier,
    tier_version: 1,
    billing_interval: "month",
    period_start: startsAt,
    period_end: endsAt,
    currency: "CLP",
    lines: [{ kind: "price", amount: payment.amount }],
    total: payment.amount,
    tax: payment.amount - Math.floor((payment.amount * 200 + 119) / 238), // as private.net_of rounds
    issued_at: payment.paid_at,
    paid_at: payment.paid_at,
  };
}

function ledgerOf(
  plan: SubscriptionPlan,
  subscription: string,
  payment: string,
  { startsAt, endsAt }: Period,
  anchorAt: Date,
) {
  return {
    organization_id: plan.organization,
    payment_id: payment,
    effect_kind: "activated",
    subscription_id: subscription,
    tier_code: plan.tier,
    tier_version: 1,
    billing_interval: "month",
    period_start: startsAt,
    period_end: endsAt,
    anchor_at: anchorAt,
    at: startsAt,
  };
}

function trail(
  { organization, owner, state, signedUpAt, now }: SubscriptionPlan,
  subscription: string,
  periods: readonly Period[],
) {
  const billing = { userId: null, name: "billing" };
  const about = {
    objectType: "subscriptions",
    objectId: subscription,
    via: "system",
    actor: billing,
  } as const;
  const entries: AuditEntry[] = [
    {
      at: signedUpAt,
      actor: owner,
      action: "organization.signed_up",
      objectType: "organizations",
      objectId: organization,
      changes: { trial: true },
    },
    ...periods.map(({ startsAt, endsAt }) => ({
      ...about,
      at: startsAt,
      action: "subscription.activated",
      changes: { periodStart: startsAt, periodEnd: endsAt },
    })),
  ];
  if (state === "suspended") {
    entries.push({
      at: new Date(now.getTime() - 9 * 86_400_000),
      actor: { userId: null, name: "Opttius" },
      via: "console",
      action: "organization.suspended",
      objectType: "organizations",
      objectId: organization,
      reason: words.suspension,
    });
  }
  return entries;
}
