import "server-only";
import { sql } from "@/lib/db";
import { AppError, type FieldIssue } from "@/lib/errors";
import type { Caller } from "@/lib/security/session";
import type { NewSale } from "./schema";

/** What a till is told about a finished sale; amounts in whole pesos. */
export interface SaleAnswer {
  readonly orderId: string;
  readonly receiptNumber: number;
  readonly net: number;
  readonly tax: number;
  readonly exempt: number;
  readonly total: number;
  readonly change: number;
  readonly cashRounding: number;
}

/**
 * Records a sale: stock, receipt number, order and payments in one transaction. The database computes every
 * amount and asks for the permission.
 *
 * @param key the same key with the same sale gives the same answer again
 * @throws AppError `sale.insufficient_stock`, `product.not_found` at the lines, `customer.not_found`,
 *   `branch.not_found`, `sale.payment_mismatch`, `sale.price_changed` at their fields
 * @throws AppError `sale.discount_not_allowed`, `sale.approval_invalid`, `cash_session.required`,
 *   `idempotency.key_reused`, `access.forbidden`, `organization.read_only`
 * @throws AppError `sale.already_voided` the key's sale was recorded, and voided since
 */
export async function recordSale(
  caller: Pick<Caller, "atOnce">,
  sale: NewSale,
  key: string,
): Promise<SaleAnswer> {
  try {
    return await caller.atOnce(async (db) => {
      const { rows } = await sql<{ answer: SaleAnswer }>`
        select private.record_sale(${key}, ${JSON.stringify(sale)}::jsonb) as answer`.execute(db);
      const [row] = rows;
      if (!row) throw new AppError("server.unknown");
      return row.answer;
    });
  } catch (error) {
    throw error instanceof AppError ? atItsField(error, sale) : error;
  }
}

/** The same refusal, with the place in the request that it is about. */
function atItsField(error: AppError, sale: NewSale): AppError {
  switch (error.code) {
    case "sale.insufficient_stock":
      return refused(error, shortLines(error, sale), { product: error.details["name"] });
    case "product.not_found":
      return refused(error, unknownLines(error, sale));
    case "customer.not_found":
      return refused(error, [issue("/customerId", error, "pos.refusals.customer")]);
    case "branch.not_found":
      return refused(error, [issue("/branchId", error, "pos.refusals.branch")]);
    case "sale.payment_mismatch":
      return refused(error, [issue("/tenders", error, "pos.refusals.tenders", amountsOf(error))]);
    case "sale.price_changed":
      return refused(error, [issue("/expectedTotal", error, "pos.refusals.total", amountsOf(error))]);
    default:
      return error;
  }
}

interface ShortProduct {
  readonly productId: string;
  readonly name: string;
  readonly available: number;
}

interface GoneProduct {
  readonly productId: string;
  /** Null for what never was one of the shop. */
  readonly name: string | null;
}

function shortLines(error: AppError, sale: NewSale): FieldIssue[] {
  const short = error.details["products"];
  if (!Array.isArray(short)) return [];
  return short
    .filter(isShortProduct)
    .flatMap(({ productId, name, available }) =>
      linesOf(sale, productId).map((line) =>
        issue(`/lines/${line}/quantity`, error, "pos.refusals.stock", { product: name, available }),
      ),
    );
}

function unknownLines(error: AppError, sale: NewSale): FieldIssue[] {
  const unknown = error.details["products"];
  if (!Array.isArray(unknown)) return [];
  const names = new Map(unknown.filter(isGoneProduct).map(({ productId, name }) => [productId, name]));
  return [...names].flatMap(([productId, name]) =>
    linesOf(sale, productId).map((line) =>
      name === null
        ? issue(`/lines/${line}/productId`, error, "pos.refusals.product")
        : issue(`/lines/${line}/productId`, error, "pos.refusals.namedProduct", { product: name }),
    ),
  );
}

function linesOf(sale: NewSale, productId: string): number[] {
  return sale.lines.flatMap((line, index) =>
    line.productId.toLowerCase() === productId.toLowerCase() ? [index] : [],
  );
}

function isShortProduct(value: unknown): value is ShortProduct {
  return (
    isGoneProduct(value) && value.name !== null && "available" in value && typeof value.available === "number"
  );
}

function isGoneProduct(value: unknown): value is GoneProduct {
  return (
    typeof value === "object" &&
    value !== null &&
    "productId" in value &&
    typeof value.productId === "string" &&
    "name" in value &&
    (typeof value.name === "string" || value.name === null)
  );
}

function amountsOf(error: AppError): Record<string, number> {
  return Object.fromEntries(
    Object.entries(error.details).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

function issue(pointer: string, error: AppError, key: string, values: FieldIssue["values"] = {}): FieldIssue {
  return { pointer, code: error.code, key, values };
}

function refused(
  error: AppError,
  issues: readonly FieldIssue[],
  more: Record<string, unknown> = {},
): AppError {
  return new AppError(error.code, { ...error.details, ...more }, { cause: error, issues });
}
