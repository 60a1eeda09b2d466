import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { TenderMethod } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import type { SessionRow } from "./list-sessions";

export interface SessionMovement {
  readonly id: string;
  readonly kind: string;
  readonly amount: number;
  readonly reason: string;
  readonly at: Date;
}

/** What one tender brought into a drawer and what voided sales took out again. */
export interface TenderTotal {
  readonly method: TenderMethod;
  readonly sold: number;
  readonly voided: number;
  readonly payments: number;
}

/** A drawer with what happened in it. */
export interface SessionReport extends SessionRow {
  readonly memberId: string;
  readonly branchId: string;
  readonly movements: readonly SessionMovement[];
  /** Sales that were made in it, whatever became of them later. */
  readonly saleCount: number;
  /** Sales of this or an earlier drawer that were given back out of it. */
  readonly voidCount: number;
  /**
   * Null while the drawer is open: whoever counts must not know what should be there.
   * `rounding` is the difference by Ley 20.956 of what was sold and given back in it.
   */
  readonly sums: { readonly tenders: readonly TenderTotal[]; readonly rounding: number } | null;
}

/**
 * The report of a drawer: of one's own, or with `cash.review` of anybody's in the branch.
 *
 * @throws AppError `cash_session.not_found`
 */
export function getSession(member: Member, id: string): Promise<SessionReport> {
  return member.snapshot(async (db) => {
    const [session, movements, sales, voids] = await Promise.all([
      readSession(db, member, id),
      readMovements(db, member, id),
      readSales(db, member, id),
      readVoids(db, member, id),
    ]);
    if (!session) throw new AppError("cash_session.not_found");
    const sums =
      session.status === "closed"
        ? { tenders: await readTenders(db, member, id), rounding: sales.rounding - voids.rounding }
        : null;
    return { ...session, movements, saleCount: sales.count, voidCount: voids.count, sums };
  });
}

type Session = SessionRow & Pick<SessionReport, "memberId" | "branchId">;

async function readSession(db: Kysely<DB>, member: Member, id: string): Promise<Session | undefined> {
  let query = db
    .selectFrom("cash_sessions")
    .innerJoin("branches", (join) =>
      join
        .onRef("branches.organization_id", "=", "cash_sessions.organization_id")
        .onRef("branches.id", "=", "cash_sessions.branch_id"),
    )
    .select([
      "cash_sessions.id",
      "member_id as memberId",
      "branch_id as branchId",
      "status",
      "member_name as memberName",
      "branches.name as branchName",
      "branches.time_zone as timeZone",
      "business_date as businessDate",
      "opened_at as openedAt",
      "closed_at as closedAt",
      "opening_float as openingFloat",
      "expected",
      "counted",
      "cash_difference as cashDifference",
      "note",
    ])
    .where("cash_sessions.organization_id", "=", member.organization.id)
    .where("cash_sessions.id", "=", id);
  if (!member.can("cash.review")) query = query.where("member_id", "=", member.memberId);
  return (await query.executeTakeFirst()) as Session | undefined;
}

function readMovements(db: Kysely<DB>, member: Member, sessionId: string): Promise<SessionMovement[]> {
  return db
    .selectFrom("cash_movements")
    .select(["id", "kind", "amount", "reason", "created_at as at"])
    .where("organization_id", "=", member.organization.id)
    .where("cash_session_id", "=", sessionId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

interface Happened {
  readonly count: number;
  readonly rounding: number;
}

/** A sale that is voided later stays where it was made: the report of a drawer never changes once it is closed. */
async function readSales(db: Kysely<DB>, member: Member, sessionId: string): Promise<Happened> {
  const { count, rounding } = await db
    .selectFrom("orders")
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.sum<string | null>("cash_rounding").as("rounding"),
    ])
    .where("organization_id", "=", member.organization.id)
    .where("cash_session_id", "=", sessionId)
    .executeTakeFirstOrThrow();
  return { count, rounding: Number(rounding ?? 0) };
}

/** Of a sale that was paid in several ways the rounding goes with the cash. */
async function readVoids(db: Kysely<DB>, member: Member, sessionId: string): Promise<Happened> {
  const { rows } = await sql<Happened>`
    select count(distinct o.id)::int as count,
           coalesce(sum(o.cash_rounding) filter (where p.method = 'cash'), 0)::int as rounding
    from public.cash_sessions s
    join public.order_payments p on p.organization_id = s.organization_id and p.branch_id = s.branch_id and p.cash_session_id = s.id
      and p.kind = 'void'
    join public.orders o on o.organization_id = p.organization_id and o.branch_id = p.branch_id and o.id = p.order_id
    where s.organization_id = ${member.organization.id} and s.id = ${sessionId}::uuid`.execute(db);
  return rows[0] ?? { count: 0, rounding: 0 };
}

async function readTenders(db: Kysely<DB>, member: Member, sessionId: string): Promise<TenderTotal[]> {
  const { rows } = await sql<TenderTotal>`
    select t.method,
           coalesce(sum(p.amount) filter (where p.kind = 'payment'), 0)::bigint as sold,
           coalesce(sum(p.amount) filter (where p.kind = 'void'), 0)::bigint as voided,
           count(p.id) filter (where p.kind = 'payment') as payments
    from unnest(array['cash', 'debit', 'credit', 'transfer']) with ordinality t (method, place)
    left join public.order_payments p on p.organization_id = ${member.organization.id}
      and p.cash_session_id = ${sessionId}::uuid and p.method = t.method
    group by t.method, t.place order by t.place`.execute(db);
  return rows;
}
