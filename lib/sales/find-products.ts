import "server-only";
import type { Kysely, RawBuilder } from "kysely";
import { hasCode, isPrinted, unitsIn } from "@/lib/catalog";
import { type DB, sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";
import type { Category, ProductQuestion } from "./schema";

/** A product as a till sees it. */
export interface TillProduct {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly name: string;
  readonly brand: string | null;
  readonly category: Category;
  /** Whole pesos, IVA included. */
  readonly price: number;
  readonly taxKind: "taxable" | "exempt";
  readonly tracksStock: boolean;
  readonly allowsNegative: boolean;
  /** Units in the branch; null for what keeps no stock. */
  readonly stock: number | null;
}

const MOST = 24;
/** A best seller is what sold most in the branch within this time. */
const RECENT_DAYS = 30;

/**
 * Products of the shop with their stock in one branch: the one with a scanned code, some by id, those that a text
 * means, those of a category, or else what the branch sells most.
 *
 * @throws AppError `tier.feature_locked`
 */
export function findProducts(
  caller: Pick<Caller, "transaction">,
  question: ProductQuestion,
): Promise<TillProduct[]> {
  return caller.transaction(async (db) => {
    const { code, ids, q, category, branchId } = question;
    if (code) return products(db, branchId, hasCode(code, "p"), sql`${isPrinted(code, "p")} desc, ${byName}`);
    if (ids) return products(db, branchId, sql`p.id = any(${ids}::uuid[])`, byName, ids.length);
    if (q) return products(db, branchId, sql`${means(q)} and ${within(category)}`, byNearness(q));
    if (category) return products(db, branchId, within(category), byName);
    const best = await bestSellers(db, branchId);
    return best.length >= MOST / 2 ? best : products(db, branchId, sql`true`, byName);
  });
}

const byName = sql`p.name, p.id`;

/** Every word stands somewhere in name, brand, SKU or barcode, accents and case ignored. */
function means(text: string): RawBuilder<unknown> {
  const words = text.split(/\s+/).slice(0, 6);
  return sql.join(
    words.map((word) => sql`strpos(p.search_text, (select private.fold(${word}))) > 0`),
    sql` and `,
  );
}

function within(category: Category | undefined): RawBuilder<unknown> {
  return category ? sql`p.category = ${category}` : sql`true`;
}

/** The code itself first, then names that begin with the text. */
function byNearness(text: string): RawBuilder<unknown> {
  return sql`${hasCode(text, "p")} desc,
    starts_with(p.search_text, (select private.fold(${text}))) desc, ${byName}`;
}

async function products(
  db: Kysely<DB>,
  branchId: string,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit = MOST,
): Promise<TillProduct[]> {
  const { rows } = await sql<TillProduct>`
    select ${columns} from (
      select * from public.products p
      where p.organization_id = (select private.org_with_feature('pos')) and p.archived_at is null and ${condition}
      order by ${order} limit ${limit}) p ${unitsIn(branchId)}
    order by ${order}`.execute(db);
  return rows;
}

async function bestSellers(db: Kysely<DB>, branchId: string): Promise<TillProduct[]> {
  const { rows } = await sql<TillProduct>`
    with sold as (
      select i.product_id, sum(i.quantity) as units
      from public.orders o
      -- Held to the lines of one sale after the other: joined, they are compared with all that the branch ever sold.
      cross join lateral (
        select l.product_id, l.quantity from public.order_items l
        where l.organization_id = o.organization_id and l.branch_id = o.branch_id and l.order_id = o.id offset 0) i
      where o.organization_id = (select private.org_with_feature('pos')) and o.branch_id = ${branchId}::uuid
        and o.business_date > current_date - ${RECENT_DAYS}::int and o.status = 'completed'
      group by 1 order by 2 desc, 1 limit ${MOST}
    )
    select ${columns} from sold
    join public.products p on p.organization_id = (select private.current_org()) and p.id = sold.product_id and p.archived_at is null
    ${unitsIn(branchId)}
    order by sold.units desc, ${byName}`.execute(db);
  return rows;
}

const columns = sql`p.id, p.sku, p.barcode, p.name, p.brand, p.category, p.price, p.tax_kind as "taxKind",
  p.tracks_stock as "tracksStock", p.allows_negative as "allowsNegative",
  case when p.tracks_stock then coalesce(here.quantity, 0) end as stock`;
