import type { Session } from "../../support/session";

/** Tables of the platform itself: readable rows belong to no tenant. */
export const platformTables = ["platform_admins", "subscription_tiers"];

export interface TenantTable {
  readonly name: string;
  /** `organization_id`, or `id` for organizations. */
  readonly tenantColumn: string;
  readonly columns: readonly string[];
  readonly keyColumns: readonly string[];
  /** Whether reading is limited to the member's branches. */
  readonly byBranch: boolean;
}

/** Every tenant table, read from the catalog: a new one is in the suite without being named. */
export async function tenantTables(db: Session): Promise<TenantTable[]> {
  const rows = await db.query<{ name: string; columns: string[]; keys: string[]; branch: boolean }>(
    `select c.relname as name,
            array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                  and a.attgenerated = '' order by a.attnum) as columns,
            array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
                  where i.indrelid = c.oid and i.indisprimary order by a.attnum) as keys,
            c.relname <> 'member_branches' and exists (
              select from pg_attribute a where a.attrelid = c.oid and a.attname = 'branch_id') as branch
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($1)
     order by c.relname`,
    [platformTables],
  );
  return rows.map((row) => ({
    name: row.name,
    tenantColumn: row.name === "organizations" ? "id" : "organization_id",
    columns: row.columns,
    keyColumns: row.keys,
    byBranch: row.branch,
  }));
}

/** A digest of all rows of a tenant in all tables: equal before and after means that nothing was touched. */
export async function digest(
  db: Session,
  tables: readonly TenantTable[],
  organization: string,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of tables) {
    const row = await db.one<{ digest: string }>(
      `select count(*) || ':' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest
       from public.${table.name} t where t.${table.tenantColumn} = $1`,
      [organization],
    );
    found[table.name] = row.digest;
  }
  return found;
}

/** JSON columns come parsed and go as text. */
export function writable(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  return value instanceof Date || Buffer.isBuffer(value) || Array.isArray(value)
    ? value
    : JSON.stringify(value);
}
