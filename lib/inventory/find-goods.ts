import "server-only";
import { holdsAllWords } from "@/lib/catalog";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { GoodsQuestion } from "./schema";

const MOST = 8;

/** A product to put into a stock document. */
export interface Goods {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly name: string;
  /** Units at the branch. */
  readonly stock: number;
  /** The text is this very code: a scanner needs no choice. */
  readonly isExact: boolean;
}

/** Products that keep stock and that a text means: the one with this very code alone, else those with its words. */
export function findGoods(member: Member, { branchId, q }: GoodsQuestion): Promise<Goods[]> {
  const isCode = sql`coalesce(p.barcode = ${q}, false) or lower(p.sku) = lower(${q})`;
  return member.transaction(async (db) => {
    const { rows } = await sql<Goods>`
      select p.id, p.sku, p.barcode, p.name, coalesce(l.quantity, 0) as stock, ${isCode} as "isExact"
      from public.products p
      left join public.stock_levels l
        on l.organization_id = p.organization_id and l.branch_id = ${branchId}::uuid and l.product_id = p.id
      where p.organization_id = ${member.organization.id} and p.tracks_stock and p.archived_at is null
        and (${isCode} or ${holdsAllWords(q, "p.search_text")})
      order by ${isCode} desc, p.sort_name, p.id limit ${MOST}`.execute(db);
    return rows.some(({ isExact }) => isExact) ? rows.filter(({ isExact }) => isExact) : rows;
  });
}
