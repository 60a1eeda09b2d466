import "server-only";
import type { RawBuilder } from "kysely";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Caller } from "@/lib/security/session";
import type { Gateways } from "./factory";
import { requestRefund } from "./request-refund";
import type { Approval, ReviewDecision } from "./schema";

type Staff = Pick<Caller, "transaction">;

/** What a decision about a payment in review came to. */
export interface ReviewResolution {
  readonly decision: ReviewDecision["decision"];
  /** Of the decision, for `approveReview`; of the refund, for `approveRefund`, when that was the decision. */
  readonly id: string;
  /** `applied`, `awaiting_approval` above the limit, `declined`; for a refund its own status. */
  readonly status: string;
  /** Minor units; null for a rejection, which moves nothing. */
  readonly amount: number | null;
  readonly currency: string | null;
}

interface DecisionRow {
  decision: "accept" | "reject";
  decisionId: string;
  status: string;
  amount: number | null;
  currency: string | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Decides about a payment in review, for platform staff who may write.
 *
 * @param key the same for every try of one decision; a refund is ordered once under it
 * @throws AppError `payment.not_found`, `payment.not_in_review`, `payment.received_differs` (the gateway told
 *   another amount), `approval.pending`, and what `requestRefund` throws
 */
export async function resolveReview(
  staff: Staff,
  paymentId: string,
  input: ReviewDecision,
  key: string,
  setting: { readonly gateways: Gateways; readonly appUrl: string },
): Promise<ReviewResolution> {
  if (!UUID.test(paymentId)) throw new AppError("payment.not_found");
  if (input.decision === "refund") {
    const { refundId, status, amount, currency } = await requestRefund(
      staff,
      paymentId,
      { reason: input.reason },
      key,
      setting,
    );
    return { decision: "refund", id: refundId, status, amount, currency };
  }
  const received = input.decision === "accept" ? input.receivedMinor : null;
  return decide(
    staff,
    sql`select private.console_resolve_review(${paymentId}, ${input.decision}, ${input.reason}, ${received}) as made`,
  );
}

/**
 * Says yes or no to an acceptance above the limit that another one of the staff decided.
 *
 * @throws AppError `not_found`, `approval.not_pending`, `approval.same_person`, `payment.not_in_review`
 */
export async function approveReview(
  staff: Staff,
  decisionId: string,
  { approve, reason }: Approval,
): Promise<ReviewResolution> {
  if (!UUID.test(decisionId)) throw new AppError("not_found");
  return decide(
    staff,
    sql`select private.console_approve_review(${decisionId}, ${approve}, ${reason ?? null}) as made`,
  );
}

function decide(staff: Staff, statement: RawBuilder<{ made: DecisionRow }>): Promise<ReviewResolution> {
  return staff.transaction(async (db) => {
    const { rows } = await statement.execute(db);
    const [row] = rows;
    if (!row) throw new Error("a review was decided without an answer");
    const { decisionId, ...made } = row.made;
    return { ...made, id: decisionId };
  });
}
