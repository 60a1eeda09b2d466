import "server-only";
import type { Kysely } from "kysely";
import type { DB } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";

/** A sale with everything that belongs to it, as the member may see it. */
export type Order = NonNullable<Awaited<ReturnType<typeof readOrder>>> & {
  readonly items: Awaited<ReturnType<typeof readItems>>;
  readonly payments: Awaited<ReturnType<typeof readPayments>>;
  /** Null without the right to see stock. */
  readonly movements: Awaited<ReturnType<typeof readMovements>> | null;
};

/** @throws AppError `order.not_found` none of that id in the branches of the member */
export function getOrder(member: Member, id: string): Promise<Order> {
  return member.snapshot(async (db) => {
    const [order, items, payments, movements] = await Promise.all([
      readOrder(db, member, id),
      readItems(db, member, id),
      readPayments(db, member, id),
      member.can("inventory.read") ? readMovements(db, member, id) : null,
    ]);
    if (!order) throw new AppError("order.not_found");
    return { ...order, items, payments, movements };
  });
}

function readOrder(db: Kysely<DB>, member: Member, id: string) {
  return (
    db
      .selectFrom("orders")
      .innerJoin("branches", (join) =>
        join
          .onRef("branches.organization_id", "=", "orders.organization_id")
          .onRef("branches.id", "=", "orders.branch_id"),
      )
      // One at most: an approval serves one sale, and a sale takes one along.
      .leftJoin("discount_approvals", (join) =>
        join
          .onRef("discount_approvals.organization_id", "=", "orders.organization_id")
          .onRef("discount_approvals.order_id", "=", "orders.id"),
      )
      .select([
        "orders.id",
        "orders.receipt_number as receiptNumber",
        "orders.status",
        "orders.branch_id as branchId",
        "branches.name as branchName",
        "branches.archived_at as branchArchivedAt",
        "branches.time_zone as timeZone",
        "orders.customer_id as customerId",
        "orders.customer_name as customerName",
        "orders.sold_by_name as soldByName",
        "orders.cash_session_id as cashSessionId",
        "orders.gross",
        "orders.discount",
        "orders.net",
        "orders.tax",
        "orders.exempt",
        "orders.total",
        "orders.cash_rounding as cashRounding",
        "orders.change",
        "orders.note",
        "orders.prints",
        "orders.voided_at as voidedAt",
        "orders.voided_by_name as voidedByName",
        "orders.void_reason as voidReason",
        "orders.created_at as soldAt",
        "discount_approvals.created_at as approvedAt",
        "discount_approvals.approved_by_name as approvedByName",
        // What the approver allowed: a share of any line, and pesos of the whole sale, unknown in old ones.
        "discount_approvals.max_discount_bp as approvedDiscountBp",
        "discount_approvals.max_discount as approvedDiscount",
      ])
      .where("orders.organization_id", "=", member.organization.id)
      .where("orders.id", "=", id)
      .executeTakeFirst()
  );
}

function readItems(db: Kysely<DB>, member: Member, orderId: string) {
  return db
    .selectFrom("order_items")
    .select([
      "id",
      "product_id as productId",
      "product_name as productName",
      "sku",
      "quantity",
      "unit_price as unitPrice",
      "discount_bp as discountBp",
      "discount",
      "total",
      "tax_kind as taxKind",
    ])
    .where("organization_id", "=", member.organization.id)
    .where("order_id", "=", orderId)
    .orderBy("position")
    .execute();
}

function readPayments(db: Kysely<DB>, member: Member, orderId: string) {
  return db
    .selectFrom("order_payments")
    .select(["id", "kind", "method", "amount", "handed_over as handedOver", "created_at as at"])
    .where("organization_id", "=", member.organization.id)
    .where("order_id", "=", orderId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

function readMovements(db: Kysely<DB>, member: Member, orderId: string) {
  return db
    .selectFrom("stock_movements")
    .innerJoin("products", (join) =>
      join
        .onRef("products.organization_id", "=", "stock_movements.organization_id")
        .onRef("products.id", "=", "stock_movements.product_id"),
    )
    .select([
      "stock_movements.id",
      "stock_movements.kind",
      "stock_movements.product_id as productId",
      "products.name as productName",
      "stock_movements.quantity",
      "stock_movements.balance_after as balanceAfter",
      "stock_movements.created_at as at",
    ])
    .where("stock_movements.organization_id", "=", member.organization.id)
    .where("stock_movements.order_id", "=", orderId)
    .orderBy("stock_movements.created_at")
    .orderBy("stock_movements.id")
    .execute();
}
