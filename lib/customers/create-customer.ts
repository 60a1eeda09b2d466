import "server-only";
import { demandWritable } from "@/lib/organizations";
import type { Member } from "@/lib/security/member";
import { customerColumns } from "./columns";
import { fullName } from "./full-name";
import type { NewCustomer } from "./schema";
import { writeCustomer } from "./write-customer";

/**
 * Records a customer.
 *
 * @returns id and name, as a till shows them
 * @throws AppError `customer.rut_taken`, `customer.document_taken` at the field, with the record that holds it
 * @throws AppError `tier.limit_exceeded`, `organization.read_only`, `access.forbidden`
 */
export async function createCustomer(
  member: Member,
  input: NewCustomer,
): Promise<{ id: string; name: string }> {
  demandWritable(member);
  const { id } = await writeCustomer(member, input, (db) =>
    db.insertInto("customers").values(customerColumns(input)).returning("id").executeTakeFirstOrThrow(),
  );
  return { id, name: fullName(input) };
}
