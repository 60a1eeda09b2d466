import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import type { Colleague } from "./list-members";

/**
 * A member as the database shall keep them, and when they had last been changed, as the editor saw it; the function checks
 * who may ask for it and whether somebody else came first, and writes the trail.
 */
export type MemberState = Pick<
  Colleague,
  "id" | "role" | "status" | "allBranches" | "branchIds" | "granted" | "revoked" | "updatedAt"
>;

/** Calls the one function that changes members; it takes effect on the member's next statement. */
export async function writeMember(db: Kysely<DB>, state: MemberState): Promise<void> {
  await sql`select private.update_member(${state.id}::uuid, ${state.role}, ${state.status}, ${state.allBranches},
    ${state.branchIds}::uuid[], ${state.granted}::text[], ${state.revoked}::text[], ${state.updatedAt}::timestamptz)`.execute(
    db,
  );
}
