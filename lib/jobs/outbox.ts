import "server-only";
import type { PgBoss } from "pg-boss";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";

/** Postgres channel on which `private.enqueue` tells of new rows. */
export const OUTBOX_CHANNEL = "outbox";

const BATCH = 50;

interface OutboxRow {
  id: number;
  name: string;
  payload: object;
}

/**
 * Hands jobs that transactions asked for over to the queue. Row and job change in one transaction, so that no
 * job is lost or made twice; the payload leaves the row with it.
 *
 * @param names jobs that this worker knows; rows of others wait for a worker that does
 * @returns how many were handed over
 */
export function drainOutbox(boss: PgBoss, names: readonly string[]): Promise<number> {
  return asService(async (db) => {
    const { rows } = await sql<OutboxRow>`
      select o.id, o.name, o.payload from private.outbox o
      where o.done_at is null and o.available_at <= now() and o.name = any (${names}::text[])
      order by o.available_at, o.id limit ${BATCH} for update skip locked`.execute(db);
    if (rows.length === 0) return 0;
    const transaction = {
      executeSql: async (text: string, values: unknown[] = []) => {
        const result = await db.executeQuery<object>({
          sql: text,
          parameters: values,
          query: { kind: "RawNode", sqlFragments: [text], parameters: [] },
          queryId: { queryId: "outbox" },
        });
        return { rows: result.rows };
      },
    };
    for (const [name, group] of Map.groupBy(rows, (row) => row.name)) {
      await boss.insert(
        name,
        group.map(({ payload }) => ({ data: payload })),
        { db: transaction },
      );
    }
    await sql`update private.outbox set done_at = now(), payload = '{}' where id = any (${rows.map(({ id }) => id)}::bigint[])`.execute(
      db,
    );
    return rows.length;
  });
}

/** Forgets rows that were handed over a month ago. Idempotent. */
export function purgeOutbox(): Promise<void> {
  return asService(async (db) => {
    await sql`delete from private.outbox where done_at < now() - interval '30 days'`.execute(db);
  });
}

/** How many rows wait, whoever knows their jobs. */
export function outboxWaiting(): Promise<number> {
  return asService(async (db) => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from private.outbox where done_at is null`.execute(db);
    return rows[0]?.n ?? 0;
  });
}
