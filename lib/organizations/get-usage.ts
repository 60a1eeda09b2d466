import "server-only";
import type { Member } from "@/lib/security/member";

/** How much of a limit is used; a null maximum is unlimited. */
export interface Usage {
  readonly used: number;
  readonly max: number | null;
}
export type Metric = "branches" | "users" | "customers" | "products";

/** How much of one limit of the tier the shop uses now. */
export async function getUsage(member: Member, metric: Metric): Promise<Usage> {
  const counter = await member.transaction((db) =>
    db
      .selectFrom("usage_counters")
      .select(["n as used", "max_count as max"])
      .where("organization_id", "=", member.organization.id)
      .where("metric", "=", metric)
      .executeTakeFirst(),
  );
  return counter ?? { used: 0, max: null };
}
