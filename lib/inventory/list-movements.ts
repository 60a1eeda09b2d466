import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** How many entries of the ledger are shown. */
export const MOST_MOVEMENTS = 100;

/** One entry of the ledger. */
export interface StockMovement {
  readonly id: string;
  readonly at: Date;
  readonly branchId: string;
  readonly kind: string;
  /** Signed units. */
  readonly quantity: number;
  readonly balanceAfter: number;
  readonly reason: string | null;
  readonly documentId: string | null;
  readonly orderId: string | null;
}

/**
 * How a product's units moved in the branches of the member, the newest first; the last hundred. Each branch gives its
 * last hundred by index, for a best seller has moved a hundred thousand times.
 */
export function listMovements(member: Member, productId: string): Promise<StockMovement[]> {
  return member.transaction(async (db) => {
    // The paper of a transfer belongs to the branch that sent it, and not everybody works there.
    const { rows } = await sql<StockMovement>`
      select m.id, m.created_at as at, m.branch_id as "branchId", m.kind, m.quantity, m.balance_after as "balanceAfter",
             m.reason, d.id as "documentId", m.order_id as "orderId"
      from (
        select moved.* from unnest((select private.current_branches())) branch (id)
        cross join lateral (
          select * from public.stock_movements x
          where x.organization_id = ${member.organization.id} and x.branch_id = branch.id and x.product_id = ${productId}::uuid
          order by x.created_at desc, x.id limit ${MOST_MOVEMENTS}) moved
        order by moved.created_at desc, moved.id limit ${MOST_MOVEMENTS}) m
      left join public.stock_documents d on d.organization_id = m.organization_id and d.id = m.document_id
      order by m.created_at desc, m.id`.execute(db);
    return rows;
  });
}

/** Units of a product by branch, of the branches that ever kept it and in which the member works. */
export async function listLevels(member: Member, productId: string): Promise<ReadonlyMap<string, number>> {
  const levels = await member.transaction((db) =>
    db
      .selectFrom("stock_levels")
      .select(["branch_id as branchId", "quantity"])
      .where("organization_id", "=", member.organization.id)
      .where("product_id", "=", productId)
      .execute(),
  );
  return new Map(levels.map(({ branchId, quantity }) => [branchId, quantity]));
}
