import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { cutPage, inBatches, type KeysetPage } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import type { SessionFilter, SessionQuery, TenderAmounts } from "./schema";
import { matchingSessions } from "./session-filter";

const ROWS_AT_ONCE = 2_000;

/** A drawer from opening to closing, as lists show it. */
export interface SessionRow {
  readonly id: string;
  readonly status: string;
  readonly memberName: string;
  readonly branchName: string;
  readonly timeZone: string;
  readonly businessDate: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly openingFloat: number;
  /** Null while the drawer is open. */
  readonly expected: TenderAmounts | null;
  readonly counted: TenderAmounts | null;
  readonly cashDifference: number | null;
  readonly note: string | null;
}

export interface SessionPage extends KeysetPage<SessionRow> {
  readonly count: number;
}

/** One page of drawers, the newest first. */
export function listSessions(member: Member, query: SessionQuery): Promise<SessionPage> {
  return member.snapshot(async (db) => {
    const [count, page] = await Promise.all([countSessions(db, member, query), readPage(db, member, query)]);
    return { count, ...page };
  });
}

/**
 * All drawers that a filter leaves, the newest first, page after page, each in its own transaction: none waits for a
 * slow reader. The audit trail says so before the first row leaves.
 *
 * @param rowsAtOnce rows of a page; for tests
 * @throws AppError `access.forbidden` lacks `orders.export`
 */
export async function exportSessions(
  member: Member,
  filter: SessionFilter,
  rowsAtOnce = ROWS_AT_ONCE,
): Promise<AsyncGenerator<SessionRow[]>> {
  if (!member.can("orders.export")) throw new AppError("access.forbidden");
  await member.transaction(async (db) => {
    const count = await countSessions(db, member, filter);
    await sql`select private.audit_export('cash_sessions', ${count}::int)`.execute(db);
  });
  return inBatches<SessionRow>(rowsAtOnce, (from) =>
    member.transaction(async (db) => {
      const query = newestFirst(db, member, filter).limit(rowsAtOnce);
      const rows = from ? query.where(beyond(from.id, false, member.organization.id)) : query;
      return (await rows.execute()) as SessionRow[];
    }),
  );
}

async function countSessions(db: Kysely<DB>, member: Member, filter: SessionFilter): Promise<number> {
  const { n } = await db
    .selectFrom("cash_sessions")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where(matchingSessions(member, filter))
    .executeTakeFirstOrThrow();
  return n;
}

async function readPage(
  db: Kysely<DB>,
  member: Member,
  query: SessionQuery,
): Promise<KeysetPage<SessionRow>> {
  const backwards = query.before !== null;
  const edge = query.before ?? query.after;
  let page = backwards
    ? selectRows(db, member, query).orderBy("opened_at", "asc").orderBy("cash_sessions.id", "asc")
    : newestFirst(db, member, query);
  page = page.limit(query.size + 1);
  if (edge !== null) page = page.where(beyond(edge, backwards, member.organization.id));
  return cutPage((await page.execute()) as SessionRow[], query);
}

function newestFirst(db: Kysely<DB>, member: Member, filter: SessionFilter) {
  return selectRows(db, member, filter).orderBy("opened_at", "desc").orderBy("cash_sessions.id", "desc");
}

function selectRows(db: Kysely<DB>, member: Member, filter: SessionFilter) {
  return db
    .selectFrom("cash_sessions")
    .innerJoin("branches", (join) =>
      join
        .onRef("branches.organization_id", "=", "cash_sessions.organization_id")
        .onRef("branches.id", "=", "cash_sessions.branch_id"),
    )
    .select([
      "cash_sessions.id",
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
    .where(matchingSessions(member, filter));
}

function beyond(id: string, backwards: boolean, organizationId: string) {
  return sql<boolean>`(cash_sessions.opened_at, cash_sessions.id) ${sql.raw(backwards ? ">" : "<")}
    (select edge.opened_at, edge.id from public.cash_sessions edge
     where edge.organization_id = ${organizationId} and edge.id = ${id}::uuid)`;
}
