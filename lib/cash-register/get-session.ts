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
  readonly saleCount: number;
  /**
   * Null while the drawer is open: whoever counts must not know what should be there.
   * `rounding` is the day's difference by Ley 20.956.
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
    const [session, movements, sales] = await Promise.all([
      readSession(db, member, id),
      readMovements(db, member, id),
      readSales(db, member, id),
    ]);
    if (!session) throw new AppError("cash_session.not_found");
    const sums =
      session.status === "closed"
        ? { tenders: await readTenders(db, member, id), rounding: sales.rounding }
        : null;
    return { ...session, movements, saleCount: sales.count, sums };
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

async function readSales(
  db: Kysely<DB>,
  member: Member,
  sessionId: string,
): Promise<{ count: number; rounding: number }> {
  const { count, rounding } = await db
    .selectFrom("orders")
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.sum<string | null>("cash_rounding").as("rounding"),
    ])
    .where("organization_id", "=", member.organization.id)
    .where("cash_session_id", "=", sessionId)
    .where("status", "=", "completed")
    .executeTakeFirstOrThrow();
  return { count, rounding: Number(rounding ?? 0) };
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
