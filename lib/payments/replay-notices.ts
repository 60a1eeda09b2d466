import "server-only";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";

type Staff = Pick<Caller, "transaction">;

/**
 * Sends a notice that was given up (or done) round again, as a new notice; the old one keeps its story.
 *
 * @returns the new notice's id
 * @throws AppError `access.forbidden`, `not_found`, `conflict` (it waits already, or names nobody)
 */
export function replayNotice(staff: Staff, noticeId: number): Promise<number> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{
      id: number;
    }>`select private.console_replay_notice(${noticeId}) as id`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("a notice was replayed without an answer");
    return row.id;
  });
}

/**
 * Sends every dead notice of a gateway round again, as after a long outage or a wrong key.
 *
 * @returns how many
 * @throws AppError `access.forbidden`
 */
export function replayDeadNotices(staff: Staff, gateway: string): Promise<number> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{
      n: number;
    }>`select private.console_replay_dead_notices(${gateway}) as n`.execute(db);
    return rows[0]?.n ?? 0;
  });
}
