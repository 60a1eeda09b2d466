import "server-only";
import { type DB, type Kysely, sql } from "@/lib/db";
import { cutPage, type KeysetPage } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import type { DocumentQuery, documentKinds } from "./schema";

/** A paper behind goods that moved by hand, as lists show it. */
export interface DocumentRow {
  readonly id: string;
  readonly kind: (typeof documentKinds)[number];
  readonly at: Date;
  readonly branchId: string;
  readonly toBranchId: string | null;
  readonly note: string | null;
  readonly createdByName: string;
  /** How many products it moved. */
  readonly products: number;
  /** How many units came in, or changed place. */
  readonly units: number;
}

export interface DocumentPage extends KeysetPage<DocumentRow> {
  readonly total: number;
}

/** Papers of the branches in which the member works, the newest first. */
export function listDocuments(member: Member, query: DocumentQuery): Promise<DocumentPage> {
  return member.snapshot(async (db) => {
    const [total, page] = await Promise.all([count(db, member, query), readPage(db, member, query)]);
    return { total, ...page };
  });
}

async function count(db: Kysely<DB>, member: Member, { kind }: DocumentQuery): Promise<number> {
  let query = db
    .selectFrom("stock_documents")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("organization_id", "=", member.organization.id);
  if (kind) query = query.where("kind", "=", kind);
  return (await query.executeTakeFirstOrThrow()).n;
}

async function readPage(db: Kysely<DB>, member: Member, asked: DocumentQuery) {
  const { kind, after, before, size } = asked;
  const backwards = before !== null;
  const edge = before ?? after;
  const order = backwards ? ("asc" as const) : ("desc" as const);
  let query = db
    .selectFrom("stock_documents as d")
    .select([
      "d.id",
      "d.kind",
      "d.created_at as at",
      "d.branch_id as branchId",
      "d.to_branch_id as toBranchId",
      "d.note",
      "d.created_by_name as createdByName",
      moved("count(distinct m.product_id)").as("products"),
      moved("coalesce(sum(abs(m.quantity)) filter (where m.kind <> 'transfer_in'), 0)").as("units"),
    ])
    .where("d.organization_id", "=", member.organization.id)
    .orderBy("d.created_at", order)
    .orderBy("d.id", order)
    .limit(size + 1)
    .$narrowType<Pick<DocumentRow, "kind">>();
  if (kind) query = query.where("d.kind", "=", kind);
  if (edge) query = query.where(beyond(member, edge, backwards));
  return cutPage(await query.execute(), asked);
}

function moved(aggregate: string) {
  return sql<number>`(select ${sql.raw(aggregate)}::int from public.stock_movements m
    where m.organization_id = d.organization_id and m.document_id = d.id)`;
}

function beyond(member: Member, id: string, backwards: boolean) {
  return sql<boolean>`(d.created_at, d.id) ${sql.raw(backwards ? ">" : "<")} (
    select edge.created_at, edge.id from public.stock_documents edge
    where edge.organization_id = ${member.organization.id} and edge.id = ${id}::uuid)`;
}
