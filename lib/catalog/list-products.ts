import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { cutPage, edgeOf, type KeysetPage, pageOrFirst } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import { matching } from "./matching";
import type { Category, ProductFilter, ProductQuery } from "./schema";
import { levelIn } from "./units-in";

/** A product as lists show it. */
export interface ProductRow {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly name: string;
  readonly brand: string | null;
  readonly category: Category;
  /** Whole pesos, IVA included. */
  readonly price: number;
  readonly tracksStock: boolean;
  readonly lowStockAt: number | null;
  /** Units in the branch of the member; null for what keeps no stock, and without the right to see it. */
  readonly stock: number | null;
  /** Units in all branches that the member works in, archived ones aside; null likewise. */
  readonly stockEverywhere: number | null;
  readonly archivedAt: Date | null;
}

export interface ProductPage extends KeysetPage<ProductRow> {
  /** Products that the filter leaves, on all pages. */
  readonly total: number;
}

/** One page of the shop's products in the order asked for, with the stock of the member's branch. */
export function listProducts(member: Member, query: ProductQuery): Promise<ProductPage> {
  return member.snapshot(async (db) => {
    const [total, page] = await Promise.all([
      countProducts(db, member, query),
      pageOrFirst(query, (place) => readPage(db, member, place)),
    ]);
    return { total, ...page };
  });
}

/** How many products a filter leaves. The unfiltered number is kept by the database and costs one row. */
export async function countProducts(db: Kysely<DB>, member: Member, filter: ProductFilter): Promise<number> {
  const { search, category, stock, state } = filter;
  if (search.trim() === "" && !category && stock === "any" && state === "active") {
    const counter = await db
      .selectFrom("usage_counters")
      .select("n")
      .where("organization_id", "=", member.organization.id)
      .where("metric", "=", "products")
      .executeTakeFirst();
    return counter?.n ?? 0;
  }
  const { n } = await db
    .selectFrom("products")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where(matching(member.organization.id, member.branch?.id ?? null, filter))
    .executeTakeFirstOrThrow();
  return n;
}

async function readPage(
  db: Kysely<DB>,
  member: Member,
  query: ProductQuery,
): Promise<KeysetPage<ProductRow>> {
  const backwards = query.before !== null;
  const ascending = (query.direction === "asc") !== backwards;
  const order = ascending ? ("asc" as const) : ("desc" as const);
  const edge = await positionOf(db, member, query);
  let page = selectProducts(db, member, query)
    .orderBy(sortValue(query.column), order)
    .orderBy("products.id", order)
    .limit(query.size + 1);
  if (edge) page = page.where(beyond(query.column, edge, ascending));
  const address = query.column === "stock" ? (row: ProductRow) => edgeOf(unitsOf(row), row) : undefined;
  return cutPage<ProductRow>(await page.execute(), query, edge !== null, address);
}

/** Products with their stock, unordered: lists and exports put their own order on top. */
export function selectProducts(db: Kysely<DB>, member: Member, filter: ProductFilter) {
  const branchId = member.branch?.id ?? null;
  return stocked(db, branchId)
    .select([
      "products.id",
      "products.sku",
      "products.barcode",
      "products.name",
      "products.brand",
      "products.category",
      "products.price",
      "products.tracks_stock as tracksStock",
      "products.low_stock_at as lowStockAt",
      "products.archived_at as archivedAt",
      (member.can("inventory.read")
        ? sql<number | null>`case when products.tracks_stock then coalesce(here.quantity, 0) end`
        : sql<number | null>`null::int`
      ).as("stock"),
      (member.can("inventory.read")
        ? sql<number | null>`case when products.tracks_stock then coalesce((
            select sum(l.quantity)::int from public.stock_levels l
            where l.organization_id = products.organization_id and l.product_id = products.id
              and l.branch_id = any(${member.branches.map(({ id }) => id)}::uuid[])), 0) end`
        : sql<number | null>`null::int`
      ).as("stockEverywhere"),
    ])
    .where(matching(member.organization.id, branchId, filter))
    .$narrowType<{ category: Category }>();
}

function stocked(db: Kysely<DB>, branchId: string | null) {
  return db
    .selectFrom("products")
    .leftJoinLateral(levelIn(branchId, "products").as("here"), (join) => join.onTrue());
}

/** As many units as sort what keeps no stock: it is never short, so it comes after all that does. */
const KEEPS_NONE = 2_147_483_647;

function unitsOf({ tracksStock, stock }: ProductRow): number {
  return tracksStock ? (stock ?? 0) : KEEPS_NONE;
}

/** The value that sorts; `unitsOf` says the same of a row. */
function sortValue(column: ProductQuery["column"]) {
  switch (column) {
    case "name":
      return sql<string>`products.sort_name`;
    case "sku":
      return sql<string>`lower(products.sku)`;
    case "price":
      return sql<string>`products.price`;
    case "stock":
      return sql<string>`case when products.tracks_stock then coalesce(here.quantity, 0) else ${sql.lit(KEEPS_NONE)} end`;
  }
}

interface Position {
  readonly id: string;
  /** As text, whatever it is in the database. */
  readonly value: string;
}

/** Where the row stands that the page goes on from; null for a row that is no longer there: begin again. */
async function positionOf(
  db: Kysely<DB>,
  member: Member,
  { column, before, after }: ProductQuery,
): Promise<Position | null> {
  const edge = before ?? after;
  if (edge === null) return null;
  const { id, value } = edge;
  if (column === "stock" && value !== null) return { id, value: String(value) };
  const row = await stocked(db, member.branch?.id ?? null)
    .select(["products.id", sql<string>`(${sortValue(column)})::text`.as("value")])
    .where("products.organization_id", "=", member.organization.id)
    .where("products.id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

function beyond(column: ProductQuery["column"], { value, id }: Position, ascending: boolean) {
  const type = sql.raw(column === "price" || column === "stock" ? "bigint" : "text");
  return sql<boolean>`(${sortValue(column)}, products.id) ${sql.raw(ascending ? ">" : "<")} (${value}::${type}, ${id}::uuid)`;
}
