import "server-only";
import { sql } from "@/lib/db";
import { refusedAt } from "@/lib/errors";
import type { Caller } from "@/lib/security/session";
import type { LimitChange, NewOrganization, OwnerInvitation, StatusChange } from "./schema";

/**
 * Makes an organization with its first branch and invites its owner by mail. The same form sent twice makes one.
 *
 * @returns the organization's id
 * @throws AppError `access.forbidden` for support, who may only look
 */
export function createOrganization(staff: Caller, input: NewOrganization): Promise<string> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{
      id: string;
    }>`select private.console_create_organization(${input.name}, ${input.branch},
      ${input.timeZone}, ${input.ownerEmail}, ${input.tier}, ${input.trialDays}) as id`.execute(db);
    return rows[0]?.id ?? "";
  });
}

/**
 * Suspends or reactivates an organization; its members notice on their next statement.
 *
 * @throws AppError `organization.not_found`, `conflict` when it is in that state already, `access.forbidden`
 */
export async function setOrganizationStatus(
  staff: Caller,
  { organizationId, status, reason }: StatusChange,
): Promise<void> {
  await staff.transaction((db) =>
    sql`select private.console_set_status(${organizationId}, ${status}, ${reason})`.execute(db),
  );
}

/**
 * Agrees another maximum with an organization, or takes the agreement back (`max` null).
 *
 * @throws AppError `organization.not_found`, `access.forbidden`
 */
export async function setOrganizationLimit(
  staff: Caller,
  { organizationId, metric, max, reason }: LimitChange,
): Promise<void> {
  await staff.transaction((db) =>
    sql`select private.console_set_limit(${organizationId}, ${metric}, ${max}, ${reason})`.execute(db),
  );
}

/**
 * Invites an owner again or another one; the earlier invitation stops working.
 *
 * @throws AppError `organization.not_found`, `invitation.already_member` at the field, `access.forbidden`
 */
export async function inviteOwner(staff: Caller, { organizationId, email }: OwnerInvitation): Promise<void> {
  await refusedAt(
    { "invitation.already_member": ["/email", "organizations.alreadyMember"] },
    staff.transaction((db) =>
      sql`select private.console_invite_owner(${organizationId}, ${email})`.execute(db),
    ),
  );
}
