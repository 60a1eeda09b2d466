import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** What a till must know of its branch before the first sale. */
export interface TillState {
  /** The member's own open drawer here, if any. */
  readonly drawerId: string | null;
  readonly parkedCount: number;
}

/** The state of a member's till at a branch, in one question. */
export function findTill(member: Member, branchId: string): Promise<TillState> {
  return member.atOnce(async (db) => {
    const { rows } = await sql<TillState>`
      select (select s.id from public.cash_sessions s
              where s.organization_id = ${member.organization.id} and s.branch_id = ${branchId}::uuid
                and s.member_id = ${member.memberId} and s.status = 'open') as "drawerId",
             (select count(*)::int from public.parked_sales p
              where p.organization_id = ${member.organization.id} and p.branch_id = ${branchId}::uuid
                and p.taken_at is null) as "parkedCount"`.execute(db);
    return rows[0] ?? { drawerId: null, parkedCount: 0 };
  });
}
