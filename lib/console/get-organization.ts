import "server-only";
import type { AuditEntry } from "@/lib/audit";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";

/** One organization as staff see it: its contract, its people, its trail. Nothing of its customers. Instants are ISO texts. */
export interface OrganizationDetail {
  readonly organization: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly legal_name: string | null;
    readonly rut: string | null;
    readonly email: string | null;
    readonly phone: string | null;
    readonly status: "active" | "suspended";
    readonly status_reason: string | null;
    readonly created_at: string;
  };
  readonly subscription: {
    readonly status: string;
    readonly tier_code: string;
    readonly tier_version: number;
    readonly billing_interval: "month" | "year";
    readonly trial_ends_at: string | null;
    readonly current_period_end: string | null;
    readonly mrr: number;
  } | null;
  readonly usage: readonly {
    readonly metric: "branches" | "users" | "customers" | "products";
    readonly used: number;
    readonly max: number | null;
    readonly override: { readonly max: number | null; readonly reason: string; readonly at: string } | null;
  }[];
  readonly branches: readonly {
    readonly id: string;
    readonly name: string;
    readonly timeZone: string;
    readonly archivedAt: string | null;
  }[];
  readonly members: readonly {
    readonly id: string;
    readonly fullName: string;
    readonly email: string;
    readonly role: string;
    readonly status: string;
  }[];
  readonly invitations: readonly {
    readonly id: string;
    readonly email: string;
    readonly role: string;
    readonly expiresAt: string;
  }[];
  readonly payments: readonly {
    readonly id: string;
    readonly gateway: string;
    readonly status: string;
    readonly amount: number;
    readonly currency: string;
    readonly refunded_amount: number;
    readonly tier_code: string;
    readonly created_at: string;
  }[];
  readonly activity: readonly {
    readonly seq: number;
    readonly at: string;
    readonly actor_name: string;
    readonly via: AuditEntry["via"];
    readonly action: string;
    readonly reason: string | null;
  }[];
  /** Number of the first entry that broke the chain of the audit trail at the last look; null where it was whole. */
  readonly auditBrokenAt: number | null;
  /** When the whole trail was looked at last; null before the first look has come to its end. */
  readonly auditVerifiedAt: string | null;
  readonly orders30Days: number;
  readonly lastOrderAt: string | null;
}

/**
 * What staff need to help one organization.
 *
 * @throws AppError `organization.not_found`, `access.forbidden`, `access.step_up_required`
 */
export function getOrganization(staff: Caller, organizationId: string): Promise<OrganizationDetail> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{
      detail: OrganizationDetail;
    }>`select private.console_organization(${organizationId}) as detail`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("console_organization answered nothing");
    return row.detail;
  });
}
