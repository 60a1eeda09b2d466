import "server-only";
import type { ExpressionBuilder, RawBuilder } from "kysely";
import { parseRut } from "@/lib/chile";
import { type DB, sql } from "@/lib/db";
import type { OrderFilter } from "./schema";

/** A receipt number as people type it or a scanner reads it: `N° 123`, `00000123`. */
const RECEIPT_NUMBER = /^(?:n[°º.]?\s*)?0*([1-9]\d{0,9})$/i;

/** The condition of a list, its totals and its export, on rows of one organization. */
export function matchingOrders(organizationId: string, filter: OrderFilter) {
  const { status, branchId, from, to, search } = filter;
  return (eb: ExpressionBuilder<DB, "orders">) =>
    eb.and([
      eb("orders.organization_id", "=", organizationId),
      ...(status ? [eb("orders.status", "=", status)] : []),
      ...(branchId ? [eb("orders.branch_id", "=", branchId)] : []),
      ...(from ? [eb("orders.business_date", ">=", from)] : []),
      ...(to ? [eb("orders.business_date", "<=", to)] : []),
      ...(search ? [found(eb, organizationId, search)] : []),
    ]);
}

/** A receipt number, a customer's RUT, or pieces of what the customer is called today. */
function found(eb: ExpressionBuilder<DB, "orders">, organizationId: string, search: string) {
  const [, number] = RECEIPT_NUMBER.exec(search) ?? [];
  const rut = parseRut(search);
  const byRut = (value: string) => boughtBy(organizationId, sql`c.rut = ${value}`);
  if (number !== undefined) {
    const byNumber = eb("orders.receipt_number", "=", Number(number));
    return rut === null ? byNumber : eb.or([byNumber, byRut(rut)]);
  }
  if (rut !== null) return byRut(rut);
  return boughtBy(organizationId, sql.join(search.split(/\s+/).slice(0, 6).map(named), sql` and `));
}

/**
 * Sales to the customers of a condition, who are looked up first: an array, because the sales of each are then found by
 * index, while a sub-select or the name on each receipt would mean reading all that the shop ever sold.
 */
function boughtBy(organizationId: string, condition: RawBuilder<unknown>) {
  return sql<boolean>`orders.customer_id = any(array(
    select c.id from public.customers c where c.organization_id = ${organizationId} and ${condition}))`;
}

function named(word: string) {
  return sql`strpos(c.search_text, (select private.fold(${word}))) > 0`;
}
