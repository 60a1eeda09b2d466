import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { readUsage, type Usage } from "@/lib/organizations";
import { cutPage, type KeysetPage, pageOrFirst } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import { listName } from "./full-name";
import { matching } from "./matching";
import type { CustomerFilter, CustomerQuery } from "./schema";

const COLUMNS = [
  "customers.id",
  "given_names as givenNames",
  "surnames",
  "rut",
  "document_number as documentNumber",
  "email",
  "phone",
  "comuna",
  "archived_at as archivedAt",
  "created_at as createdAt",
] as const;

/** A customer as lists show it. */
export interface CustomerRow {
  readonly id: string;
  /** Surnames first, as lists sort it. */
  readonly name: string;
  readonly rut: string | null;
  readonly documentNumber: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly comuna: string | null;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}

export interface CustomerPage extends KeysetPage<CustomerRow> {
  /** Customers that the filter leaves, on all pages. */
  readonly total: number;
  /** How much of the tier's limit of customers the shop uses. */
  readonly usage: Usage;
}

/** One page of the shop's customers, in the order asked for. */
export function listCustomers(member: Member, query: CustomerQuery): Promise<CustomerPage> {
  return member.snapshot(async (db) => {
    const [page, usage] = await Promise.all([
      pageOrFirst(query, (place) => readPage(db, member, place)),
      readUsage(db, member, "customers"),
    ]);
    // A page without neighbours is all there is: no second search through the shop's customers.
    const isWhole = page.previous === null && page.next === null;
    const total = isWhole
      ? page.rows.length
      : isUnfiltered(query)
        ? usage.used
        : await countCustomers(db, member, query);
    return { ...page, total, usage };
  });
}

/** How many customers a filter leaves. The unfiltered number is kept by the database and costs one row. */
export async function countCustomers(
  db: Kysely<DB>,
  member: Member,
  filter: CustomerFilter,
): Promise<number> {
  if (isUnfiltered(filter)) return (await readUsage(db, member, "customers")).used;
  const { n } = await db
    .selectFrom("customers")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where(matching(member.organization.id, filter))
    .executeTakeFirstOrThrow();
  return n;
}

function isUnfiltered({ search, state }: CustomerFilter): boolean {
  return search === "" && state === "active";
}

async function readPage(
  db: Kysely<DB>,
  member: Member,
  query: CustomerQuery,
): Promise<KeysetPage<CustomerRow>> {
  const backwards = query.before !== null;
  const from = await positionOf(db, member, query, query.before ?? query.after);
  const found = await rowsFrom(db, member, { ...query, from, backwards });
  return cutPage(found, query, from !== null);
}

interface Position {
  readonly id: string;
  /** The value that sorts, as text: an instant loses its microseconds on the way through a Date. */
  readonly value: string;
}

/** Where the row of a cursor stands now; null for a row that is no longer there: begin again. */
async function positionOf(
  db: Kysely<DB>,
  member: Member,
  { column }: CustomerQuery,
  id: string | null,
): Promise<Position | null> {
  if (id === null) return null;
  const row = await db
    .selectFrom("customers")
    .select(["id", sql<string>`${sortColumn(column)}::text`.as("value")])
    .where("organization_id", "=", member.organization.id)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

interface Walk extends CustomerQuery {
  readonly from: Position | null;
  readonly backwards: boolean;
}

async function rowsFrom(db: Kysely<DB>, member: Member, walk: Walk): Promise<CustomerRow[]> {
  const column = sortColumn(walk.column);
  const ascending = (walk.direction === "asc") !== walk.backwards;
  const order = ascending ? ("asc" as const) : ("desc" as const);
  const onPage = db
    .selectFrom("customers")
    .where(matching(member.organization.id, walk))
    .where(walk.from ? beyond(column, walk.from, walk.column, ascending) : sql<boolean>`true`)
    .orderBy(column, order)
    .orderBy("customers.id", order)
    .limit(walk.size + 1);
  // A search goes through all customers: in the index alone, and the rows themselves are fetched for one page.
  const found =
    walk.search === ""
      ? await onPage.select(COLUMNS).execute()
      : await db
          .selectFrom("customers")
          .select(COLUMNS)
          .where("organization_id", "=", member.organization.id)
          .where("id", "in", onPage.select("customers.id"))
          .orderBy(column, order)
          .orderBy("id", order)
          .execute();
  return found.map(({ givenNames, surnames, ...row }) => ({
    ...row,
    name: listName({ givenNames, surnames }),
  }));
}

function beyond(
  column: ReturnType<typeof sortColumn>,
  from: Position,
  name: CustomerQuery["column"],
  ascending: boolean,
) {
  const value = name === "created" ? sql`${from.value}::timestamptz` : sql`${from.value}::text`;
  const comparison = ascending ? sql`>` : sql`<`;
  return sql<boolean>`(${column}, customers.id) ${comparison} (${value}, ${from.id}::uuid)`;
}

function sortColumn(column: CustomerQuery["column"]) {
  return sql.ref(column === "created" ? "customers.created_at" : "customers.sort_name");
}
