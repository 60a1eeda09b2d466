import "server-only";
import type { Kysely } from "kysely";
import type { DB } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** How much of a limit is used; a null maximum is unlimited. */
export interface Usage {
  readonly used: number;
  readonly max: number | null;
}
export type Metric = "branches" | "users" | "customers" | "products";

/** How much of one limit of the tier the shop uses now. */
export function getUsage(member: Member, metric: Metric): Promise<Usage> {
  return member.transaction((db) => readUsage(db, member, metric));
}

/** `getUsage` within a transaction of the member's. */
export async function readUsage(db: Kysely<DB>, member: Member, metric: Metric): Promise<Usage> {
  const counter = await db
    .selectFrom("usage_counters")
    .select(["n as used", "max_count as max"])
    .where("organization_id", "=", member.organization.id)
    .where("metric", "=", metric)
    .executeTakeFirst();
  return counter ?? { used: 0, max: null };
}
