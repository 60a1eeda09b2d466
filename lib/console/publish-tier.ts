import "server-only";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";
import type { NewTierVersion } from "./tiers-schema";

/**
 * Puts a new version of a tier on sale, at once or from a day on. Whoever has an older one keeps it.
 *
 * @returns the number of the version
 * @throws AppError `tier.changed` when another version was published meanwhile, `input.invalid`, `access.forbidden`
 */
export function publishTier(staff: Caller, input: NewTierVersion): Promise<number> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{ version: number }>`
      select private.console_publish_tier(${JSON.stringify(input)}::jsonb) as version`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("console_publish_tier answered nothing");
    return row.version;
  });
}
