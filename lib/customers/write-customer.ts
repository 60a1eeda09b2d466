import "server-only";
import { sql, type Work } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { NewCustomer } from "./schema";

const naming = AppError.naming({
  unique: { customers_rut: "customer.rut_taken", customers_document: "customer.document_taken" },
});

/** What a customer shares with no other of the shop; archived ones hold theirs too. */
interface Papers extends Pick<NewCustomer, "rut" | "documentType" | "documentNumber"> {
  /** The customer itself, where it is known already. */
  readonly id?: string;
}

/**
 * Runs a change that may meet a RUT or a document that another record of the shop holds.
 *
 * @throws AppError `customer.rut_taken`, `customer.document_taken` at the field, with that record's id in `conflictsWith`
 */
export async function writeCustomer<T>(member: Member, papers: Papers, work: Work<T>): Promise<T> {
  try {
    return await member.transaction(work, naming);
  } catch (error) {
    throw error instanceof AppError ? await atItsField(member, error, papers) : error;
  }
}

async function atItsField(member: Member, error: AppError, papers: Papers): Promise<AppError> {
  // The holder is looked up afterwards: the refusal ended the transaction.
  switch (error.code) {
    case "customer.rut_taken":
      return taken(error, "rut", "rut.taken", await findHolder(member, papers, "rut"));
    case "customer.document_taken": {
      const holder = await findHolder(member, papers, "document");
      return taken(error, "documentNumber", "customers.refusals.documentTaken", holder);
    }
    default:
      return error;
  }
}

function taken(
  cause: AppError,
  field: keyof Papers,
  key: string,
  conflictsWith: string | undefined,
): AppError {
  const issues = [{ pointer: `/${field}`, code: key, key, values: {} }];
  return new AppError(cause.code, { conflictsWith }, { cause, issues });
}

async function findHolder(
  member: Member,
  { rut, documentType, documentNumber, id }: Papers,
  by: "rut" | "document",
): Promise<string | undefined> {
  const found = await member.transaction((db) => {
    const others = db
      .selectFrom("customers")
      .select("id")
      .where("organization_id", "=", member.organization.id)
      .where("id", "is distinct from", id ?? null);
    return by === "rut"
      ? others.where("rut", "=", rut).executeTakeFirst()
      : others
          .where("document_type", "=", documentType)
          .where(
            sql<boolean>`private.document_key(document_number) = private.document_key(${documentNumber})`,
          )
          // Of several that had it before, the one that holds it.
          .orderBy("doubled_document", (order) => order.asc().nullsFirst())
          .executeTakeFirst();
  });
  return found?.id;
}
