import "server-only";
import { hasCode, holdsAllWords } from "@/lib/catalog";
import { type CustomerChoice, searchCustomers } from "@/lib/customers";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

const MOST = 5;
/** A receipt number as people type it or a scanner reads it: `N° 123`, `00000123`. */
const RECEIPT_NUMBER = /^(?:n[°º.]?\s*|#\s*)?0*([1-9]\d{0,9})$/i;

export interface FoundProduct {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  /** Whole pesos, IVA included. */
  readonly price: number;
}

export interface FoundOrder {
  readonly id: string;
  readonly receiptNumber: number;
  /** `yyyy-mm-dd` at the branch. */
  readonly businessDate: string;
  readonly branchName: string;
  readonly customerName: string | null;
  /** Whole pesos. */
  readonly total: number;
}

/** What a text means, at most five of each kind; kinds that the member may not read are empty. */
export interface Found {
  readonly customers: readonly CustomerChoice[];
  readonly products: readonly FoundProduct[];
  readonly orders: readonly FoundOrder[];
}

/** Searches everything that has a page of its own, within the member's shop, branches and rights. */
export async function searchEverything(member: Member, text: string): Promise<Found> {
  const [customers, products, orders] = await Promise.all([
    member.can("customers.read") ? searchCustomers(member, text, MOST) : [],
    member.can("products.read") ? findProducts(member, text) : [],
    member.can("orders.read") ? findOrders(member, text) : [],
  ]);
  return { customers, products, orders };
}

/** The very code first, then names that begin with the text, then by name. */
function findProducts(member: Member, text: string): Promise<FoundProduct[]> {
  return member.transaction((db) =>
    db
      .selectFrom("products")
      .select(["id", "name", "sku", "price"])
      .where("organization_id", "=", member.organization.id)
      .where("archived_at", "is", null)
      .where(holdsAllWords(text))
      .orderBy(hasCode(text), "desc")
      .orderBy(sql`starts_with(sort_name, (select private.fold(${text})))`, "desc")
      .orderBy("sort_name")
      .orderBy("id")
      .limit(MOST)
      .execute(),
  );
}

/** Receipts are counted by branch, so that one number may mean several sales: the newest first. */
async function findOrders(member: Member, text: string): Promise<FoundOrder[]> {
  const [, number] = RECEIPT_NUMBER.exec(text) ?? [];
  if (!number) return [];
  return member.transaction((db) =>
    db
      .selectFrom("orders as o")
      .innerJoin("branches as b", (join) =>
        join.onRef("b.organization_id", "=", "o.organization_id").onRef("b.id", "=", "o.branch_id"),
      )
      .select([
        "o.id",
        "o.receipt_number as receiptNumber",
        "o.business_date as businessDate",
        "b.name as branchName",
        "o.customer_name as customerName",
        "o.total",
      ])
      .where("o.organization_id", "=", member.organization.id)
      .where(sql<boolean>`o.branch_id = any (${member.branches.map(({ id }) => id)}::uuid[])`)
      .where("o.receipt_number", "=", Number(number))
      .orderBy("o.created_at", "desc")
      .limit(MOST)
      .execute(),
  );
}
