import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { fingerprint, migrate } from "@/lib/db/migrate";
import { address } from "@/tests/support/cluster";
import { database } from "@/tests/support/database";

let directory: string;
let url: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "opttius-migrations-"));
  const name = `migrate_${Math.random().toString(36).slice(2)}`;
  await database().owner.query(`create database ${name}`);
  url = address(inject("cluster"), "opttius_owner", name);
  onTestFinished(async () => {
    rmSync(directory, { recursive: true });
    await database().owner.query(`drop database ${name} with (force)`);
  });
});

const write = (file: string, sql: string) => writeFileSync(join(directory, file), sql);

async function rows(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

test("migrations are applied in the order of their names, once, and recorded as the Supabase CLI does", async () => {
  write("20260102000000_second.sql", "insert into public.log (n) values (2);");
  write(
    "20260101000000_first.sql",
    "create table public.log (n int); insert into public.log (n) values (1);",
  );
  write("notes.md", "no migration");
  expect(await migrate(url, directory)).toEqual(["20260101000000", "20260102000000"]);
  expect(await migrate(url, directory)).toEqual([]);
  expect(await rows("select n from public.log order by n")).toEqual([{ n: 1 }, { n: 2 }]);
  expect(
    await rows(
      "select version, name, statements from supabase_migrations.schema_migrations order by version",
    ),
  ).toMatchObject([
    { version: "20260101000000", name: "first" },
    { version: "20260102000000", name: "second", statements: ["insert into public.log (n) values (2);"] },
  ]);
});

test("a migration that fails leaves nothing, names its file and line, and keeps those before it", async () => {
  write("20260101000000_good.sql", "create table public.good ();");
  write("20260102000000_bad.sql", "create table public.half ();\n\nselect nonsense;");
  await expect(migrate(url, directory)).rejects.toThrow(
    /20260102000000_bad\.sql failed: .*nonsense.* \(line 3\)/,
  );
  expect(
    await rows("select to_regclass('public.good') is not null as good, to_regclass('public.half') as half"),
  ).toEqual([{ good: true, half: null }]);
  expect(await rows("select version from supabase_migrations.schema_migrations")).toEqual([
    { version: "20260101000000" },
  ]);
});

test("a file that changed after it was applied is refused", async () => {
  write("20260101000000_first.sql", "create table public.log (n int);");
  await migrate(url, directory);
  write("20260101000000_first.sql", "create table public.log (n bigint);");
  await expect(migrate(url, directory)).rejects.toThrow(
    /20260101000000_first\.sql has changed since it was applied/,
  );
});

test("what the Supabase CLI recorded statement by statement counts as applied", async () => {
  write("20260101000000_first.sql", "select 1;\nselect 2;");
  await migrate(url, directory);
  await rows("update supabase_migrations.schema_migrations set statements = array['select 1', 'select 2']");
  expect(await migrate(url, directory)).toEqual([]);
});

test("two programs that start at once apply each migration once", async () => {
  write("20260101000000_slow.sql", "create table public.log (n int); select pg_sleep(0.2);");
  const applied = await Promise.all([
    migrate(url, directory),
    migrate(url, directory),
    migrate(url, directory),
  ]);
  expect(applied.flat()).toEqual(["20260101000000"]);
});

describe("a table in use", () => {
  const patience = { lockMs: 50, tries: 3, pauseMs: 50 };
  const change = () => write("20260102000000_change.sql", "alter table public.log add column more int;");

  /** Another program's open transaction that has read the table. */
  async function aReader(): Promise<Client> {
    write("20260101000000_first.sql", "create table public.log (n int);");
    await migrate(url, directory);
    const reader = new Client({ connectionString: url });
    await reader.connect();
    onTestFinished(() => reader.end());
    await reader.query("begin; select from public.log");
    return reader;
  }

  test("makes a migration give up with its name, nothing is recorded, and those behind it go on", async () => {
    await aReader();
    change();
    const waiting = migrate(url, directory, undefined, patience);
    const refused = expect(waiting).rejects.toThrow(
      /^Migration 20260102000000_change\.sql was not applied: .*in use through 3 tries/,
    );
    // Comes while the migration waits, and would wait as long as the first reader goes on.
    const startedAt = performance.now();
    await rows("select pg_sleep(0.02), (select count(*) from public.log)");
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await refused;
    expect(await rows("select version from supabase_migrations.schema_migrations")).toEqual([
      { version: "20260101000000" },
    ]);
    expect(await rows("select column_name from information_schema.columns where table_name = 'log'")).toEqual(
      [{ column_name: "n" }],
    );
  });

  test("only delays a migration when it is let go in time", async () => {
    const reader = await aReader();
    change();
    const applied = migrate(url, directory, undefined, { ...patience, tries: 100 });
    await rows("select pg_sleep(0.1)");
    await reader.query("commit");
    expect(await applied).toEqual(["20260102000000"]);
  });

  test("is waited for five seconds at a time, in every migration", async () => {
    for (const version of ["20260101000000", "20260102000000"])
      write(
        `${version}_says.sql`,
        "create table if not exists public.said (t text); insert into public.said values (current_setting('lock_timeout'));",
      );
    await migrate(url, directory);
    expect(await rows("select t from public.said")).toEqual([{ t: "5s" }, { t: "5s" }]);
  });
});

test("a file without a version is refused, and every change of a file changes the fingerprint", async () => {
  write("20260101000000_first.sql", "select 1;");
  const before = fingerprint(directory);
  write("20260101000000_first.sql", "select 2;");
  expect(fingerprint(directory)).not.toBe(before);
  write("later.sql", "select 1;");
  await expect(migrate(url, directory)).rejects.toThrow(/later\.sql is not named <version>_<name>\.sql/);
});
