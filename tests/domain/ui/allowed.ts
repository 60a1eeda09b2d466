import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../supabase/migrations/", import.meta.url);
const sql = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

/** The codes that the database lets stand in a column: each of them may reach a screen. */
export function allowed(table: string, column: string): string[] {
  const start = sql.indexOf(`create table ${table} (`);
  const body = sql.slice(start, sql.indexOf("\n);", start));
  const list = new RegExp(`\\n  ${column}\\s[^\\n]*check \\(${column} in \\(([^)]*)\\)`).exec(body)?.[1];
  if (start < 0 || !list) throw new Error(`${table}.${column} allows no list of codes`);
  return [...list.matchAll(/'([^']*)'/g)].map(([, code = ""]) => code);
}
