import "server-only";
import { AppError, refusedAt } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { branchColumns, nameTaken } from "./branch-columns";
import { demandWritable } from "./demand-writable";
import type { NewBranch } from "./schema";

/**
 * Opens a branch.
 *
 * @returns its id
 * @throws AppError `branch.name_taken` at the field
 * @throws AppError `tier.limit_exceeded`, `organization.read_only`
 * @throws AppError `access.forbidden` lacks `branches.manage`
 */
export async function createBranch(member: Member, input: NewBranch): Promise<string> {
  demandWritable(member);
  const insert = member.transaction(
    (db) => db.insertInto("branches").values(branchColumns(input)).returning("id").executeTakeFirstOrThrow(),
    AppError.naming({ unique: "branch.name_taken" }),
  );
  const { id } = await refusedAt(nameTaken, insert);
  return id;
}
