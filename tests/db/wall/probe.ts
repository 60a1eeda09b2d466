import { randomUUID } from "node:crypto";
import { roles, type Shop } from "../../fixtures";
import type { Rollback } from "../../support/database";
import type { Session } from "../../support/session";
import { wrongDoors } from "./doors";
import { digest, type TenantTable, tenantTables, writable } from "./tables";

type Row = Record<string, unknown>;

/**
 * Tries every verb on every tenant table as every role of one shop against the rows of another, and returns what
 * should not have happened, in words. Empty: the wall holds. `only` limits the tables, for the suite's own mutations.
 */
export async function breaches(
  db: Rollback,
  vista: Shop,
  lumina: Shop,
  only?: readonly string[],
): Promise<string[]> {
  const all = await tenantTables(db);
  const tables = only ? all.filter((table) => only.includes(table.name)) : all;
  const found: string[] = [];
  const before = await digest(db, tables, lumina.id);
  const actors: [string, Session][] = roles.map((role) => [role, db.as(vista[role])]);
  actors.push([
    "stranger",
    db.as({ userId: randomUUID(), sessionId: randomUUID(), organizationId: lumina.id }),
  ]);
  actors.push(["forger", db.as({ ...vista.owner, organizationId: lumina.id })]);
  actors.push(["visitor", db.anonymous()]);
  for (const table of tables) {
    const victim = await aRow(db, table, lumina.id);
    if (!victim) found.push(`${table.name}: the fixture has no row`);
    else
      for (const [who, session] of actors) found.push(...(await attacks(session, who, table, victim, vista)));
    found.push(...(await ownReading(db, vista, table)), ...(await wrongDoors(db, vista, table)));
  }
  const after = await digest(db, tables, lumina.id);
  for (const name of Object.keys(before))
    if (before[name] !== after[name]) found.push(`${name}: a row of the neighbour changed`);
  return found;
}

/** A denial is asserted on the answer here, and on the victim's rows by the digest around. */
async function attacks(
  session: Session,
  who: string,
  table: TenantTable,
  victim: Row,
  own: Shop,
): Promise<string[]> {
  const found: string[] = [];
  const blame = (what: string) => found.push(`${table.name}: ${who} ${what}`);
  const key = table.keyColumns.map((column, index) => `${column} = $${index + 1}`).join(" and ");
  const foreign = table.keyColumns.map((column) => victim[column]);
  const unknown = table.keyColumns.map((column) => (column === "metric" ? victim[column] : randomUUID()));
  const byTenant = `${table.tenantColumn} = '${String(victim[table.tenantColumn])}'`;

  const listed = await answer(
    session,
    `select ${table.tenantColumn} from public.${table.name} where ${byTenant}`,
  );
  if (listed.rows > 0) blame("lists rows of the neighbour");
  const read = await answer(
    session,
    `select ${table.tenantColumn} from public.${table.name} where ${key}`,
    foreign,
  );
  if (read.rows > 0) blame("reads a row of the neighbour");
  const nothing = await answer(
    session,
    `select ${table.tenantColumn} from public.${table.name} where ${key}`,
    unknown,
  );
  if (read.text !== nothing.text) blame("can tell a foreign row from one that never existed");

  const moved = await answer(
    session,
    `update public.${table.name} set ${table.tenantColumn} = ${table.tenantColumn} where ${key}`,
    foreign,
  );
  if (moved.rows > 0 || moved.text === "0 rows") blame("may write the tenant column");
  for (const column of table.columns) {
    const changed = await answer(
      session,
      `update public.${table.name} set ${column} = ${column} where ${byTenant}`,
    );
    if (changed.rows > 0) blame(`updates ${column} of the neighbour`);
  }
  const deleted = await answer(session, `delete from public.${table.name} where ${byTenant}`);
  if (deleted.rows > 0) blame("deletes rows of the neighbour");
  if ((await insertion(session, table, { ...victim, id: randomUUID() })).rows > 0)
    blame("inserts a row for the neighbour");
  if (table.name !== "organizations") {
    const { organization_id: _, id: __, ...rest } = victim;
    if ((await insertion(session, table, rest)).rows > 0 && pointsAbroad(table))
      blame("points its own row at a row of the neighbour");
    if ((await insertion(session, table, { ...victim, organization_id: own.id })).rows > 0)
      blame("inserts with a chosen key");
  }
  const truncated = await answer(session, `truncate public.${table.name} cascade`);
  if (truncated.text !== "42501") blame("may truncate");
  return found;
}

/** The wall must not be a closed door: the owner reads the own rows, and members only those of their branches. */
async function ownReading(db: Rollback, shop: Shop, table: TenantTable): Promise<string[]> {
  const found: string[] = [];
  const mine = await answer(
    db.as(shop.owner),
    `select ${table.tenantColumn} from public.${table.name} where ${table.tenantColumn} = '${shop.id}'`,
  );
  if (mine.rows === 0) found.push(`${table.name}: the owner cannot read the own rows`);
  if (table.byBranch) {
    const other = await answer(
      db.as(shop.seller),
      `select ${table.tenantColumn} from public.${table.name} where branch_id = '${shop.secondBranch}'`,
    );
    if (other.rows > 0) found.push(`${table.name}: a seller reads a branch where they do not work`);
    const elsewhere = await answer(
      db,
      `select ${table.tenantColumn} from public.${table.name} where branch_id = '${shop.secondBranch}'`,
    );
    if (elsewhere.rows === 0) found.push(`${table.name}: the fixture has no row in the second branch`);
  }
  return found;
}

/** Tables whose rows name rows of other tables; the others may hold an own row with the same words. */
function pointsAbroad(table: TenantTable): boolean {
  return table.columns.some((column) => column.endsWith("_id") && column !== "organization_id");
}

async function aRow(db: Session, table: TenantTable, organization: string): Promise<Row | undefined> {
  const columns = table.columns.map((column) => `"${column}"`).join(", ");
  const [row] = await db.query<Row>(
    `select ${columns} from public.${table.name} where ${table.tenantColumn} = $1 limit 1`,
    [organization],
  );
  return row;
}

async function insertion(
  session: Session,
  table: TenantTable,
  row: Row,
): Promise<{ rows: number; text: string }> {
  const columns = Object.keys(row).filter((column) => table.columns.includes(column));
  const values = columns.map((column) => writable(row[column]));
  const list = columns.map((column) => `"${column}"`).join(", ");
  const places = columns.map((_, index) => `$${index + 1}`).join(", ");
  return answer(session, `insert into public.${table.name} (${list}) values (${places}) returning 1`, values);
}

/** What a statement answers: how many rows, and a text that two denials can be compared by. */
async function answer(
  session: Session,
  text: string,
  values: unknown[] = [],
): Promise<{ rows: number; text: string }> {
  try {
    const rows = /^select|returning/.test(text)
      ? (await session.query(text, values)).length
      : await session.affected(text, values);
    return { rows, text: `${rows} rows` };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return { rows: 0, text: code };
  }
}
