import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { PlainTranslator } from "@/lib/i18n";
import { inBatches } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import type { SheetColumn } from "@/lib/spreadsheet";
import { countProducts, type ProductRow, selectProducts } from "./list-products";
import type { ProductFilter } from "./schema";

const ROWS_AT_ONCE = 2_000;

/** A product as an export holds it. */
export interface ExportedProduct extends ProductRow {
  /** Whole pesos, net; null also for who does not keep the catalogue. */
  readonly cost: number | null;
  readonly taxKind: string;
}

/**
 * All products that a filter leaves, by name, page after page, each in its own transaction: none waits for a slow
 * reader. The audit trail says so before the first row leaves.
 *
 * @throws AppError `access.forbidden` lacks `products.export`
 */
export async function exportProducts(
  member: Member,
  filter: ProductFilter,
): Promise<AsyncGenerator<ExportedProduct[]>> {
  if (!member.can("products.export")) throw new AppError("access.forbidden");
  await member.transaction(async (db) => {
    const rows = await countProducts(db, member, filter);
    await sql`select private.audit_export('products', ${rows}::int)`.execute(db);
  });
  return inBatches<Awaited<ReturnType<typeof readRows>>[number]>(ROWS_AT_ONCE, (from) =>
    member.transaction((db) => readRows(db, member, filter, from)),
  );
}

interface Position {
  readonly id: string;
  readonly sortName: string;
}

function readRows(db: Kysely<DB>, member: Member, filter: ProductFilter, from: Position | undefined) {
  let query = selectProducts(db, member, filter)
    .select([
      (member.can("products.write") ? sql.ref<number | null>("products.cost") : sql<null>`null::bigint`).as(
        "cost",
      ),
      "products.tax_kind as taxKind",
      "products.sort_name as sortName",
    ])
    .orderBy("products.sort_name")
    .orderBy("products.id")
    .limit(ROWS_AT_ONCE);
  if (from) {
    query = query.where(
      sql<boolean>`(products.sort_name, products.id) > (${from.sortName}::text, ${from.id}::uuid)`,
    );
  }
  return query.execute();
}

/**
 * The columns of the member's export, in the reader's language: the stock of their branch in its own column, and what
 * goods cost the shop only for who keeps the catalogue.
 *
 * @param t translator over all namespaces
 */
export function productSheetColumns(t: PlainTranslator, member: Member): SheetColumn<ExportedProduct>[] {
  const column = (name: string, value: SheetColumn<ExportedProduct>["value"]) => ({
    heading: t(`products.export.${name}`),
    value,
  });
  return [
    column("sku", (row) => row.sku),
    column("barcode", (row) => row.barcode),
    column("name", (row) => row.name),
    column("category", (row) => t(`products.category.${row.category}`)),
    column("brand", (row) => row.brand),
    column("price", (row) => row.price),
    ...(member.can("products.write") ? [column("cost", (row) => row.cost)] : []),
    column("tax", (row) => t(`products.tax.${row.taxKind}`)),
    {
      heading: t("products.export.stockIn", { branch: member.branch?.name ?? "" }),
      value: (row) => row.stock,
    },
    column("stockEverywhere", (row) => row.stockEverywhere),
    column("lowStockAt", (row) => row.lowStockAt),
    column("state", (row) => t(row.archivedAt ? "common.status.archived" : "common.status.active")),
  ];
}
