import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import { type Invoice, readInvoices } from "./invoices";
import { suspendsAt } from "./lifecycle";
import { offered, readPriceList, type Tier } from "./price-list";
import { collecting } from "./schema";

export interface BillingPayment {
  readonly id: string;
  readonly gateway: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly tier: string;
  readonly interval: string;
  readonly createdAt: Date;
  /** Where an open payment goes on, until it expires; null for every other. */
  readonly continueUrl: string | null;
  /** It bought another plan than an automatic renewal collected, which ended with it. */
  readonly endedRenewal: boolean;
}

/** An agreement that a gateway collects each period, or one that the payer has not confirmed there yet. */
export interface BillingRenewal {
  readonly id: string;
  readonly gateway: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly interval: string;
  readonly methodLabel: string | null;
  readonly nextChargeAt: Date | null;
  readonly isEnding: boolean;
}

export interface Billing {
  readonly subscription: {
    readonly status: string;
    readonly tier: string;
    readonly interval: string;
    readonly trialEndsAt: Date | null;
    readonly currentPeriodEnd: Date | null;
    readonly cancelAtPeriodEnd: boolean;
    /** Staff ended it: the shop goes on by paying, and cannot take the end back. */
    readonly endedByStaff: boolean;
    /** When the shop stops unless it is paid; null while nothing is due. */
    readonly suspendsAt: Date | null;
    /** The smaller plan that begins when the period ends. */
    readonly next: { readonly tier: string; readonly interval: string } | null;
  } | null;
  /** Of a shop whose subscription ended: paid time that goes on when it buys again. */
  readonly paidTimeLeft: { readonly tier: string; readonly until: Date } | null;
  /** What is on sale, from the smallest; the version in use stands for its tier. */
  readonly tiers: readonly Tier[];
  readonly usage: readonly { readonly metric: string; readonly used: number; readonly max: number | null }[];
  readonly payments: readonly BillingPayment[];
  /** The newest renewals, the one that collects first. */
  readonly renewals: readonly BillingRenewal[];
  /** The newest first. */
  readonly invoices: readonly Invoice[];
}

const NEWEST_PAYMENTS = 50;
const NEWEST_RENEWALS = 3;

/**
 * Everything that the subscription page shows, for members with `billing.read`; works in suspended shops too. Read at
 * one moment: a payment that arrives meanwhile has its plan and its invoice on the page, or is still on its way.
 */
export function getBilling(member: Pick<Member, "snapshot" | "organization">): Promise<Billing> {
  const organizationId = member.organization.id;
  return member.snapshot(async (db) => {
    const [subscription, left, prices, usage, payments, renewals, invoices] = await Promise.all([
      db
        .selectFrom("subscriptions")
        .select([
          "status",
          "tier_code",
          "tier_version",
          "billing_interval",
          "trial_ends_at",
          "current_period_end",
        ])
        .select(["cancel_at_period_end", "ended_by_staff", "next_tier_code", "next_interval", "state_since"])
        .where("organization_id", "=", organizationId)
        .where("status", "<>", "cancelled")
        .executeTakeFirst(),
      sql<TimeLeft>`select tier_code, tier_version, until from private.paid_time_left()`
        .execute(db)
        .then(({ rows }) => rows[0] ?? null),
      readPriceList(db, organizationId),
      db
        .selectFrom("usage_counters")
        .select(["metric", "n as used", "max_count as max"])
        .where("organization_id", "=", organizationId)
        .orderBy("metric")
        .execute(),
      db
        .selectFrom("payments")
        .select(["id", "gateway", "status", "amount", "currency", "tier_code as tier"])
        .select([
          "billing_interval as interval",
          "created_at as createdAt",
          "redirect_url",
          "redirect_method",
          "expires_at",
          "paid_at",
        ])
        .where("organization_id", "=", organizationId)
        .orderBy("created_at", "desc")
        .limit(NEWEST_PAYMENTS)
        .execute(),
      db
        .selectFrom("auto_renewals")
        .select(["id", "gateway", "status", "amount", "currency", "billing_interval as interval"])
        .select(["method_label as methodLabel", "next_charge_at as nextChargeAt", "cancel_requested_at"])
        .where("organization_id", "=", organizationId)
        .orderBy((renewal) => renewal("status", "in", [...collecting]), "desc")
        .orderBy("created_at", "desc")
        .limit(NEWEST_RENEWALS)
        .execute(),
      readInvoices(db, organizationId),
    ]);
    return {
      subscription: subscription ? told(subscription) : null,
      paidTimeLeft: left && { tier: left.tier_code, until: left.until },
      tiers: offered(prices, subscription ?? left),
      usage,
      payments: payments.map(({ redirect_url, redirect_method, expires_at, paid_at, ...payment }) => ({
        ...payment,
        // Both are dated by the one transaction in which a payment ends a renewal.
        endedRenewal: renewals.some(
          ({ cancel_requested_at }) =>
            paid_at !== null && cancel_requested_at?.getTime() === paid_at.getTime(),
        ),
        continueUrl:
          payment.status === "pending" && redirect_method === "GET" && expires_at > new Date()
            ? redirect_url
            : null,
      })),
      renewals: renewals.map(({ cancel_requested_at, ...renewal }) => ({
        ...renewal,
        isEnding: cancel_requested_at !== null && renewal.status !== "cancelled",
      })),
      invoices,
    };
  });
}

interface TimeLeft {
  readonly tier_code: string;
  readonly tier_version: number;
  readonly until: Date;
}

function told(row: {
  status: string;
  tier_code: string;
  billing_interval: string;
  trial_ends_at: Date | null;
  current_period_end: Date | null;
  cancel_at_period_end: boolean;
  ended_by_staff: boolean;
  state_since: Date;
  next_tier_code: string | null;
  next_interval: string | null;
}): Billing["subscription"] {
  return {
    status: row.status,
    tier: row.tier_code,
    interval: row.billing_interval,
    trialEndsAt: row.trial_ends_at,
    currentPeriodEnd: row.current_period_end,
    cancelAtPeriodEnd: row.cancel_at_period_end,
    endedByStaff: row.ended_by_staff,
    suspendsAt: suspendsAt(row.status, row.state_since),
    next:
      row.next_tier_code !== null && row.next_interval !== null
        ? { tier: row.next_tier_code, interval: row.next_interval }
        : null,
  };
}
