import "server-only";
import type { Kysely } from "kysely";
import type { DB } from "@/lib/db";

/** The shop's logo as it is stored, or null. */
export async function readLogo(db: Kysely<DB>, organizationId: string): Promise<Buffer | null> {
  const logo = await db
    .selectFrom("organization_logos")
    .select("bytes")
    .where("organization_id", "=", organizationId)
    .executeTakeFirst();
  return logo?.bytes ?? null;
}
