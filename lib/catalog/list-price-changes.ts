import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** A price that changed. */
export interface PriceChange {
  readonly id: string;
  readonly at: Date;
  readonly actorName: string;
  /** Whole pesos, IVA included. */
  readonly before: number;
  readonly after: number;
}

const MOST = 20;

/** How the price of a product changed, the newest first; from the audit trail, so empty without `audit.read`. */
export function listPriceChanges(member: Member, productId: string): Promise<PriceChange[]> {
  return member.transaction(async (db) => {
    const { rows } = await sql<PriceChange>`
      select id, at, actor_name as "actorName", (changes -> 'price' ->> 0)::bigint as before, (changes -> 'price' ->> 1)::bigint as after
      from public.audit_entries
      where organization_id = ${member.organization.id} and object_type = 'products' and object_id = ${productId}::uuid
        and action = 'products.updated' and jsonb_array_length(changes -> 'price') = 2
      order by seq desc limit ${MOST}`.execute(db);
    return rows;
  });
}
