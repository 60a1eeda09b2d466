import "server-only";
import type { Kysely } from "kysely";
import { formatRut, parseRut } from "@/lib/chile";
import { formatPhone, parsePhone } from "@/lib/chile/phone";
import { type DB, sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import { fullName } from "./full-name";
import { matching } from "./matching";

/** A customer to choose from, written for a person. */
export interface CustomerChoice {
  readonly id: string;
  readonly name: string;
  /** `12.345.678-5` */
  readonly rut: string | null;
  /** `+56 9 1234 5678` */
  readonly phone: string | null;
  readonly email: string | null;
}

/**
 * Customers that a text means, archived ones left out: a RUT or telephone in any spelling, an e-mail address, or
 * pieces of a name in any order, accents and case ignored. The one whose RUT, telephone or address it is comes alone.
 *
 * @param limit how many at most
 */
export function searchCustomers(member: Member, text: string, limit: number): Promise<CustomerChoice[]> {
  const search = text.trim();
  if (search === "") return Promise.resolve([]);
  return member.transaction(async (db) => {
    const exact = await findExactly(db, member.organization.id, search, limit);
    const rows = exact.length > 0 ? exact : await findAnywhere(db, member.organization.id, search, limit);
    return rows.map((row) => ({
      id: row.id,
      name: fullName(row),
      rut: row.rut && formatRut(row.rut),
      phone: row.phone && formatPhone(row.phone),
      email: row.email,
    }));
  });
}

const columns = ["id", "given_names as givenNames", "surnames", "rut", "phone", "email"] as const;

/** By what names one customer, each through its own index. The same digits may be a RUT and a telephone. */
async function findExactly(db: Kysely<DB>, organizationId: string, search: string, limit: number) {
  const candidates = [
    ["rut", parseRut(search)],
    ["phone", parsePhone(search)],
    ["email", search.includes("@") ? search.toLowerCase() : null],
  ] as const;
  for (const [column, value] of candidates) {
    if (value === null) continue;
    const rows = await db
      .selectFrom("customers")
      .select(columns)
      .where("organization_id", "=", organizationId)
      .where(column, "=", value)
      .where("archived_at", "is", null)
      .orderBy("sort_name")
      .limit(limit)
      .execute();
    if (rows.length > 0) return rows;
  }
  return [];
}

/** Names that begin with the text first, then by name. */
async function findAnywhere(db: Kysely<DB>, organizationId: string, search: string, limit: number) {
  const ids = db
    .selectFrom("customers")
    .select("customers.id")
    .where(matching(organizationId, { search, state: "active" }))
    .orderBy(sql`starts_with(customers.sort_name, (select private.fold(${search})))`, "desc")
    .orderBy("customers.sort_name")
    .orderBy("customers.id")
    .limit(limit);
  return db
    .selectFrom("customers")
    .select(columns)
    .where("organization_id", "=", organizationId)
    .where("id", "in", ids)
    .orderBy(sql`starts_with(sort_name, (select private.fold(${search})))`, "desc")
    .orderBy("sort_name")
    .orderBy("id")
    .execute();
}
