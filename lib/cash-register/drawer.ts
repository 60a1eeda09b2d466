import "server-only";
import { sql } from "@/lib/db";
import { AppError, refusedAt } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { CashMovement, DrawerClosing, DrawerOpening, TenderAmounts } from "./schema";

/**
 * Opens the member's drawer at a branch.
 *
 * @returns the session's id
 * @throws AppError `cash_session.already_open`, `branch.not_found`, `access.forbidden`, `organization.read_only`
 */
export function openDrawer(member: Member, { branchId, float }: DrawerOpening): Promise<string> {
  return member.transaction(async (db) => {
    const { rows } = await sql<{ id: string }>`
      select private.open_cash_session(${branchId}::uuid, ${float}::bigint) as id`.execute(db);
    const [row] = rows;
    if (!row) throw new AppError("server.unknown");
    return row.id;
  });
}

/**
 * Puts money into a drawer or takes it out, with a reason. The same key moves it once.
 *
 * @throws AppError `cash_session.not_found`, `cash_session.not_open`, `cash_session.not_enough_cash` at the amount
 * @throws AppError `idempotency.key_reused` with what was recorded under the key, when that is something else
 */
export async function moveCash(member: Member, input: CashMovement): Promise<void> {
  const { key, sessionId, kind, amount, reason } = input;
  const move = member.transaction((db) =>
    sql`select private.move_cash(${key}, ${sessionId}::uuid, ${kind}, ${amount}::bigint, ${reason})`.execute(
      db,
    ),
  );
  try {
    await refusedAt({ "cash_session.not_enough_cash": ["/amount", "cash.notEnough"] }, move);
  } catch (error) {
    throw error instanceof AppError && error.code === "idempotency.key_reused" ? alreadyMoved(error) : error;
  }
}

/** Names the first movement: whoever hears that theirs was refused must know that money did move. */
function alreadyMoved(error: AppError): AppError {
  const { kind, amount } = error.details;
  const key = kind === "paid_in" ? "cash.alreadyPaidIn" : "cash.alreadyPaidOut";
  const issue = { pointer: "/key", code: error.code, key, values: { amount: Number(amount) } };
  return new AppError(error.code, error.details, { cause: error, issues: [issue] });
}

export interface ClosedDrawer {
  readonly expected: TenderAmounts;
  readonly counted: TenderAmounts;
  /** Counted less expected cash: negative when money is missing. */
  readonly cashDifference: number;
}

/**
 * Closes a drawer with what was counted before anybody said what should be there. Closed stays closed.
 *
 * @throws AppError `cash_session.not_found`, `cash_session.not_open`
 */
export function closeDrawer(member: Member, input: DrawerClosing): Promise<ClosedDrawer> {
  const { sessionId, note, ...counted } = input;
  return member.transaction(async (db) => {
    const { rows } = await sql<{ closed: ClosedDrawer }>`
      select private.close_cash_session(${sessionId}::uuid, ${JSON.stringify(counted)}::jsonb, ${note || null}) as closed`.execute(
      db,
    );
    const [row] = rows;
    if (!row) throw new AppError("server.unknown");
    return row.closed;
  });
}
