import { escapeIdentifier } from "pg";
import { database } from "@/tests/fixtures";

/** By table, how many rows it has and a digest of all that is in them: whatever anybody writes anywhere shows. */
export type Footprint = ReadonlyMap<string, string>;

let question: Promise<string> | undefined;

/** The whole database as it stands, the audit trail and the outbox included. */
export async function footprint(): Promise<Footprint> {
  question ??= questionToEveryTable();
  // Named, so that the server plans it once.
  const { rows } = await database().owner.query<{ name: string; mark: string }>({
    name: "footprint",
    text: await question,
  });
  return new Map(rows.map(({ name, mark }) => [name, mark]));
}

/** The tables in which two footprints differ. */
export function changedBetween(before: Footprint, after: Footprint): string[] {
  return [...after].filter(([table, mark]) => before.get(table) !== mark).map(([table]) => table);
}

async function questionToEveryTable(): Promise<string> {
  const { rows } = await database().owner.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'r' order by 1, 2`,
  );
  return rows
    .map(
      ({ schema, name }) =>
        `select '${schema}.${name}' as name, count(*) || ' rows ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as mark
         from ${escapeIdentifier(schema)}.${escapeIdentifier(name)} t`,
    )
    .join(" union all ");
}
