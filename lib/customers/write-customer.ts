import "server-only";
import type { Work } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";

const naming = AppError.naming({ unique: { customers_rut: "customer.rut_taken" } });

/**
 * Runs a change that may meet a RUT that another record of the shop holds; archived ones hold theirs too.
 *
 * @throws AppError `customer.rut_taken` at the field, with that record's id in `conflictsWith`
 */
export async function writeCustomer<T>(member: Member, rut: string | null, work: Work<T>): Promise<T> {
  try {
    return await member.transaction(work, naming);
  } catch (error) {
    if (rut === null || !(error instanceof AppError) || error.code !== "customer.rut_taken") throw error;
    // Looked up afterwards: the refusal ended the transaction.
    const details = { conflictsWith: await findByRut(member, rut) };
    throw new AppError("customer.rut_taken", details, {
      cause: error,
      issues: [{ pointer: "/rut", code: "rut.taken", key: "rut.taken", values: {} }],
    });
  }
}

async function findByRut(member: Member, rut: string): Promise<string | undefined> {
  const found = await member.transaction((db) =>
    db
      .selectFrom("customers")
      .select("id")
      .where("organization_id", "=", member.organization.id)
      .where("rut", "=", rut)
      .executeTakeFirst(),
  );
  return found?.id;
}
