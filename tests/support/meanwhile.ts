import { expect } from "vitest";
import { database, Rollback } from "./database";

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
