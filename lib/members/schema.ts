import "server-only";
import { z } from "zod";
import { checkboxField, emailField } from "@/lib/chile/fields";
import { memberRoles, permissions } from "@/lib/security/permissions";

const access = z.object({
  role: z.enum(memberRoles),
  allBranches: checkboxField,
  branchIds: z.array(z.uuid()).max(100).default([]),
});

/** Somebody who may enter no branch could do nothing but look at an empty page. */
function checkBranches({ allBranches, branchIds }: z.output<typeof access>, context: z.RefinementCtx): void {
  if (!allBranches && branchIds.length === 0) {
    context.addIssue({ code: "custom", path: ["branchIds"], message: "members.refusals.branches" });
  }
}

export const invitation = access.extend({ email: emailField }).superRefine(checkBranches);
export type Invitation = z.output<typeof invitation>;

/** What a member shall be able to do from now on; `permissions` are those that are ticked, whatever the role gives. */
export const memberAccess = access
  .extend({ id: z.uuid(), permissions: z.array(z.enum(permissions)).default([]) })
  .superRefine(checkBranches);
export type MemberAccess = z.output<typeof memberAccess>;

export const memberReference = z.object({ id: z.uuid() });
export const invitationReference = z.object({ id: z.uuid() });
