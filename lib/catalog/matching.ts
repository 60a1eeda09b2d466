import "server-only";
import type { ExpressionBuilder, RawBuilder } from "kysely";
import { type DB, sql } from "@/lib/db";
import type { ProductFilter } from "./schema";

const MOST_WORDS = 6;

/**
 * The condition of a list, its count and its export, on rows of one organization.
 *
 * @param branchId the branch whose stock is meant by "low"; without one nothing is
 */
export function matching(organizationId: string, branchId: string | null, filter: ProductFilter) {
  const { search, category, stock, state } = filter;
  return (eb: ExpressionBuilder<DB, "products">) =>
    eb.and([
      eb("products.organization_id", "=", organizationId),
      ...(state === "all" ? [] : [eb("products.archived_at", state === "archived" ? "is not" : "is", null)]),
      ...(category ? [eb("products.category", "=", category)] : []),
      ...(stock === "low" ? [isLow(branchId)] : []),
      holdsAllWords(search),
    ]);
}

/**
 * Whether a search text of products holds all words of what somebody typed. `strpos` has no wildcards to escape;
 * accents and case are folded away once a statement.
 *
 * @param column the column under the name that the query gives its table
 */
export function holdsAllWords(text: string, column = "products.search_text"): RawBuilder<boolean> {
  const words = text.trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const conditions = words.map((word) => sql`strpos(${sql.ref(column)}, (select private.fold(${word}))) > 0`);
  return conditions.length > 0 ? sql<boolean>`(${sql.join(conditions, sql` and `)})` : sql<boolean>`true`;
}

/**
 * Whether a text is the code of a product, printed (barcode) or the shop's own (SKU), in any case: what a scan means.
 *
 * @param table the table under the name that the query gives it
 */
export function hasCode(code: string, table = "products"): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${table}.id`)} = any((select private.products_with_code(${code}))::uuid[]))`;
}

/** Whether a text is the barcode of a product. Of products that shared a code before, this one is meant by a scan. */
export function isPrinted(code: string, table = "products"): RawBuilder<boolean> {
  return sql<boolean>`coalesce(lower(${sql.ref(`${table}.barcode`)}) = lower(${code}), false)`;
}

function isLow(branchId: string | null) {
  return sql<boolean>`exists (
    select from public.stock_levels short
    where short.organization_id = products.organization_id and short.branch_id = ${branchId}::uuid
      and short.product_id = products.id and products.tracks_stock and short.quantity <= products.low_stock_at)`;
}
