import "server-only";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";

export type Migration = { version: string; name: string; sql: string };

/** Any number does, as long as every copy of the program asks for the same one. */
const LOCK = 4_017_209_551;

/** How a migration waits for a table that is in use. */
export interface Patience {
  readonly lockMs: number;
  readonly tries: number;
  readonly pauseMs: number;
}

/** Whoever waits for a table makes all that come later wait behind it: better to let them pass and try again. */
const PATIENCE: Patience = { lockMs: 5_000, tries: 6, pauseMs: 10_000 };
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Applies the migrations that a database does not have yet, each in its own transaction, and records them
 * the way the Supabase CLI does, so that either may continue where the other stopped.
 *
 * @param connectionString the migration role's address; it needs no superuser
 * @param directory holds `<version>_<name>.sql`, applied in the order of their names
 * @param onApplied called after each one, with the time it took in milliseconds
 * @returns the versions applied now
 * @throws Error naming the file, when a file that was applied before has changed, a statement fails, or a table stays in
 *   use; the file is not recorded then
 */
export async function migrate(
  connectionString: string,
  directory: string,
  onApplied: (migration: Migration, tookMs: number) => void = () => undefined,
  patience: Patience = PATIENCE,
): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    // Two programs that start at once must not both apply the same file.
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await prepareHistory(client);
    const applied = await readHistory(client);
    const pending = migrationsIn(directory).filter((migration) => !isApplied(migration, applied));
    for (const migration of pending) {
      const startedAt = performance.now();
      await applyInTime(client, migration, patience);
      onApplied(migration, Math.round(performance.now() - startedAt));
    }
    return pending.map((migration) => migration.version);
  } finally {
    await client.end();
  }
}

/** A short name for the state that a directory of migrations leads to; another text, another name. */
export function fingerprint(directory: string): string {
  const hash = createHash("sha256");
  for (const { version, name, sql } of migrationsIn(directory)) hash.update(`${version}\0${name}\0${sql}\0`);
  return hash.digest("hex").slice(0, 16);
}

function migrationsIn(directory: string): Migration[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const [, version, name] = /^(\d+)_(.+)\.sql$/.exec(file) ?? [];
      if (!version || !name) throw new Error(`Migration ${file} is not named <version>_<name>.sql.`);
      return { version, name, sql: readFileSync(join(directory, file), "utf8") };
    });
}

async function prepareHistory(client: Client): Promise<void> {
  await client.query("create schema if not exists supabase_migrations");
  await client.query(
    "create table if not exists supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text)",
  );
}

async function readHistory(client: Client): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ version: string; statements: string[] | null }>(
    "select version, statements from supabase_migrations.schema_migrations",
  );
  return new Map(rows.map((row) => [row.version, row.statements ?? []]));
}

function isApplied(migration: Migration, applied: Map<string, string[]>): boolean {
  const statements = applied.get(migration.version);
  if (!statements) return false;
  // The Supabase CLI records statement by statement; only a whole file can be compared with a file.
  if (statements.length === 1 && statements[0] !== migration.sql) {
    throw new Error(
      `Migration ${migration.version}_${migration.name}.sql has changed since it was applied; write a new migration, or begin again with an empty database.`,
    );
  }
  return true;
}

async function applyInTime(client: Client, migration: Migration, patience: Patience): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await apply(client, migration, patience.lockMs);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const file = `Migration ${migration.version}_${migration.name}.sql`;
      if (code !== LOCK_NOT_AVAILABLE)
        throw new Error(`${file} failed: ${describe(error, migration.sql)}`, { cause: error });
      if (tried === patience.tries)
        throw new Error(
          `${file} was not applied: something that it changes stayed in use through ${tried} tries (${message}). End the transaction that holds it, or come back when less is going on.`,
          { cause: error },
        );
      await pause(patience.pauseMs);
    }
  }
}

async function apply(client: Client, migration: Migration, lockMs: number): Promise<void> {
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout = ${lockMs}`);
    await client.query(migration.sql);
    await client.query(
      "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)",
      [migration.version, migration.name, [migration.sql]],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function describe(error: unknown, sql: string): string {
  const { message, position, detail, where } = error as {
    message: string;
    position?: string;
    detail?: string;
    where?: string;
  };
  const line = position ? ` (line ${sql.slice(0, Number(position)).split("\n").length})` : "";
  return [`${message}${line}`, detail, where].filter(Boolean).join(" – ");
}
