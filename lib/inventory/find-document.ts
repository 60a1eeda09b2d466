import "server-only";
import { z } from "zod";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { documentKinds } from "./schema";

/** A paper with the goods that it moved. */
export interface StockDocument {
  readonly id: string;
  readonly kind: (typeof documentKinds)[number];
  readonly at: Date;
  readonly branchId: string;
  readonly branchName: string;
  /** IANA zone of the branch whose clock the paper goes by. */
  readonly timeZone: string;
  readonly toBranchName: string | null;
  readonly note: string | null;
  readonly createdByName: string;
  readonly lines: readonly DocumentLine[];
}

export interface DocumentLine {
  readonly productId: string;
  readonly name: string;
  readonly sku: string;
  readonly barcode: string | null;
  /** Signed at the branch of the paper: a transfer takes away there. */
  readonly quantity: number;
  readonly balanceAfter: number;
  /** Whole pesos, net; null also for who may not know what goods cost the shop. */
  readonly unitCost: number | null;
}

/** A paper of the branches in which the member works, or null. Costs stand on it for who keeps or receives the goods. */
export function findDocument(member: Member, id: string): Promise<StockDocument | null> {
  if (!z.uuid().safeParse(id).success) return Promise.resolve(null);
  const unitCost =
    member.can("products.write") || member.can("inventory.receive") ? sql`m.unit_cost` : sql`null`;
  return member.transaction(async (db) => {
    const { rows } = await sql<StockDocument>`
      select d.id, d.kind, d.created_at as at, d.branch_id as "branchId", b.name as "branchName", b.time_zone as "timeZone",
             t.name as "toBranchName", d.note, d.created_by_name as "createdByName",
             coalesce((select jsonb_agg(jsonb_build_object('productId', p.id, 'name', p.name, 'sku', p.sku, 'barcode', p.barcode,
                         'quantity', m.quantity, 'balanceAfter', m.balance_after, 'unitCost', ${unitCost}) order by p.sort_name, p.id)
                       from public.stock_movements m
                       join public.products p on p.organization_id = m.organization_id and p.id = m.product_id
                       where m.organization_id = d.organization_id and m.document_id = d.id and m.branch_id = d.branch_id), '[]') as lines
      from public.stock_documents d
      join public.branches b on b.organization_id = d.organization_id and b.id = d.branch_id
      left join public.branches t on t.organization_id = d.organization_id and t.id = d.to_branch_id
      where d.organization_id = ${member.organization.id} and d.id = ${id}::uuid`.execute(db);
    return rows[0] ?? null;
  });
}
