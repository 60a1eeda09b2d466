import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { demandWritable } from "./demand-writable";
import type { ChangedOrganization } from "./schema";

/**
 * Changes what the shop says about itself, unless somebody else did since the form was opened. The audit trail keeps
 * each value before and after.
 *
 * @throws AppError `conflict` it says something else by now; nothing is merged or lost
 * @throws AppError `access.forbidden` lacks `organization.manage`
 * @throws AppError `organization.read_only`
 */
export async function updateOrganization(member: Member, details: ChangedOrganization): Promise<void> {
  demandWritable(member);
  await member.transaction(async (db) => {
    const changed = await db
      .updateTable("organizations")
      .set({
        name: details.name,
        legal_name: details.legalName,
        rut: details.rut,
        activity: details.activity,
        address: details.address,
        comuna: details.comuna,
        phone: details.phone,
        email: details.email,
        receipt_footer: details.receiptFooter,
        updated_at: sql<Date>`now()`,
      })
      .where("id", "=", member.organization.id)
      .where("updated_at", "=", sql<Date>`${details.updatedAt}::timestamptz`)
      .returning("id")
      .executeTakeFirst();
    if (!changed) throw new AppError(member.can("organization.manage") ? "conflict" : "access.forbidden");
  });
}
