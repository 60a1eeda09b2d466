import "server-only";
import type { Member } from "@/lib/security/member";

/** A drawer that is open now. What it should hold is not told: the count at the end is blind. */
export interface OpenDrawer {
  readonly id: string;
  readonly openedAt: Date;
  readonly openingFloat: number;
  readonly businessDate: string;
}

/** The member's own open drawer at a branch, or null. */
export async function findOwnDrawer(member: Member, branchId: string): Promise<OpenDrawer | null> {
  const row = await member.transaction((db) =>
    db
      .selectFrom("cash_sessions")
      .select([
        "id",
        "opened_at as openedAt",
        "opening_float as openingFloat",
        "business_date as businessDate",
      ])
      .where("organization_id", "=", member.organization.id)
      .where("branch_id", "=", branchId)
      .where("member_id", "=", member.memberId)
      .where("status", "=", "open")
      .executeTakeFirst(),
  );
  return row ?? null;
}
