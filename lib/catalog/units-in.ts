import "server-only";
import type { RawBuilder } from "kysely";
import { sql } from "@/lib/db";

/**
 * The level of each product in one branch, for a lateral join: one row with its units, none for what the branch never had.
 *
 * The limit changes no answer. Without it the plan, which is kept for every shop, supposes one of a middling size and
 * compares each product with all that a branch holds; with it each product is looked up by its key.
 *
 * @param table the products under the name that the query gives them
 */
export function levelIn(branchId: string | null, table: string): RawBuilder<{ quantity: number }> {
  return sql`(
    select l.quantity from public.stock_levels l
    where l.organization_id = ${sql.ref(`${table}.organization_id`)} and l.branch_id = ${branchId}::uuid
      and l.product_id = ${sql.ref(`${table}.id`)} limit 1)`;
}

/** Joins the units of each product `p` in one branch, as `here.quantity`; null for what the branch never had. */
export function unitsIn(branchId: string | null): RawBuilder<unknown> {
  return sql`left join lateral ${levelIn(branchId, "p")} here on true`;
}
