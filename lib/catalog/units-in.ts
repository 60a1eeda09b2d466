import "server-only";
import type { RawBuilder } from "kysely";
import { sql } from "@/lib/db";

/**
 * Joins the units of each product in one branch, as `here.quantity`; null for what the branch never had.
 *
 * The limit changes no answer. Without it the plan, which is kept for every shop, supposes one of a middling size and
 * compares each product with all that a branch holds; with it each product is looked up by its key.
 *
 * @param table the products under the name that the query gives them
 */
export function unitsIn(branchId: string | null, table = "p"): RawBuilder<unknown> {
  return sql`left join lateral (
    select l.quantity from public.stock_levels l
    where l.organization_id = ${sql.ref(`${table}.organization_id`)} and l.branch_id = ${branchId}::uuid
      and l.product_id = ${sql.ref(`${table}.id`)} limit 1) here on true`;
}
