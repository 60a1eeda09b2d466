import type { AuditEntry } from "./audit";
import { windowOf } from "./calendar";
import words from "./data/words.json";
import type { Row } from "./insert-rows";
import type { BranchPlan, Seller } from "./plan";
import { at, type Random } from "./random";
import type { Method, Sale } from "./till";

export interface CashHistory {
  readonly sessions: Row<"cash_sessions">[];
  readonly movements: Row<"cash_movements">[];
  readonly audit: AuditEntry[];
}

type Tenders = Record<Method, number>;

const MINUTE_MS = 60_000;

/**
 * Puts the sales of each seller and day into a drawer that was opened before the first and closed after the last,
 * counted with small differences. The drawers of today stay open only where the plan says so.
 */
export function fillDrawers(
  random: Random,
  organization: string,
  branches: readonly BranchPlan[],
  sales: readonly Sale[],
  now: Date,
): CashHistory {
  const history: CashHistory = { sessions: [], movements: [], audit: [] };
  const drawers = Map.groupBy(
    sales,
    ({ order }) => `${order.branch_id} ${order.member_id} ${order.business_date}`,
  );
  for (const mine of drawers.values()) {
    const first = at(mine, 0).order;
    const branch = branches.find(({ id }) => id === first.branch_id);
    const seller = branch?.sellers.find(({ memberId }) => memberId === first.member_id);
    if (branch && seller) fillDrawer(random, organization, branch, seller, mine, now, history);
  }
  return history;
}

function fillDrawer(
  random: Random,
  organization: string,
  branch: BranchPlan,
  seller: Seller,
  sales: readonly Sale[],
  now: Date,
  history: CashHistory,
): void {
  const id = random.uuid();
  const { order: first } = at(sales, 0);
  const { order: last } = at(sales, sales.length - 1);
  const { opensAt, closesAt } = windowOf(branch, first.business_date);
  const arrival = Math.min(opensAt.getTime(), first.created_at.getTime());
  const openedAt = new Date(arrival - random.integer(2, 12) * MINUTE_MS);
  const float = random.pick([30_000, 40_000, 40_000, 50_000]);
  const expected = collect(id, sales, float);
  for (const movement of petty(random, expected.cash)) {
    expected.cash += movement.kind === "paid_in" ? movement.amount : -movement.amount;
    const key = random.uuid();
    history.movements.push({
      organization_id: organization,
      id: key,
      branch_id: branch.id,
      cash_session_id: id,
      ...movement,
      idempotency_key: `demo-${key}`,
      created_by: seller.userId,
      created_at: new Date(
        openedAt.getTime() + (last.created_at.getTime() - openedAt.getTime()) * random.next(),
      ),
    });
  }
  const wayHome = Math.max(closesAt.getTime(), last.created_at.getTime()) + random.integer(4, 25) * MINUTE_MS;
  const isToday = wayHome > now.getTime();
  const closedAt = isToday
    ? new Date(Math.min(last.created_at.getTime() + 30_000, now.getTime()))
    : new Date(wayHome);
  const closing = isToday && seller.staysOpen ? stillOpen : close(random, seller, expected, closedAt);
  history.sessions.push({
    organization_id: organization,
    id,
    branch_id: branch.id,
    member_id: seller.memberId,
    member_name: seller.name,
    opening_float: float,
    business_date: first.business_date,
    opened_at: openedAt,
    ...closing,
  });
  if (closing === stillOpen) return;
  const { counted, cash_difference: cashDifference } = closing;
  history.audit.push({
    at: closedAt,
    actor: seller,
    action: "cash_session.closed",
    objectType: "cash_sessions",
    objectId: id,
    changes: { expected, counted, cashDifference },
  });
}

/** Puts sales and their payments into a drawer; what it should hold afterwards. */
function collect(session: string, sales: readonly Sale[], float: number): Tenders {
  const expected: Tenders = { cash: float, debit: 0, credit: 0, transfer: 0 };
  for (const sale of sales) {
    sale.order.cash_session_id = session;
    for (const payment of sale.payments) {
      payment.cash_session_id = session;
      expected[payment.method] += payment.amount;
    }
  }
  return expected;
}

const stillOpen = {
  status: "open",
  closed_at: null,
  closed_by: null,
  counted: null,
  expected: null,
  cash_difference: null,
  note: null,
} satisfies Row<"cash_sessions">;

function close(random: Random, seller: Seller, expected: Tenders, closedAt: Date) {
  const difference = Math.max(differenceOf(random), -expected.cash);
  return {
    status: "closed",
    closed_at: closedAt,
    closed_by: seller.userId,
    counted: { ...expected, cash: expected.cash + difference },
    expected,
    cash_difference: difference,
    note: difference === 0 || random.chance(0.5) ? null : random.pick(words.closingNotes),
  };
}

function petty(
  random: Random,
  inDrawer: number,
): { kind: "paid_in" | "paid_out"; amount: number; reason: string }[] {
  if (random.chance(0.88)) return [];
  const amount = random.integer(2, 12) * 1_000;
  return random.chance(0.8) && amount < inDrawer
    ? [{ kind: "paid_out", amount, reason: random.pick(words.paidOut) }]
    : [{ kind: "paid_in", amount, reason: random.pick(words.paidIn) }];
}

/** Five drawers in six are right to the peso. */
function differenceOf(random: Random): number {
  if (random.chance(0.83)) return 0;
  return random.pick([-10, -10, 10, -50, 20, -100, 100, -500, -1_000, 500, 1_000, -2_000, -5_000]);
}
