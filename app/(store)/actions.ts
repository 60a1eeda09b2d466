"use server";

import { switchBranch } from "@/lib/identity";
import { branchReference } from "@/lib/organizations";
import { memberAction } from "@/lib/security/action";
import { currentVisitor } from "@/lib/security/visitor";

/** Changes the branch at which the member works; the cookie makes the page come anew. */
export const switchBranchAction = memberAction(branchReference, async (member, { id }) =>
  switchBranch(await currentVisitor(), member, id),
);
