import "server-only";
import type { RawBuilder } from "kysely";
import { z } from "zod";
import { hasCode, holdsAllWords, unitsIn } from "@/lib/catalog";
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
export async function findGoods(member: Member, { branchId, q }: GoodsQuestion): Promise<Goods[]> {
  const exact = await goodsWhere(member, branchId, hasCode(q, "p"), sql`true`);
  // Two may share a code from before that was refused: as at the till, it is the one that has it printed on it.
  const printed = exact.filter(({ barcode }) => barcode?.toLowerCase() === q.toLowerCase());
  const meant = printed.length > 0 ? printed : exact;
  return meant.length > 0
    ? meant
    : goodsWhere(member, branchId, holdsAllWords(q, "p.search_text"), sql`false`);
}

/** One product with its units at a branch; null for what keeps no stock or is not of this shop. */
export async function findGoodsById(member: Member, branchId: string, id: string): Promise<Goods | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [goods] = await goodsWhere(member, branchId, sql`p.id = ${id}::uuid`, sql`true`);
  return goods ?? null;
}

function goodsWhere(
  member: Member,
  branchId: string,
  condition: RawBuilder<unknown>,
  isExact: RawBuilder<unknown>,
): Promise<Goods[]> {
  return member.transaction(async (db) => {
    const { rows } = await sql<Goods>`
      select p.id, p.sku, p.barcode, p.name, coalesce(here.quantity, 0) as stock, ${isExact} as "isExact"
      from (select * from public.products p
            where p.organization_id = ${member.organization.id} and p.tracks_stock and p.archived_at is null and ${condition}
            order by p.sort_name, p.id limit ${MOST}) p ${unitsIn(branchId)}
      order by p.sort_name, p.id`.execute(db);
    return rows;
  });
}
