import "server-only";
import { sql } from "@/lib/db";
import { stretch } from "@/lib/paging";
import type { Caller } from "@/lib/security/session";
import type { OrganizationFilter } from "./schema";

export interface OrganizationRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: "active" | "suspended";
  readonly subscription: string;
  readonly tier: string | null;
  /** Pesos a month. */
  readonly mrr: number;
  readonly members: number;
  readonly branches: number;
  readonly orders30Days: number;
  readonly lastOrderAt: Date | null;
  readonly trialEndsAt: Date | null;
  readonly createdAt: Date;
}

interface Row extends Omit<OrganizationRow, "orders30Days" | "lastOrderAt" | "trialEndsAt" | "createdAt"> {
  readonly orders_30_days: number;
  readonly last_order_at: Date | null;
  readonly trial_ends_at: Date | null;
  readonly created_at: Date;
  readonly total: number;
}

/**
 * One page of organizations with the total; `size` up to 5 000 for an export.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export function listOrganizations(
  staff: Caller,
  filter: Omit<OrganizationFilter, "size"> & { readonly size: number },
): Promise<{ rows: readonly OrganizationRow[]; total: number }> {
  const { limit, offset } = stretch(filter);
  return staff.transaction(async (db) => {
    const { rows } = await sql<Row>`select * from private.console_organizations(
      ${filter.q}, ${filter.status}, ${filter.tier}, ${filter.sort}, ${limit}, ${offset})`.execute(db);
    return { rows: rows.map(organizationRow), total: rows[0]?.total ?? 0 };
  });
}

function organizationRow({
  total: _,
  orders_30_days,
  last_order_at,
  trial_ends_at,
  created_at,
  ...row
}: Row): OrganizationRow {
  return {
    ...row,
    orders30Days: orders_30_days,
    lastOrderAt: last_order_at,
    trialEndsAt: trial_ends_at,
    createdAt: created_at,
  };
}
