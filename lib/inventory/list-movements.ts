import "server-only";
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

/** How a product's units moved in the branches of the member, the newest first; the last hundred. */
export function listMovements(member: Member, productId: string): Promise<StockMovement[]> {
  return member.transaction((db) =>
    db
      .selectFrom("stock_movements as m")
      // The paper of a transfer belongs to the branch that sent it, and not everybody works there.
      .leftJoin("stock_documents as d", (join) =>
        join.onRef("d.organization_id", "=", "m.organization_id").onRef("d.id", "=", "m.document_id"),
      )
      .select([
        "m.id",
        "m.created_at as at",
        "m.branch_id as branchId",
        "m.kind",
        "m.quantity",
        "m.balance_after as balanceAfter",
        "m.reason",
        "d.id as documentId",
        "m.order_id as orderId",
      ])
      .where("m.organization_id", "=", member.organization.id)
      .where("m.product_id", "=", productId)
      .orderBy("m.created_at", "desc")
      .orderBy("m.id")
      .limit(MOST_MOVEMENTS)
      .execute(),
  );
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
