import "server-only";
import type { Member } from "@/lib/security/member";
import { type Day, readDay } from "./get-day";
import { type Desk, readDesk } from "./get-desk";

/** What the first page of the shop shows. */
export interface Home {
  /** Null for who does not see sales. */
  readonly day: Day | null;
  readonly desk: Desk;
}

/**
 * The day of some branches and the member's desk, in one transaction.
 *
 * @param branchIds branches whose day is added up
 */
export function getHome(member: Member, branchIds: readonly string[], now = new Date()): Promise<Home> {
  return member.atOnce(async (db) => {
    const [day, desk] = await Promise.all([
      member.can("orders.read") ? readDay(db, branchIds, now) : null,
      readDesk(db, member),
    ]);
    return { day, desk };
  });
}
