import "server-only";
import type { Writable } from "node:stream";
import type { Kysely } from "kysely";
import type { ClientBase, Pool, QueryResult } from "pg";
import { AppError, type DatabaseNaming, isRetryable } from "@/lib/errors";
import { kyselyOn } from "./dialect";
import type { DB } from "./types";

/** Work inside one transaction. It may run again after a deadlock, so it must touch nothing but the database. */
export type Work<T> = (db: Kysely<DB>) => Promise<T>;

/** What a transaction sends right after `begin`, in the same round trip as its first statement. */
export type Opening = (client: ClientBase) => Promise<unknown>;

/**
 * How a transaction goes.
 *
 * - `stepwise`: it ends after its work, and each of its statements sees what others have committed by then.
 * - `atOnce`: its end is sent right behind the statements of the work's first turn. Saves a round trip, for work that
 *   sends all it has before it waits for an answer.
 * - `snapshot`: all its statements see the same moment, and none may write. For figures that are read by several
 *   statements and have to fit together.
 */
export type Course = "stepwise" | "atOnce" | "snapshot";

const MOST_TRIES = 3;
const BEGIN_SNAPSHOT = "begin isolation level repeatable read, read only";

/**
 * Runs work in one transaction on a connection of the pool; a deadlock or serialization failure is tried again.
 *
 * @throws AppError what the database refused, named by `naming`
 */
export async function transaction<T>(
  pool: Pool,
  opening: Opening,
  work: Work<T>,
  naming?: DatabaseNaming,
  course: Course = "stepwise",
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(pool, opening, work, course);
    } catch (error) {
      if (isRetryable(error) && tries < MOST_TRIES) continue;
      throw AppError.fromDatabase(error, naming);
    }
  }
}

async function once<T>(pool: Pool, opening: Opening, work: Work<T>, course: Course): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  let committed: Promise<QueryResult> | undefined;
  try {
    holdUntilNextTick(client, () => {
      if (course !== "atOnce") return;
      committed = client.query("commit");
      committed.catch(() => undefined);
    });
    // Not awaited: the connection pipelines, and a failure here fails every later statement too.
    const opened = Promise.all([
      client.query(course === "snapshot" ? BEGIN_SNAPSHOT : "begin"),
      opening(client),
    ]);
    opened.catch(() => undefined);
    const result = await work(kyselyOn(client));
    await opened;
    const { command } = await (committed ?? client.query("commit"));
    // Postgres answers a commit after a swallowed failure with a rollback, and no error.
    if (command !== "COMMIT")
      throw new Error("the transaction was rolled back: a statement in it had failed");
    return result;
  } catch (error) {
    await (committed ?? client.query("rollback")).catch(() => {
      broken = true; // whatever state it is in, nobody may get this connection again
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Keeps what is sent in this turn for one write: `begin`, the claims and the first statement leave together. Each write
 * of its own wakes Postgres and costs both sides as much as a small statement.
 */
function holdUntilNextTick(client: ClientBase, last: () => void): void {
  const { stream } = (client as ClientBase & { connection: { stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => {
    last();
    stream.uncork();
  });
}
