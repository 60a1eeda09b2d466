import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { fullName } from "./full-name";
import type { documentTypes } from "./schema";

/** Everything that the shop knows of a customer. */
export interface Customer {
  readonly id: string;
  readonly kind: "person" | "company";
  /** As it is spoken: given names first. */
  readonly name: string;
  readonly givenNames: string;
  readonly surnames: string;
  /** As stored: `12345678-5`. */
  readonly rut: string | null;
  readonly documentType: (typeof documentTypes)[number] | null;
  readonly documentNumber: string | null;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  /** `yyyy-mm-dd`. */
  readonly birthOn: string | null;
  readonly address: string | null;
  readonly comuna: string | null;
  readonly activity: string | null;
  readonly notes: string | null;
  /** Sent back with a change, so that nobody overwrites what they have not seen. */
  readonly version: number;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** @throws AppError `customer.not_found` none of that id in this organization */
export async function getCustomer(member: Member, id: string): Promise<Customer> {
  const customer = await findCustomer(member, id);
  if (!customer) throw new AppError("customer.not_found");
  return customer;
}

/** A customer of the member's organization, or null. */
export async function findCustomer(member: Member, id: string): Promise<Customer | null> {
  const found = await member.transaction((db) =>
    db
      .selectFrom("customers")
      .select([
        "id",
        "kind",
        "given_names as givenNames",
        "surnames",
        "rut",
        "document_type as documentType",
        "document_number as documentNumber",
        "email",
        "phone",
        "birth_on as birthOn",
        "address",
        "comuna",
        "activity",
        "notes",
        "version",
        "archived_at as archivedAt",
        "created_at as createdAt",
        "updated_at as updatedAt",
      ])
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .$narrowType<Pick<Customer, "kind" | "documentType">>()
      .executeTakeFirst(),
  );
  return found ? { ...found, name: fullName(found) } : null;
}
