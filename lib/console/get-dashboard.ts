import "server-only";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";

/**
 * Figures of the service, without test shops and test money (docs/glossary.md); money in pesos, months of Santiago as
 * `YYYY-MM`.
 */
export interface Dashboard {
  readonly organizations: {
    readonly total: number;
    readonly active: number;
    readonly trialing: number;
    readonly suspended: number;
    readonly newThisMonth: number;
  };
  readonly engagement: {
    readonly soldIn7Days: number;
    readonly soldIn30Days: number;
    readonly orders30Days: number;
    readonly membersIn7Days: number;
  };
  readonly revenue: {
    /** At list prices, whatever coupons take off. */
    readonly mrr: number;
    readonly arr: number;
    /** From the ledger: charges less what was let off, went back or was lost, each in the month in which it happened. */
    readonly byMonth: readonly { readonly month: string; readonly amount: number }[];
  };
  readonly signups: readonly { readonly month: string; readonly count: number }[];
  readonly tiers: readonly { readonly tier: string; readonly count: number; readonly mrr: number }[];
  readonly statuses: readonly { readonly status: string; readonly count: number }[];
  /** Trials that ended in the last 180 days, and after how many of them the shop paid, whatever became of it since. */
  readonly trials: { readonly ended: number; readonly converted: number };
  /** Shops that had paid, left in the last 30 days and have not come back. */
  readonly churn: { readonly lost30Days: number };
  readonly health: {
    readonly jobsWaiting: number;
    /** Of what is due; null when all that waits is for later. */
    readonly oldestJobSeconds: number | null;
    /** Jobs that failed: tried again, and given up in the last two weeks. */
    readonly jobsRetrying: number;
    readonly jobsFailed: number;
    readonly noticesWaiting: number;
    readonly oldestNoticeSeconds: number | null;
    readonly noticesDead: number;
    readonly paymentsInReview: number;
    readonly securityEvents24h: Readonly<Record<string, number>>;
    readonly databaseBytes: number;
  };
}

/**
 * The figures of the service, computed by the database now.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export function getDashboard(staff: Caller): Promise<Dashboard> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{ figures: Dashboard }>`select private.console_dashboard() as figures`.execute(
      db,
    );
    const [row] = rows;
    if (!row) throw new Error("console_dashboard answered nothing");
    return row.figures;
  });
}
