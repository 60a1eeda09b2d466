import "server-only";
import { type Kysely, sql } from "kysely";
import type { DB } from "./types";

/**
 * Lets Postgres plan the rest of a transaction with the values at hand. The plans that are kept for every shop suppose one
 * of a middling size; a walk through the million sales of a large one in their order is worth a plan of its own, which
 * costs up to a millisecond a statement.
 */
export async function planWithValues(db: Kysely<DB>): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(db);
}
