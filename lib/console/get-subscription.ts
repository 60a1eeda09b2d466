import "server-only";
import type { AuditEntry } from "@/lib/audit";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";

/** One shop's subscription with everything that explains it. Money in minor units, instants as ISO texts. */
export interface SubscriptionDetail {
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    readonly isTest: boolean;
  };
  readonly subscription: {
    readonly status: string;
    readonly tier_code: string;
    readonly tier_version: number;
    readonly billing_interval: "month" | "year";
    readonly trial_ends_at: string | null;
    readonly current_period_start: string | null;
    readonly current_period_end: string | null;
    readonly cancel_at_period_end: boolean;
    /** The end that is planned is one that staff ordered. */
    readonly ended_by_staff: boolean;
    readonly next_tier_code: string | null;
    readonly next_tier_version: number | null;
    readonly next_interval: "month" | "year" | null;
    readonly state_since: string;
    readonly held_because: string | null;
    readonly created_at: string;
    readonly next_due_at: string | null;
    /** Pesos a month at list price. */
    readonly monthly_value: number;
  };
  /** The hour that it is for this shop. */
  readonly now: string;
  readonly clock: { readonly at: string; readonly target: string; readonly setBy: string | null } | null;
  /** False for a shop that paid real money. */
  readonly mayHaveClock: boolean;
  readonly credits: readonly { readonly currency: string; readonly balance: number }[];
  readonly coupons: readonly {
    readonly code: string;
    readonly usesLeft: number | null;
    readonly redeemed: boolean;
  }[];
  readonly periods: readonly {
    readonly payment_id: string;
    readonly tier_code: string;
    readonly tier_version: number;
    readonly billing_interval: "month" | "year";
    readonly period_start: string;
    readonly period_end: string;
    readonly ended_early: boolean;
    readonly value: number;
    readonly currency: string;
    readonly gateway: string;
  }[];
  readonly invoices: readonly {
    readonly id: string;
    readonly number: number;
    readonly status: "open" | "paid" | "void" | "refunded";
    readonly total: number;
    readonly currency: string;
    readonly payment_id: string | null;
    readonly period_start: string;
    readonly period_end: string;
    readonly issued_at: string;
  }[];
  readonly renewals: readonly {
    readonly id: string;
    readonly gateway: string;
    readonly status: string;
    readonly amount: number;
    readonly currency: string;
    readonly billing_interval: "month" | "year";
    readonly method_label: string | null;
    readonly next_charge_at: string | null;
    readonly cancel_requested_at: string | null;
    readonly checked_at: string | null;
  }[];
  /** The trail's entries about the subscription, the newest first. */
  readonly history: readonly {
    readonly seq: number;
    readonly at: string;
    readonly actor_name: string;
    readonly via: AuditEntry["via"];
    readonly action: string;
    readonly reason: string | null;
    readonly changes: AuditEntry["changes"];
  }[];
  /** What the test clock brought about, by the shop's own hour, the latest first. */
  readonly played: readonly {
    readonly at: string;
    readonly kind: "moved" | "mail" | "invoice" | "period";
    readonly before: string | null;
    /** The state, the kind of mail, the invoice's number or the plan. */
    readonly after: string;
  }[];
}

/**
 * The subscription of whichever shop; the last one where none lives.
 *
 * @throws AppError `organization.not_found`, `access.forbidden`, `access.step_up_required`
 */
export function getSubscription(staff: Caller, organizationId: string): Promise<SubscriptionDetail> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{ detail: SubscriptionDetail }>`
      select private.console_subscription(${organizationId}) as detail`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("console_subscription answered nothing");
    return row.detail;
  });
}
