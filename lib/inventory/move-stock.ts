import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { documentKey } from "./document-key";
import type { Adjustment, Reception, Transfer } from "./schema";

/**
 * Takes goods in at a branch. The same form sent twice takes them in once.
 *
 * @returns the id of the document that says so; null without the right to read it
 * @throws AppError `product.not_found`, `branch.not_found`, `access.forbidden`, `organization.read_only`
 */
export function receiveStock(member: Member, input: Reception): Promise<string | null> {
  const { key, branchId, note, lines } = input;
  return writeDocument(member, documentKey(key, { branchId, note, lines }), (db, id) =>
    sql`select private.receive_stock(${id}, ${branchId}::uuid, ${JSON.stringify(lines)}::jsonb, ${note})`.execute(
      db,
    ),
  );
}

/**
 * Moves goods from one branch to another. The same form sent twice moves them once.
 *
 * @returns the id of the document that says so; null without the right to read it
 * @throws AppError `stock.insufficient` at the line, `product.not_found`, `branch.not_found`, `access.forbidden`
 */
export async function transferStock(member: Member, input: Transfer): Promise<string | null> {
  const { key, branchId, toBranchId, note, lines } = input;
  try {
    return await writeDocument(member, documentKey(key, { branchId, toBranchId, note, lines }), (db, id) =>
      sql`select private.transfer_stock(${id}, ${branchId}::uuid, ${toBranchId}::uuid, ${JSON.stringify(lines)}::jsonb,
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
 * @throws AppError `product.not_found`, `branch.not_found`, `access.forbidden`, `organization.read_only`
 */
export function adjustStock(member: Member, input: Adjustment): Promise<string | null> {
  const { key, branchId, productId, counted, reason } = input;
  return writeDocument(member, documentKey(key, { branchId, productId, counted, reason }), (db, id) =>
    sql`select private.adjust_stock(${id}, ${branchId}::uuid, ${productId}::uuid, ${counted}::int, ${reason})`.execute(
      db,
    ),
  );
}

function writeDocument(
  member: Member,
  key: string,
  write: (db: Kysely<DB>, key: string) => Promise<unknown>,
): Promise<string | null> {
  return member.transaction(async (db) => {
    await write(db, key);
    const document = await db
      .selectFrom("stock_documents")
      .select("id")
      .where("organization_id", "=", member.organization.id)
      .where("idempotency_key", "=", key)
      .executeTakeFirst();
    return document?.id ?? null;
  });
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
