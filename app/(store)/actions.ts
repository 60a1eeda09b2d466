"use server";

import { switchBranch } from "@/lib/identity";
import { demandMember } from "@/lib/security/member";
import { currentVisitor } from "@/lib/security/visitor";

/** Changes the branch at which the member works; the cookie makes the page come anew. */
export async function switchBranchAction(branchId: string): Promise<void> {
  switchBranch(await currentVisitor(), await demandMember(), branchId);
}
