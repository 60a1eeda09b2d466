import "server-only";
import type { Work } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { hasCode } from "./matching";

const naming = AppError.naming({
  unique: { products_sku: "product.sku_taken", products_barcode: "product.barcode_taken" },
});

/** What a product shares with no other of the shop, whichever of the two it is there; archived ones hold theirs too. */
interface Codes {
  readonly sku: string | null;
  readonly barcode: string | null;
  /** The product itself, where it is known already: it may have one code twice. */
  readonly id?: string;
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
  const holder = await findHolder(member, value, codes.id);
  const key = `products.refusals.${refusal(field, value, holder)}`;
  return new AppError(
    error.code,
    { conflictsWith: holder?.id },
    { cause: error, issues: [{ pointer: `/${field}`, code: error.code, key, values: {} }] },
  );
}

type Field = "sku" | "barcode";

function fieldOf({ code }: AppError): Field | null {
  if (code === "product.sku_taken") return "sku";
  return code === "product.barcode_taken" ? "barcode" : null;
}

/** Says as what the other product has the code: whoever looks for it there looks at the right field. */
function refusal(field: Field, value: string, holder: Holder | undefined): string {
  const isCrossed = holder && holder[field]?.toLowerCase() !== value.toLowerCase();
  if (!isCrossed) return `${field}Taken`;
  return field === "sku" ? "skuIsBarcode" : "barcodeIsSku";
}

interface Holder {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
}

function findHolder(member: Member, code: string, itself: string | undefined): Promise<Holder | undefined> {
  return member.transaction((db) => {
    const holders = db
      .selectFrom("products")
      .select(["id", "sku", "barcode"])
      .where("organization_id", "=", member.organization.id)
      .where(hasCode(code));
    return (itself ? holders.where("id", "<>", itself) : holders).executeTakeFirst();
  });
}
