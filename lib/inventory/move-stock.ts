import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { Adjustment, Reception, Transfer } from "./schema";

/**
 * Takes goods in at a branch. The same form sent twice takes them in once.
 *
 * @returns the id of the document that says so; null without the right to read it
 * @throws AppError `stock.already_saved` the form was saved as it was before it was changed, with that document's id in
 *   `conflictsWith`
 * @throws AppError `product.not_found`, `branch.not_found`, `access.forbidden`, `organization.read_only`
 */
export function receiveStock(member: Member, input: Reception): Promise<string | null> {
  const { key, branchId, note, lines } = input;
  return writeDocument(member, key, (db) =>
    sql`select private.receive_stock(${key}, ${branchId}::uuid, ${JSON.stringify(lines)}::jsonb, ${note})`.execute(
      db,
    ),
  );
}

/**
 * Moves goods from one branch to another. The same form sent twice moves them once.
 *
 * @returns the id of the document that says so; null without the right to read it
 * @throws AppError `stock.insufficient` at the line, `product.not_found`, `branch.not_found`, `access.forbidden`
 * @throws AppError `stock.already_saved` as `receiveStock`
 */
export async function transferStock(member: Member, input: Transfer): Promise<string | null> {
  const { key, branchId, toBranchId, note, lines } = input;
  try {
    return await writeDocument(member, key, (db) =>
      sql`select private.transfer_stock(${key}, ${branchId}::uuid, ${toBranchId}::uuid, ${JSON.stringify(lines)}::jsonb,
          ${note})`.execute(db),
    );
  } catch (error) {
    throw error instanceof AppError ? atItsField(error, member, input) : error;
  }
}

/**
 * Sets what was counted of one product at a branch, with its reason.
 *
 * @returns the id of the document that says so; null without the right to read it
 * @throws AppError `stock.changed` at the count: the books no longer say what the person saw, but `available`
 * @throws AppError `stock.already_saved` as `receiveStock`
 * @throws AppError `product.not_found`, `branch.not_found`, `access.forbidden`, `organization.read_only`
 */
export async function adjustStock(member: Member, input: Adjustment): Promise<string | null> {
  const { key, branchId, productId, book, counted, reason } = input;
  try {
    return await writeDocument(member, key, (db) =>
      sql`select private.adjust_stock(${key}, ${branchId}::uuid, ${productId}::uuid, ${counted}::int, ${reason},
          ${book}::int)`.execute(db),
    );
  } catch (error) {
    throw error instanceof AppError && error.code === "stock.changed" ? atTheCount(error) : error;
  }
}

async function writeDocument(
  member: Member,
  key: string,
  write: (db: Kysely<DB>) => Promise<unknown>,
): Promise<string | null> {
  try {
    return await member.transaction(async (db) => {
      await write(db);
      return findByKey(db, member, key);
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "stock.already_saved") throw error;
    // Looked up afterwards: the refusal ended the transaction. Null is not ours to see.
    const conflictsWith = await member.transaction((db) => findByKey(db, member, key));
    throw new AppError("stock.already_saved", { conflictsWith }, { cause: error });
  }
}

async function findByKey(db: Kysely<DB>, member: Member, key: string): Promise<string | null> {
  const document = await db
    .selectFrom("stock_documents")
    .select("id")
    .where("organization_id", "=", member.organization.id)
    .where("idempotency_key", "=", key)
    .executeTakeFirst();
  return document?.id ?? null;
}

function atTheCount(cause: AppError): AppError {
  const available = Number(cause.details["available"]);
  const issue = {
    pointer: "/counted",
    code: "stock.changed",
    key: "inventory.refusals.changed",
    values: { available },
  };
  return new AppError("stock.changed", { available }, { cause, issues: [issue] });
}

function atItsField(error: AppError, member: Member, { branchId, lines }: Transfer): AppError {
  if (error.code === "sale.insufficient_stock") return shortOf(error, lines);
  // The sender's own branch is fixed; where goods may go is a list that can be old.
  return error.code === "branch.not_found" && member.branches.some(({ id }) => id === branchId)
    ? AppError.forField(error.code, "/toBranchId", "inventory.refusals.toBranch")
    : error;
}

/** A transfer is refused by the rule that guards sales; here it is said in words of its own, at its line. */
function shortOf(cause: AppError, lines: Transfer["lines"]): AppError {
  const { productId, name, available } = cause.details;
  const issues = lines.flatMap((line, index) =>
    line.productId === productId
      ? [
          {
            pointer: `/lines/${index}/quantity`,
            code: "stock.insufficient",
            key: "inventory.refusals.short",
            values: { available: Number(available) },
          },
        ]
      : [],
  );
  return new AppError("stock.insufficient", { product: name, available }, { cause, issues });
}
