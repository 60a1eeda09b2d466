import "server-only";
import { AppError, refusedAt } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { branchColumns, nameTaken } from "./branch-columns";
import { demandWritable } from "./demand-writable";
import type { ChangedBranch } from "./schema";

/**
 * Changes a branch.
 *
 * @throws AppError `branch.name_taken` at the field
 * @throws AppError `branch.not_found` none of that id, or lacks `branches.manage`
 * @throws AppError `organization.read_only`
 */
export async function updateBranch(member: Member, input: ChangedBranch): Promise<void> {
  demandWritable(member);
  const update = member.transaction(
    (db) =>
      db
        .updateTable("branches")
        .set(branchColumns(input))
        .where("organization_id", "=", member.organization.id)
        .where("id", "=", input.id)
        .returning("id")
        .executeTakeFirst(),
    AppError.naming({ unique: "branch.name_taken" }),
  );
  const changed = await refusedAt(nameTaken, update);
  if (!changed) throw new AppError("branch.not_found");
}
