import type { Selectable } from "kysely";
import { type ClientBase, escapeIdentifier } from "pg";
import type { DB } from "@/lib/db/types";

/** A row as it is written: the columns that it names, generated ones left out. */
export type Row<Table extends keyof DB> = Partial<Selectable<DB[Table]>>;

const ROWS_AT_ONCE = 2_000;

/** Writes many rows in few statements. All rows name the same columns. */
export async function insertRows<Table extends keyof DB>(
  client: ClientBase,
  table: Table,
  rows: readonly Row<Table>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map((column) => escapeIdentifier(column))
    .join(", ");
  const name = qualified(table);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const part = rows.slice(from, from + ROWS_AT_ONCE).map(asJson);
    await client.query(
      `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
      [JSON.stringify(part)],
    );
  }
}

/**
 * Does work while the triggers of some tables sleep: what they would count row by row is counted once afterwards,
 * by the caller. Constraints stay awake.
 */
export async function withoutTriggers(
  client: ClientBase,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  for (const table of tables) await client.query(`alter table ${qualified(table)} disable trigger user`);
  await work();
  for (const table of tables) await client.query(`alter table ${qualified(table)} enable trigger user`);
}

/** Sets the counters of every organization to what there is. */
export async function recountUsage(client: ClientBase): Promise<void> {
  await client.query(
    `update public.usage_counters u set n = c.n from (
       select organization_id, 'customers' as metric, count(*)::int as n from public.customers where archived_at is null group by 1
       union all
       select organization_id, 'products', count(*)::int from public.products where archived_at is null group by 1
     ) c where u.organization_id = c.organization_id and u.metric = c.metric and u.n <> c.n`,
  );
}

/** `table` of schema public, or `schema.table`, quoted. */
function qualified(table: string): string {
  const parts = table.includes(".") ? table.split(".") : ["public", table];
  return parts.map((part) => escapeIdentifier(part)).join(".");
}

function asJson(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]: [string, unknown]) => [
      column,
      Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value,
    ]),
  );
}
