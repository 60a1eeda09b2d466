import type { ClientBase } from "pg";

/** Postgres types as the driver gives them (`lib/db/pool.ts`); anything else is text. */
const given: Record<string, string> = {
  bool: "boolean",
  int2: "number",
  int4: "number",
  int8: "number",
  float4: "number",
  float8: "number",
  timestamptz: "Date",
  jsonb: "Json",
  json: "Json",
  bytea: "Buffer",
};

interface Column {
  schema: string;
  table: string;
  column: string;
  type: string;
  array: boolean;
  nullable: boolean;
  optional: boolean;
  generated: boolean;
}

const COLUMNS = `
  select n.nspname as schema, c.relname as table, a.attname as column,
         case when t.typcategory = 'A' then e.typname else t.typname end as type, t.typcategory = 'A' as array,
         not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' or not a.attnotnull as optional,
         a.attgenerated <> '' or a.attidentity = 'a' as generated
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
  order by n.nspname = 'private', c.relname, a.attnum`;

/** The text of `lib/db/types.ts`: every table of `public` and `private` as Kysely wants it. */
export async function databaseTypes(client: ClientBase): Promise<string> {
  const { rows } = await client.query<Column>(COLUMNS);
  const tables = Map.groupBy(rows, (row) =>
    row.schema === "public" ? row.table : `${row.schema}.${row.table}`,
  );
  return [
    "// Generated from the database by `npm run db:types`; not edited by hand.",
    'import type { ColumnType, Generated, GeneratedAlways } from "kysely";',
    "",
    "export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };",
    "/** Written as text, because the driver would send an array as a Postgres array. */",
    "type JsonColumn = ColumnType<Json, string, string>;",
    "type NullableJson = ColumnType<Json | null, string | null | undefined, string | null>;",
    "type OptionalJson = ColumnType<Json, string | undefined, string>;",
    "",
    ...[...tables].flatMap(([name, columns]) => [
      `export interface ${typeName(name)} {`,
      ...columns.map(field),
      "}",
      "",
    ]),
    "export interface DB {",
    ...[...tables.keys()].map(
      (name) => `  ${name.includes(".") ? JSON.stringify(name) : name}: ${typeName(name)};`,
    ),
    "}",
    "",
  ].join("\n");
}

function field(column: Column): string {
  return `  ${column.column}: ${columnType(column)};`;
}

function columnType(column: Column): string {
  if (column.type === "jsonb" || column.type === "json") {
    if (column.nullable) return "NullableJson";
    return column.optional ? "OptionalJson" : "JsonColumn";
  }
  const base = (given[column.type] ?? "string") + (column.array ? "[]" : "");
  const type = column.nullable ? `${base} | null` : base;
  if (column.generated) return `GeneratedAlways<${type}>`;
  return column.optional && !column.nullable ? `Generated<${type}>` : type;
}

function typeName(table: string): string {
  return table.replace(/(^|[_.])([a-z])/g, (_, _separator, letter: string) => letter.toUpperCase());
}
