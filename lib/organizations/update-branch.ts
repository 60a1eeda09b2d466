import "server-only";
import { AppError, refusedAt } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { branchColumns, nameTaken } from "./branch-columns";
import { demandWritable } from "./demand-writable";
import type { ChangedBranch } from "./schema";

/**
 * Changes a branch, unless somebody else did since the form was opened.
 *
 * @throws AppError `conflict` another version stands there now; nothing is merged or lost
 * @throws AppError `branch.name_taken` at the field
 * @throws AppError `branch.not_found` none of that id, or lacks `branches.manage`
 * @throws AppError `organization.read_only`
 */
export async function updateBranch(member: Member, input: ChangedBranch): Promise<void> {
  demandWritable(member);
  const update = member.transaction(
    async (db) => {
      const changed = await db
        .updateTable("branches")
        .set(branchColumns(input))
        .where("organization_id", "=", member.organization.id)
        .where("id", "=", input.id)
        .where("version", "=", input.version)
        .returning("id")
        .executeTakeFirst();
      if (changed) return;
      const known = await db
        .selectFrom("branches")
        .select("id")
        .where("organization_id", "=", member.organization.id)
        .where("id", "=", input.id)
        .executeTakeFirst();
      // Everybody of the shop sees its branches; who may not change one is told of none.
      throw new AppError(known && member.can("branches.manage") ? "conflict" : "branch.not_found");
    },
    AppError.naming({ unique: "branch.name_taken" }),
  );
  await refusedAt(nameTaken, update);
}
