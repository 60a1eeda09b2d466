import { expect } from "vitest";
import { database, Rollback } from "./database";
import { refusalCode } from "./refusal";

/**
 * Lets something happen in the middle of a read: the read waits at its first statement that needs `table`, what happens
 * `meanwhile` is committed, and the read goes on.
 *
 * @param table with its schema, for example `public.invoices`
 * @returns what was read
 */
export async function readWhile<T>(
  table: string,
  read: () => Promise<T>,
  meanwhile: (db: Rollback) => Promise<void>,
): Promise<T> {
  const other = await database().owner.connect();
  try {
    await other.query("begin");
    await other.query(`lock table ${table} in access exclusive mode`);
    const reading = read();
    await aStatementWaitsFor(table);
    await meanwhile(new Rollback(other));
    await other.query("commit");
    return await reading;
  } finally {
    await other.query("rollback").catch(() => undefined);
    other.release();
  }
}

async function aStatementWaitsFor(table: string): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await database().owner.query(
        "select from pg_locks where not granted and relation = $1::regclass",
        [table],
      );
      return rows.length;
    })
    .toBe(1);
}

/**
 * Starts a second thing before a first one is committed, and commits the first once the second waits for it.
 *
 * @returns what became of the second: "done", or the code of its refusal
 */
export async function whileUndecided(
  first: (db: Rollback) => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<string> {
  const client = await database().owner.connect();
  try {
    await client.query("begin");
    await first(new Rollback(client));
    const outcome = second().then(() => "done", refusalCode);
    await severalWait(1);
    await client.query("commit");
    return await outcome;
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
  }
}

/** Waits until so many statements of this database wait for others. */
export async function severalWait(many: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await database().owner.query(
        "select from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()",
      );
      return rows.length;
    })
    .toBe(many);
}
