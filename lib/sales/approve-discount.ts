import "server-only";
import { sql } from "@/lib/db";
import { AppError, isErrorCode } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { DiscountApproval } from "./schema";

/** Somebody who may be called to the till. */
export interface Approver {
  readonly memberId: string;
  readonly fullName: string;
}

/** Who may allow a larger discount at a branch: those with the right to, and a code. */
export function listApprovers(member: Member, branchId: string): Promise<Approver[]> {
  return member.transaction(async (db) => {
    const { rows } = await sql<Approver>`
      select member_id as "memberId", full_name as "fullName" from private.list_approvers(${branchId}::uuid)`.execute(
      db,
    );
    return rows;
  });
}

interface ApprovalAnswer {
  readonly approvalId?: string;
  readonly problem?: string;
  readonly retryAfterSeconds?: number;
}

/**
 * Lets an approver allow one discount at somebody else's till with the short code; good for five minutes and one sale,
 * and for no more than the approver saw: a share of a line, and pesos of the whole sale.
 *
 * @returns the approval's id, to go with the sale
 * @throws AppError `sale.approval_invalid` wrong code or no approver; `rate.limited` after five wrong codes
 */
export async function approveDiscount(member: Member, input: DiscountApproval): Promise<string> {
  const answer = await member.transaction(async (db) => {
    const { rows } = await sql<{ answer: ApprovalAnswer }>`
      select private.approve_discount(${input.branchId}::uuid, ${input.approverId}::uuid, ${input.pin}, ${input.discountBp}::int,
        ${input.discount}::bigint) as answer`.execute(db);
    return rows[0]?.answer ?? {};
  });
  if (answer.approvalId) return answer.approvalId;
  const { problem = "", retryAfterSeconds } = answer;
  if (problem === "sale.approval_invalid") throw AppError.forField(problem, "/pin", "pos.refusals.pin");
  throw new AppError(
    isErrorCode(problem) ? problem : "server.unknown",
    retryAfterSeconds ? { retryAfterSeconds } : {},
  );
}
