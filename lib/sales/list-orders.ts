import "server-only";
import type { Kysely } from "kysely";
import { type DB, planWithValues, sql } from "@/lib/db";
import { cutPage, type KeysetPage } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import { matchingOrders } from "./order-filter";
import type { OrderFilter, OrderQuery } from "./schema";

/** A sale as lists show it. */
export interface OrderRow {
  readonly id: string;
  readonly receiptNumber: number;
  readonly status: string;
  readonly branchName: string;
  /** IANA zone of the branch. */
  readonly timeZone: string;
  readonly customerName: string | null;
  readonly soldByName: string;
  readonly itemCount: number;
  readonly total: number;
  readonly soldAt: Date;
}

export interface OrderPage extends KeysetPage<OrderRow> {
  /** Sales that the filter leaves, voided ones included. */
  readonly count: number;
  /** Pesos of those that were not voided. */
  readonly total: number;
}

/** One page of the sales that the member may see, the newest first, with the sum over all pages. */
export function listOrders(member: Member, query: OrderQuery): Promise<OrderPage> {
  return member.snapshot(async (db) => {
    await planWithValues(db);
    const [sums, page] = await Promise.all([sumOrders(db, member, query), readPage(db, member, query)]);
    return { ...sums, ...page };
  });
}

/** How many sales a filter leaves, and what they came to. */
export async function sumOrders(
  db: Kysely<DB>,
  member: Member,
  filter: OrderFilter,
): Promise<{ count: number; total: number }> {
  const { count, total } = await db
    .selectFrom("orders")
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.sum<string | null>("orders.total").filterWhere("orders.status", "=", "completed").as("total"),
    ])
    .where(matchingOrders(member.organization.id, filter))
    .executeTakeFirstOrThrow();
  return { count, total: Number(total ?? 0) };
}

async function readPage(db: Kysely<DB>, member: Member, query: OrderQuery): Promise<KeysetPage<OrderRow>> {
  const backwards = query.before !== null;
  const direction = backwards ? "asc" : "desc";
  let page = selectRows(db, member, query)
    .orderBy("orders.created_at", direction)
    .orderBy("orders.id", direction)
    .limit(query.size + 1);
  const edge = query.before ?? query.after;
  if (edge !== null) page = page.where(beyond(edge, backwards, member.organization.id));
  return cutPage(await page.execute(), query);
}

function selectRows(db: Kysely<DB>, member: Member, filter: OrderFilter) {
  return db
    .selectFrom("orders")
    .innerJoin("branches", (join) =>
      join
        .onRef("branches.organization_id", "=", "orders.organization_id")
        .onRef("branches.id", "=", "orders.branch_id"),
    )
    .select([
      "orders.id",
      "orders.receipt_number as receiptNumber",
      "orders.status",
      "branches.name as branchName",
      "branches.time_zone as timeZone",
      "orders.customer_name as customerName",
      "orders.sold_by_name as soldByName",
      "orders.item_count as itemCount",
      "orders.total",
      "orders.created_at as soldAt",
    ])
    .where(matchingOrders(member.organization.id, filter));
}

/** Rows on the far side of the one with this id; a strange id has nothing beyond it. */
function beyond(id: string, backwards: boolean, organizationId: string) {
  return sql<boolean>`(orders.created_at, orders.id) ${sql.raw(backwards ? ">" : "<")}
    (select edge.created_at, edge.id from public.orders edge where edge.organization_id = ${organizationId} and edge.id = ${id}::uuid)`;
}
