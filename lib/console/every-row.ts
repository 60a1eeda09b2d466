import "server-only";
import type { DB, Kysely } from "@/lib/db";
import type { Stretch } from "@/lib/paging";
import type { Caller } from "@/lib/security/session";

/** A stretch stays far below the time that a statement has, also where each row asks for its shop's sales. */
const BATCH = 500;

/**
 * All rows of a list of shops for a file, as they stood at one moment. For thousands of them: each stretch looks all of
 * them up again.
 *
 * @param read one stretch of them, in the order of the list
 */
export function everyRow<Row>(
  staff: Caller,
  read: (db: Kysely<DB>, stretch: Stretch) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  return staff.snapshot(async (db) => {
    const rows: Row[] = [];
    for (;;) {
      const batch = await read(db, { limit: BATCH, offset: rows.length });
      rows.push(...batch);
      if (batch.length < BATCH) return rows;
    }
  });
}
