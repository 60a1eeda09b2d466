import "server-only";
import type { ExpressionBuilder } from "kysely";
import type { DB } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { SessionFilter } from "./schema";

/** The condition of a list and its export: reviewers see every drawer of their branches, the rest their own. */
export function matchingSessions(member: Member, filter: SessionFilter) {
  const { status, branchId, from, to } = filter;
  return (eb: ExpressionBuilder<DB, "cash_sessions">) =>
    eb.and([
      eb("cash_sessions.organization_id", "=", member.organization.id),
      ...(member.can("cash.review") ? [] : [eb("cash_sessions.member_id", "=", member.memberId)]),
      ...(status ? [eb("cash_sessions.status", "=", status)] : []),
      ...(branchId ? [eb("cash_sessions.branch_id", "=", branchId)] : []),
      ...(from ? [eb("cash_sessions.business_date", ">=", from)] : []),
      ...(to ? [eb("cash_sessions.business_date", "<=", to)] : []),
    ]);
}
