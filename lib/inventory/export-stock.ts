import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { PlainTranslator } from "@/lib/i18n";
import type { Member, MemberBranch } from "@/lib/security/member";
import type { SheetColumn } from "@/lib/spreadsheet";
import { listAllStock, type StockRow } from "./list-stock";
import type { StockQuery } from "./schema";

/**
 * All goods that a filter leaves, with their units by branch. The audit trail says so before the first row leaves.
 *
 * @throws AppError `access.forbidden` lacks `products.export` or `inventory.read`
 */
export function exportStock(member: Member, query: StockQuery): Promise<StockRow[]> {
  if (!member.can("products.export") || !member.can("inventory.read")) throw new AppError("access.forbidden");
  return member.transaction(async (db) => {
    const rows = await listAllStock(db, member, query);
    await sql`select private.audit_export('products', ${rows.length}::int)`.execute(db);
    return rows;
  });
}

/**
 * The columns of the export, in the reader's language; one for each branch.
 *
 * @param t translator over all namespaces
 */
export function stockSheetColumns(
  t: PlainTranslator,
  branches: readonly MemberBranch[],
): SheetColumn<StockRow>[] {
  return [
    { heading: t("products.export.sku"), value: (row) => row.sku },
    { heading: t("products.export.name"), value: (row) => row.name },
    { heading: t("products.export.category"), value: (row) => t(`products.category.${row.category}`) },
    { heading: t("products.export.brand"), value: (row) => row.brand },
    { heading: t("products.export.lowStockAt"), value: (row) => row.lowStockAt },
    ...branches.map(({ id, name }) => ({
      heading: t("products.export.stockIn", { branch: name }),
      value: (row: StockRow) => row.levels[id] ?? 0,
    })),
    {
      heading: t("products.export.stockEverywhere"),
      // Of these branches: what stands in archived ones has no column, and is no goods to sell.
      value: (row) => branches.reduce((sum, { id }) => sum + (row.levels[id] ?? 0), 0),
    },
  ];
}
