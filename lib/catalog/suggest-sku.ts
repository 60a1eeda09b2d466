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

/** The next free code of each category, for the form to show. */
export function suggestSkus(member: Member): Promise<Record<Category, string>> {
  return member.transaction(async (db) => {
    const skus = await Promise.all(categories.map((category) => nextSku(db, member, category)));
    return Object.fromEntries(categories.map((category, index) => [category, skus[index]])) as Record<
      Category,
      string
    >;
  });
}

/**
 * `ARM-0134` after `ARM-0133`, be it a product's code or only printed on it: neither may be given again. Codes that do
 * not end in a plain number are other people's systems and left alone.
 */
export async function nextSku(db: Kysely<DB>, member: Member, category: Category): Promise<string> {
  const prefix = prefixes[category];
  const { rows } = await sql<{ last: number | null }>`
    select max(substring(held.code from length(${prefix}) + 2)::bigint) as last
    from public.products p cross join lateral (values (p.sku), (p.barcode)) held (code)
    where p.organization_id = ${member.organization.id} and upper(held.code) ~ ('^' || ${prefix} || '-[0-9]{1,9}$')`.execute(
    db,
  );
  return `${prefix}-${String((rows[0]?.last ?? 0) + 1).padStart(4, "0")}`;
}
