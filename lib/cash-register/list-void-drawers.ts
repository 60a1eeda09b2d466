import "server-only";
import type { Member } from "@/lib/security/member";

/** A drawer that the cash of a voided sale can be given back from. What it holds is not told. */
export interface VoidDrawer {
  readonly id: string;
  readonly memberName: string;
  /** Whether it is the reader's. */
  readonly isOwn: boolean;
  /** Whether the sale was paid into it. */
  readonly tookSale: boolean;
}

/**
 * The open drawers of a sale's branch that the member may take money from: first the one that took it, then one's own.
 * Somebody else's are for whoever reviews, as every movement of theirs.
 */
export async function listVoidDrawers(
  member: Member,
  sale: { readonly branchId: string; readonly cashSessionId: string | null },
): Promise<VoidDrawer[]> {
  const rows = await member.transaction((db) => {
    const open = db
      .selectFrom("cash_sessions")
      .select(["id", "member_id as memberId", "member_name as memberName"])
      .where("organization_id", "=", member.organization.id)
      .where("branch_id", "=", sale.branchId)
      .where("status", "=", "open")
      .orderBy("member_name")
      .orderBy("id");
    return (member.can("cash.review") ? open : open.where("member_id", "=", member.memberId)).execute();
  });
  return rows
    .map(({ id, memberId, memberName }) => ({
      id,
      memberName,
      isOwn: memberId === member.memberId,
      tookSale: id === sale.cashSessionId,
    }))
    .toSorted((a, b) => nearness(b) - nearness(a));
}

function nearness({ isOwn, tookSale }: VoidDrawer): number {
  return (tookSale ? 2 : 0) + (isOwn ? 1 : 0);
}
