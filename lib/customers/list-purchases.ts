import "server-only";
import type { Member } from "@/lib/security/member";

const MOST = 50;

/** A sale as the customer's page shows it. */
export interface Purchase {
  readonly id: string;
  readonly receiptNumber: number;
  readonly status: string;
  readonly branchId: string;
  readonly branchName: string;
  readonly timeZone: string;
  readonly soldBy: string;
  readonly itemCount: number;
  readonly total: number;
  readonly createdAt: Date;
}

export interface Purchases {
  readonly rows: readonly Purchase[];
  /** Sales that stand, and what they add up to in pesos. */
  readonly count: number;
  readonly total: number;
}

/** What a customer bought, the newest first, in the branches that the member may see. */
export function listPurchases(member: Member, customerId: string): Promise<Purchases> {
  return member.snapshot(async (db) => {
    const ofCustomer = db
      .selectFrom("orders")
      .where("orders.organization_id", "=", member.organization.id)
      .where("orders.customer_id", "=", customerId);
    const rows = await ofCustomer
      .innerJoin("branches", (join) =>
        join
          .onRef("branches.organization_id", "=", "orders.organization_id")
          .onRef("branches.id", "=", "orders.branch_id"),
      )
      .select([
        "orders.id",
        "orders.receipt_number as receiptNumber",
        "orders.status",
        "orders.branch_id as branchId",
        "branches.name as branchName",
        "branches.time_zone as timeZone",
        "orders.sold_by_name as soldBy",
        "orders.item_count as itemCount",
        "orders.total",
        "orders.created_at as createdAt",
      ])
      .orderBy("orders.created_at", "desc")
      .orderBy("orders.id")
      .limit(MOST)
      .execute();
    const { count, total } = await ofCustomer
      .where("orders.status", "=", "completed")
      .select(({ fn }) => [
        fn.countAll<number>().as("count"),
        fn.sum<string | null>("orders.total").as("total"),
      ])
      .executeTakeFirstOrThrow();
    return { rows, count, total: Number(total ?? 0) };
  });
}
