import "server-only";
import type { Work } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";

const naming = AppError.naming({
  unique: { products_sku: "product.sku_taken", products_barcode: "product.barcode_taken" },
});

/** What a product shares with no other of the shop; archived ones hold theirs too. */
interface Codes {
  readonly sku: string | null;
  readonly barcode: string | null;
}

/**
 * Runs a change that may meet a code that another product of the shop holds.
 *
 * @throws AppError `product.sku_taken`, `product.barcode_taken` at the field, with that product's id in `conflictsWith`
 */
export async function writeProduct<T>(member: Member, codes: Codes, work: Work<T>): Promise<T> {
  try {
    return await member.transaction(work, naming);
  } catch (error) {
    throw error instanceof AppError ? await atItsField(member, error, codes) : error;
  }
}

async function atItsField(member: Member, error: AppError, codes: Codes): Promise<AppError> {
  const field = fieldOf(error);
  const value = field && codes[field];
  if (!field || !value) return error;
  // Looked up afterwards: the refusal ended the transaction.
  const conflictsWith = await findHolder(member, field, value);
  const key = `products.refusals.${field}Taken`;
  return new AppError(
    error.code,
    { conflictsWith },
    { cause: error, issues: [{ pointer: `/${field}`, code: error.code, key, values: {} }] },
  );
}

function fieldOf({ code }: AppError): keyof Codes | null {
  if (code === "product.sku_taken") return "sku";
  return code === "product.barcode_taken" ? "barcode" : null;
}

async function findHolder(member: Member, field: keyof Codes, value: string): Promise<string | undefined> {
  const found = await member.transaction((db) =>
    db
      .selectFrom("products")
      .select("id")
      .where("organization_id", "=", member.organization.id)
      .where((eb) =>
        field === "sku" ? eb(eb.fn("lower", ["sku"]), "=", value.toLowerCase()) : eb("barcode", "=", value),
      )
      .executeTakeFirst(),
  );
  return found?.id;
}
