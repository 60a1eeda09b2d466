import "server-only";
import { AppError } from "@/lib/errors";
import { demandWritable } from "@/lib/organizations";
import type { Member } from "@/lib/security/member";
import { customerColumns } from "./columns";
import type { ChangedCustomer } from "./schema";
import { writeCustomer } from "./write-customer";

/**
 * Changes a customer, unless somebody else did since the form was opened.
 *
 * @throws AppError `customer.changed` another version stands there now; nothing is merged or lost
 * @throws AppError `customer.rut_taken`, `customer.document_taken` at the field, with the record that holds it
 * @throws AppError `customer.not_found`, `organization.read_only`, `access.forbidden`
 */
export async function updateCustomer(member: Member, input: ChangedCustomer): Promise<void> {
  demandWritable(member);
  const { id, version } = input;
  await writeCustomer(member, input, async (db) => {
    const changed = await db
      .updateTable("customers")
      .set(customerColumns(input))
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .where("version", "=", version)
      .returning("id")
      .executeTakeFirst();
    if (changed) return;
    const known = await db
      .selectFrom("customers")
      .select("id")
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .executeTakeFirst();
    throw known
      ? new AppError("customer.changed", { conflictsWith: id })
      : new AppError("customer.not_found");
  });
}
