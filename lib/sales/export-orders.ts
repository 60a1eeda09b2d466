import "server-only";
import type { Kysely } from "kysely";
import { type DB, planWithValues, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { inBatches } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import { sumOrders } from "./list-orders";
import { matchingOrders } from "./order-filter";
import type { OrderFilter } from "./schema";

const ROWS_AT_ONCE = 2_000;

/** A sale as a spreadsheet gets it; payments are what stayed after change, zero when it was voided. */
export interface ExportedOrder {
  readonly id: string;
  readonly receiptNumber: number;
  readonly soldAt: Date;
  readonly createdText: string;
  readonly branchName: string;
  readonly timeZone: string;
  readonly status: string;
  readonly customerName: string | null;
  readonly soldByName: string;
  readonly itemCount: number;
  readonly gross: number;
  readonly discount: number;
  readonly net: number;
  readonly exempt: number;
  readonly tax: number;
  readonly total: number;
  readonly cashRounding: number;
  readonly cash: number;
  readonly debit: number;
  readonly credit: number;
  readonly transfer: number;
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
}

/**
 * All sales that a filter leaves, the newest first, page after page, each in its own transaction: none waits for a
 * slow reader. The audit trail says so before the first row leaves.
 *
 * @throws AppError `access.forbidden` lacks `orders.export`
 */
export async function exportOrders(
  member: Member,
  filter: OrderFilter,
): Promise<AsyncGenerator<ExportedOrder[]>> {
  if (!member.can("orders.export")) throw new AppError("access.forbidden");
  await member.transaction(async (db) => {
    await planWithValues(db);
    const { count } = await sumOrders(db, member, filter);
    await sql`select private.audit_export('orders', ${count}::int)`.execute(db);
  });
  return inBatches<ExportedOrder>(ROWS_AT_ONCE, (from) =>
    member.transaction(async (db) => {
      await planWithValues(db);
      return readBatch(db, member, filter, from);
    }),
  );
}

function readBatch(
  db: Kysely<DB>,
  member: Member,
  filter: OrderFilter,
  from: ExportedOrder | undefined,
): Promise<ExportedOrder[]> {
  const paid = (method: string) =>
    sql<number>`coalesce((select sum(p.amount) from public.order_payments p where p.organization_id = orders.organization_id
      and p.branch_id = orders.branch_id and p.order_id = orders.id and p.method = ${method}), 0)::bigint`;
  let query = db
    .selectFrom("orders")
    .innerJoin("branches", (join) =>
      join
        .onRef("branches.organization_id", "=", "orders.organization_id")
        .onRef("branches.id", "=", "orders.branch_id"),
    )
    .select([
      "orders.id",
      "orders.receipt_number as receiptNumber",
      "orders.created_at as soldAt",
      // A Date keeps milliseconds; the next batch must begin at the very microsecond.
      sql<string>`orders.created_at::text`.as("createdText"),
      "branches.name as branchName",
      "branches.time_zone as timeZone",
      "orders.status",
      "orders.customer_name as customerName",
      "orders.sold_by_name as soldByName",
      "orders.item_count as itemCount",
      "orders.gross",
      "orders.discount",
      "orders.net",
      "orders.exempt",
      "orders.tax",
      "orders.total",
      "orders.cash_rounding as cashRounding",
      paid("cash").as("cash"),
      paid("debit").as("debit"),
      paid("credit").as("credit"),
      paid("transfer").as("transfer"),
      "orders.voided_at as voidedAt",
      "orders.void_reason as voidReason",
    ])
    .where(matchingOrders(member.organization.id, filter))
    .orderBy("orders.created_at", "desc")
    .orderBy("orders.id", "desc")
    .limit(ROWS_AT_ONCE);
  if (from) {
    query = query.where(
      sql<boolean>`(orders.created_at, orders.id) < (${from.createdText}::timestamptz, ${from.id}::uuid)`,
    );
  }
  return query.execute();
}
