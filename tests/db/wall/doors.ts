import { type Role, roles, type Shop } from "../../fixtures";
import type { Rollback } from "../../support/database";
import type { Session } from "../../support/session";
import { type TenantTable, writable } from "./tables";

/** Which permission opens a verb on the own rows; `everyone` needs none, an absent verb is closed to all. */
interface Doors {
  readonly read: string;
  readonly insert?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** What each table promises its members. A table that is not here fails the suite. */
const doors: Record<string, Doors> = {
  admin_users: { read: "users.read" },
  audit_entries: { read: "audit.read" },
  auto_renewals: { read: "billing.read" },
  branches: { read: "everyone", insert: "branches.manage", update: "branches.manage" },
  cash_movements: { read: "orders.read" },
  cash_sessions: { read: "orders.read" },
  customers: { read: "customers.read", insert: "customers.write", update: "customers.write" },
  discount_approvals: { read: "orders.read" },
  invitations: { read: "users.read" },
  invoices: { read: "billing.read" },
  limit_overrides: { read: "billing.read" },
  member_branches: { read: "users.read" },
  order_items: { read: "orders.read" },
  order_payments: { read: "orders.read" },
  orders: { read: "orders.read" },
  organization_logos: {
    read: "everyone",
    insert: "organization.manage",
    update: "organization.manage",
    delete: "organization.manage",
  },
  organizations: { read: "everyone", update: "organization.manage" },
  parked_sales: { read: "sales.create", insert: "sales.create", delete: "sales.create" },
  payments: { read: "billing.read" },
  products: { read: "products.read", insert: "products.write", update: "products.write" },
  refunds: { read: "billing.read" },
  // Each as its list; those of the cast are of sales.
  saved_views: { read: "orders.read" },
  stock_documents: { read: "inventory.read" },
  stock_levels: { read: "inventory.read" },
  stock_movements: { read: "inventory.read" },
  subscriptions: { read: "billing.read" },
  usage_counters: { read: "everyone" },
};

/** Tries each verb on the own rows as each role, and returns where a role may more or less than its permissions say. */
export async function wrongDoors(db: Rollback, shop: Shop, table: TenantTable): Promise<string[]> {
  const promised = doors[table.name];
  if (!promised) return [`${table.name}: not in the list of doors`];
  const held = await permissionsByRole(db);
  const found: string[] = [];
  for (const role of roles) {
    for (const verb of ["read", "insert", "update", "delete"] as const) {
      const permission = promised[verb];
      const expected =
        permission === "everyone" || (permission !== undefined && held[role].includes(permission));
      const open = await db.undone(() => tries[verb](db, db.as(shop[role]), shop, table));
      if (open !== expected) found.push(`${table.name}: ${role} ${open ? "may" : "may not"} ${verb}`);
    }
  }
  return found;
}

type Try = (db: Rollback, session: Session, shop: Shop, table: TenantTable) => Promise<boolean>;

const tries: Record<keyof Doors, Try> = {
  read: (_, session, shop, table) =>
    allowed(
      async () =>
        (
          await session.query(
            `select ${table.tenantColumn} from public.${table.name} where ${table.tenantColumn} = $1`,
            [shop.id],
          )
        ).length,
    ),
  // Past the policy it may still break a unique index: that is open. A refusal is always 42501.
  insert: async (db, session, shop, table) => {
    const columns = await granted(db, table, "INSERT");
    if (columns.length === 0) return false;
    const [row = {}] = await db.query<Record<string, unknown>>(
      `select * from public.${table.name} where ${table.tenantColumn} = $1 ${table.byBranch ? "and branch_id = $2" : ""} limit 1`,
      table.byBranch ? [shop.id, shop.branch] : [shop.id],
    );
    const values = columns.map((column) => writable(row[column]));
    const list = columns.map((column) => `"${column}"`).join(", ");
    const places = columns.map((_, index) => `$${index + 1}`).join(", ");
    return allowed(() =>
      session.affected(`insert into public.${table.name} (${list}) values (${places})`, values),
    );
  },
  update: async (db, session, shop, table) => {
    const [column] = await granted(db, table, "UPDATE");
    if (!column) return false;
    return allowed(() =>
      session.affected(
        `update public.${table.name} set ${column} = ${column} where ${table.tenantColumn} = $1`,
        [shop.id],
      ),
    );
  },
  delete: (_, session, shop, table) =>
    allowed(() =>
      session.affected(`delete from public.${table.name} where ${table.tenantColumn} = $1`, [shop.id]),
    ),
};

async function allowed(act: () => Promise<number>): Promise<boolean> {
  try {
    return (await act()) > 0;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "42501");
  }
}

async function granted(db: Session, table: TenantTable, privilege: string): Promise<string[]> {
  const rows = await db.query<{ column: string }>(
    `select column_name::text as column from information_schema.column_privileges
     where grantee = 'authenticated' and table_schema = 'public' and table_name = $1 and privilege_type = $2 order by 1`,
    [table.name, privilege],
  );
  return rows.map((row) => row.column);
}

async function permissionsByRole(db: Session): Promise<Record<Role, string[]>> {
  const rows = await db.query<{ role: Role; permissions: string[] }>(
    "select role, permissions from private.roles",
  );
  return Object.fromEntries(rows.map((row) => [row.role, row.permissions])) as Record<Role, string[]>;
}
