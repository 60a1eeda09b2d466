import "server-only";
import { z } from "zod";
import { checkboxField, emailField } from "@/lib/chile/fields";
import { memberRoles, permissions } from "@/lib/security/permissions";

const access = z.object({
  role: z.enum(memberRoles),
  allBranches: checkboxField,
  branchIds: z.array(z.uuid()).max(100).default([]),
});

/** Somebody who may enter no branch could do nothing but look at an empty page. Asked whatever else is wrong. */
function withSomeBranch<S extends z.ZodType<z.output<typeof access>>>(schema: S) {
  return schema.refine(({ allBranches, branchIds }) => allBranches || branchIds.length > 0, {
    path: ["branchIds"],
    error: "members.refusals.branches",
    when: ({ value }) => access.pick({ allBranches: true, branchIds: true }).safeParse(value).success,
  });
}

export const invitation = withSomeBranch(access.extend({ email: emailField }));
export type Invitation = z.output<typeof invitation>;

/**
 * What a member shall be able to do from now on; `permissions` are those that are ticked, whatever the role gives, and
 * `updatedAt` says which state of the member the person saw.
 */
export const memberAccess = withSomeBranch(
  access.extend({
    id: z.uuid(),
    permissions: z.array(z.enum(permissions)).default([]),
    updatedAt: z.iso.datetime({ offset: true }),
  }),
);
export type MemberAccess = z.output<typeof memberAccess>;

export const memberReference = z.object({ id: z.uuid() });
export const invitationReference = z.object({ id: z.uuid() });
