import "server-only";
import type { RawBuilder } from "kysely";
import { holdsAllWords } from "@/lib/catalog";
import { type DB, type Kysely, planWithValues, sql } from "@/lib/db";
import { cutPage, type Edge, edgeOf, type KeysetPage, pageOrFirst } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import type { StockQuery } from "./schema";

/** A product with its units by branch. */
export interface StockRow {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly brand: string | null;
  readonly category: string;
  readonly lowStockAt: number | null;
  /** Units by branch, of the branches that ever kept it and in which the member works. */
  readonly levels: Readonly<Record<string, number>>;
  /** At or below its threshold in the member's branch. */
  readonly isLow: boolean;
}

export interface StockPage extends KeysetPage<StockRow> {
  readonly total: number;
  /** How many of all products are low in the branch. */
  readonly low: number;
}

/** Goods on the shelves, those that run out first at the member's branch before the others, then by name. */
export function listStock(member: Member, query: StockQuery): Promise<StockPage> {
  return member.snapshot(async (db) => {
    // Every product meets its level here, so a plan has to know how many there are.
    await planWithValues(db);
    const [counts, page] = await Promise.all([
      count(db, member, query),
      pageOrFirst(query, (place) => readPage(db, member, place)),
    ]);
    return { ...counts, ...page };
  });
}

/** All goods that a filter leaves, by name, for an export; at most what a tier holds, so in one piece. */
export async function listAllStock(db: Kysely<DB>, member: Member, query: StockQuery): Promise<StockRow[]> {
  await planWithValues(db);
  return selectRows(db, member, condition(member, query), sql`p.sort_name, p.id`);
}

async function count(db: Kysely<DB>, member: Member, query: StockQuery) {
  const { rows } = await sql<{ total: number; low: number }>`
    select count(*)::int as total, (count(*) filter (where ${isLow}))::int as low
    from ${goods(member)} where ${condition(member, query)}`.execute(db);
  return rows[0] ?? { total: 0, low: 0 };
}

async function readPage(db: Kysely<DB>, member: Member, query: StockQuery) {
  const backwards = query.before !== null;
  const edge = query.before ?? query.after;
  const order = sql.raw(backwards ? "desc" : "asc");
  const found = await selectRows(
    db,
    member,
    sql`${condition(member, query)} and ${edge ? beyond(member, edge, backwards) : sql`true`}`,
    sql`not ${isLow} ${order}, p.sort_name ${order}, p.id ${order} limit ${query.size + 1}`,
  );
  return cutPage(found, query, edge !== null, (row) => edgeOf(row.isLow ? "low" : "rest", row));
}

/** Behind, or in front of, the row of a cursor: among what was low, or among the rest, wherever it belongs since. */
function beyond(member: Member, { id, value }: Edge<"low" | "rest">, backwards: boolean) {
  const wasLow = value === null ? isLow : sql`${value === "low"}::boolean`;
  return sql`(not ${isLow}, p.sort_name, p.id) ${sql.raw(backwards ? "<" : ">")} (
    select not ${wasLow}, p.sort_name, p.id from ${goods(member)}
    where p.organization_id = ${member.organization.id} and p.id = ${id}::uuid)`;
}

async function selectRows(
  db: Kysely<DB>,
  member: Member,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<StockRow[]> {
  const { rows } = await sql<StockRow>`
    select p.id, p.sku, p.name, p.brand, p.category, p.low_stock_at as "lowStockAt", ${isLow} as "isLow",
      coalesce((select jsonb_object_agg(l.branch_id, l.quantity) from public.stock_levels l
                where l.organization_id = p.organization_id and l.product_id = p.id), '{}') as levels
    from ${goods(member)} where ${where} order by ${order}`.execute(db);
  return rows;
}

/** Of products that the branch never kept nothing is missing there. */
const isLow = sql`coalesce(here.quantity <= p.low_stock_at, false)`;

function goods(member: Member) {
  return sql`public.products p left join public.stock_levels here
    on here.organization_id = p.organization_id and here.branch_id = ${member.branch?.id ?? null}::uuid and here.product_id = p.id`;
}

function condition(member: Member, { search, category, stock }: StockQuery) {
  return sql.join(
    [
      sql`p.organization_id = ${member.organization.id}`,
      sql`p.tracks_stock and p.archived_at is null`,
      ...(category ? [sql`p.category = ${category}`] : []),
      ...(stock === "low" ? [isLow] : []),
      holdsAllWords(search, "p.search_text"),
    ],
    sql` and `,
  );
}
