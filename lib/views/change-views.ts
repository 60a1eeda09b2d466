import "server-only";
import { sql } from "@/lib/db";
import { AppError, refusedAt } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { ViewInput } from "./schema";

const naming = AppError.naming({ unique: { saved_views_name: "view.name_taken" } });

/**
 * Keeps a view of a list under a name, or changes an own one. At most one view of a list opens first.
 *
 * @returns its id
 * @throws AppError `view.name_taken` at the name, `view.not_found` the id is no own view of this list,
 *   `view.too_many`, `branch.not_found`, `access.forbidden` the list is not theirs to read
 */
export function saveView(member: Member, input: ViewInput): Promise<string> {
  const { id, list, name, query, branchId, opensFirst } = input;
  const saved = member.transaction(async (db) => {
    const { rows } = await sql<{ id: string }>`
      select private.save_view(${id}::uuid, ${list}, ${name}, ${query}, ${branchId}::uuid, ${opensFirst}) as id`.execute(
      db,
    );
    return rows[0]?.id ?? "";
  }, naming);
  return refusedAt({ "view.name_taken": ["/name", "errors.view.name_taken"] }, saved);
}

/**
 * Removes an own view, or one that is shared at a branch of the member's, if they administer the shop's people.
 *
 * @throws AppError `view.not_found`
 */
export async function removeView(member: Member, id: string): Promise<void> {
  await member.transaction((db) => sql`select private.remove_view(${id}::uuid)`.execute(db));
}
