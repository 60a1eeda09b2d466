import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** One act on a product, as the audit trail keeps it. */
export interface ProductAct {
  readonly id: string;
  readonly at: Date;
  readonly actorName: string;
  readonly action: string;
  readonly reason: string | null;
  /** Names of the fields that it changed. */
  readonly fields: readonly string[];
  /** Before and after in whole pesos, where it changed the price. */
  readonly price: readonly [number, number] | null;
}

const MOST = 50;

/**
 * What happened to a product, the newest first, with every change of its price; read from the audit trail, so it is
 * empty for who lacks `audit.read`.
 */
export function listProductActs(member: Member, id: string): Promise<ProductAct[]> {
  return member.transaction(async (db) => {
    const { rows } = await sql<ProductAct>`
      select id, at, actor_name as "actorName", action, reason,
             case when action = 'products.updated' then array(select jsonb_object_keys(changes)) else '{}' end as fields,
             case when action = 'products.updated' then changes -> 'price' end as price
      from public.audit_entries
      where organization_id = ${member.organization.id} and object_type = 'products' and object_id = ${id}::uuid
      order by seq desc limit ${MOST}`.execute(db);
    return rows;
  });
}
