import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import { type Category, categories } from "./schema";

/** How the codes of a category begin: armazón, sol, cristal, lente de contacto, accesorio, servicio. */
const prefixes: Record<Category, string> = {
  frame: "ARM",
  sunglasses: "SOL",
  lens: "CRI",
  contact_lens: "LDC",
  accessory: "ACC",
  service: "SER",
};

/** A code that we suggested, or that reads like one. */
const SUGGESTED = `^(${Object.values(prefixes).join("|")})-[0-9]{1,9}$`;

/** The next free code of each category, for the form to show. */
export function suggestSkus(member: Member): Promise<Record<Category, string>> {
  return member.transaction((db) => nextSkus(db, member));
}

/**
 * `ARM-0134` after `ARM-0133`, be it a product's code or only printed on it: neither may be given again. Codes that do
 * not end in a plain number are other people's systems and left alone.
 */
export async function nextSkus(db: Kysely<DB>, member: Member): Promise<Record<Category, string>> {
  const { rows } = await sql<{ prefix: string; last: number }>`
    select upper(left(held.code, 3)) as prefix, max(substring(held.code from 5)::bigint) as last
    from public.products p cross join lateral (values (p.sku), (p.barcode)) held (code)
    where p.organization_id = ${member.organization.id} and held.code ~* ${SUGGESTED} group by 1`.execute(db);
  const last = new Map(rows.map((row) => [row.prefix, Number(row.last)]));
  const next = (category: Category) => {
    const prefix = prefixes[category];
    return `${prefix}-${String((last.get(prefix) ?? 0) + 1).padStart(4, "0")}`;
  };
  return Object.fromEntries(categories.map((category) => [category, next(category)])) as Record<
    Category,
    string
  >;
}
