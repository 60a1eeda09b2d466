import "server-only";
import { type DB, type Kysely, sql } from "@/lib/db";
import { type Stretch, stretch } from "@/lib/paging";
import type { Caller } from "@/lib/security/session";
import { everyRow } from "./every-row";
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
 * One page of organizations with the total.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export function listOrganizations(
  staff: Caller,
  filter: OrganizationFilter,
): Promise<{ rows: readonly OrganizationRow[]; total: number }> {
  return staff.transaction(async (db) => {
    const rows = await readOrganizations(db, filter, stretch(filter));
    return { rows: rows.map(organizationRow), total: rows[0]?.total ?? 0 };
  });
}

/** All organizations of a filter, for a file; who took them is written down before they leave. */
export async function exportOrganizations(
  staff: Caller,
  { page: _page, size: _size, ...filter }: OrganizationFilter,
): Promise<readonly OrganizationRow[]> {
  const rows = await everyRow(staff, (db, part) => readOrganizations(db, filter, part));
  await staff.transaction((db) =>
    sql`select private.console_note_organization_export(${JSON.stringify(filter)}::jsonb, ${rows.length})`.execute(
      db,
    ),
  );
  return rows.map(organizationRow);
}

async function readOrganizations(
  db: Kysely<DB>,
  { q, status, tier, sort }: Omit<OrganizationFilter, "page" | "size">,
  { limit, offset }: Stretch,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select * from private.console_organizations(${q}, ${status}, ${tier}, ${sort}, ${limit}, ${offset})`.execute(
    db,
  );
  return rows;
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
