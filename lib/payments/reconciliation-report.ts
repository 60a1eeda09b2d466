import "server-only";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";

/** One gateway and day of the nightly comparison. */
export interface ReconciliationDay {
  readonly gateway: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly finishedAt: Date;
  /** Payments that the gateway took money for, and ours that were paid there. */
  readonly theirs: number;
  readonly ours: number;
  /** Payments about which the gateway did not answer. */
  readonly unanswered: number;
  readonly failure: string | null;
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding {
  readonly kind:
    | "theirs_not_ours"
    | "ours_not_theirs"
    | "amount_differs"
    | "refunded_there"
    | "disputed_there";
  readonly organizationId: string | null;
  readonly organization: string | null;
  readonly paymentId: string | null;
  readonly reference: string | null;
  /** Minor units. */
  readonly theirsMinor: number | null;
  readonly oursMinor: number | null;
  readonly currency: string | null;
}

/**
 * The last nights' comparisons with the gateways, newest day first, for platform staff.
 *
 * @throws AppError `access.forbidden`, `access.step_up_required`
 */
export function listReconciliations(
  staff: Pick<Caller, "transaction">,
  days = 14,
): Promise<readonly ReconciliationDay[]> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<ReconciliationDay>`
      select gateway, day, finished_at as "finishedAt", theirs, ours, unanswered, failure, findings
      from private.console_reconciliation(${days})`.execute(db);
    return rows;
  });
}
