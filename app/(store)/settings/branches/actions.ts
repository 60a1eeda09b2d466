"use server";

import {
  archiveBranch,
  branchReference,
  changedBranch,
  createBranch,
  newBranch,
  restoreBranch,
  updateBranch,
} from "@/lib/organizations";
import { memberAction } from "@/lib/security/action";

const permission = "branches.manage" as const;

export const createBranchAction = memberAction(newBranch, createBranch, { permission });

export const updateBranchAction = memberAction(changedBranch, updateBranch, { permission });

export const archiveBranchAction = memberAction(
  branchReference,
  (member, { id }) => archiveBranch(member, id),
  {
    permission,
  },
);

export const restoreBranchAction = memberAction(
  branchReference,
  (member, { id }) => restoreBranch(member, id),
  {
    permission,
  },
);
