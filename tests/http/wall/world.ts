import { randomUUID } from "node:crypto";
import { committed, database, furnish, type Shop, twoShops } from "@/tests/fixtures";
import type { Session, TestUser } from "@/tests/support/session";

/** A word in every text of the neighbour that a list, a search or a file could show. */
export const CANARY = "Canario";

/** When shops and members were last changed, as forms say that were opened before. */
export const UNCHANGED = "2026-01-01T12:00:00+00:00";

/** Everything that an address, a query or a body can name of one shop. */
export interface Ids {
  readonly organization: string;
  readonly branch: string;
  readonly secondBranch: string;
  readonly customer: string;
  readonly product: string;
  readonly order: string;
  readonly cashSession: string;
  readonly parkedSale: string;
  readonly payment: string;
  readonly invoice: string;
  readonly renewal: string;
  readonly member: string;
  readonly approver: string;
  readonly invitation: string;
  readonly view: string;
}

export interface World {
  readonly vista: Shop;
  readonly lumina: Shop;
  /** Ids of the shop that asks. */
  readonly own: Ids;
  /** Ids of its neighbour. */
  readonly foreign: Ids;
  /** Platform staff, with and without the second factor of this session. */
  readonly staff: TestUser;
  readonly earlyStaff: TestUser;
}

/** Two shops with a row in every table, and the platform's people. */
export async function aWorld(): Promise<World> {
  return committed(async (db) => {
    const shops = await twoShops(db);
    for (const { id } of [shops.vista, shops.lumina]) await allowBranches(db, id);
    await furnish(db, shops.vista);
    await furnish(db, shops.lumina);
    for (const [table, column] of marked)
      await db.query(
        `update public.${table} set ${column} = $1 || ' ' || ${column} where organization_id = $2`,
        [CANARY, shops.lumina.id],
      );
    await db.query("update public.organization_logos set bytes = $1", [onePixel]);
    for (const shop of [shops.vista, shops.lumina]) await openFormsAnew(db, shop.id);
    const [staff, earlyStaff] = [someone(), someone()];
    for (const { userId, email } of [staff, earlyStaff])
      await db.query(
        "insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, 'Raíz', 'super_admin')",
        [userId, email],
      );
    await db.insert("private.step_ups", { session_id: staff.sessionId, user_id: staff.userId });
    const own = await idsOf(db, shops.vista);
    return { ...shops, own, foreign: await idsOf(db, shops.lumina), staff, earlyStaff };
  });
}

/** Makes a shop and its members what their open forms say: as if nobody had changed them since. */
export async function openFormsAnew(db: Pick<Session, "query">, organization: string): Promise<void> {
  await db.query("update public.organizations set updated_at = $1 where id = $2", [UNCHANGED, organization]);
  await db.query("update public.admin_users set updated_at = $1 where organization_id = $2", [
    UNCHANGED,
    organization,
  ]);
}

/** Room for what the entrances add: the limit of a tier is another story. */
async function allowBranches(db: Session, organization: string): Promise<void> {
  const room = {
    organization_id: organization,
    metric: "branches",
    max_count: 50,
    reason: "Elenco de pruebas",
  };
  await db.insert("public.limit_overrides", room);
  await db.query("select private.apply_limits($1)", [organization]);
}

/** A picture of one pixel. */
export const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const marked = [
  ["branches", "name"],
  ["customers", "surnames"],
  ["products", "name"],
  ["parked_sales", "label"],
  ["saved_views", "name"],
] as const;

/** Ids that never existed. */
export function unknownIds(): Ids {
  const id = randomUUID;
  return {
    organization: id(),
    branch: id(),
    secondBranch: id(),
    customer: id(),
    product: id(),
    order: id(),
    cashSession: id(),
    parkedSale: id(),
    payment: id(),
    invoice: id(),
    renewal: id(),
    member: id(),
    approver: id(),
    invitation: id(),
    view: id(),
  };
}

async function idsOf(db: Session, shop: Shop): Promise<Ids> {
  const first = async (table: string, where = "true") =>
    (
      await db.one<{ id: string }>(
        `select id from public.${table} where organization_id = $1 and ${where} order by id limit 1`,
        [shop.id],
      )
    ).id;
  return {
    organization: shop.id,
    branch: shop.branch,
    secondBranch: shop.secondBranch,
    customer: shop.customer,
    product: shop.frame,
    order: await first("orders"),
    cashSession: await first("cash_sessions", `branch_id = '${shop.branch}'`),
    parkedSale: await first("parked_sales"),
    payment: await first("payments"),
    invoice: await first("invoices"),
    renewal: await first("auto_renewals"),
    member: shop.seller.memberId,
    approver: shop.owner.memberId,
    invitation: await first("invitations"),
    view: await first("saved_views"),
  };
}

function someone(): TestUser & { userId: string; sessionId: string } {
  const userId = randomUUID();
  return { userId, sessionId: randomUUID(), email: `root-${userId.slice(0, 8)}@opttius.test` };
}

/** Roles of a shop that lack a permission, as the database has them. */
export async function rolesWithout(permission: string): Promise<string[]> {
  const { rows } = await database().owner.query<{ role: string }>(
    "select role from private.roles where not $1 = any (permissions) order by role",
    [permission],
  );
  return rows.map(({ role }) => role);
}
