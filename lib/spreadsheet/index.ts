import "server-only";
import type { NextRequest } from "next/server";
import type { Batches, SheetColumn } from "./column";
import { csvBody } from "./csv";
import { formatOf } from "./format";
import { xlsxBody } from "./xlsx";

export type { SheetColumn } from "./column";
export { memberExport, platformExport } from "./export-route";

const types = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/**
 * All rows of a list as a file for spreadsheets: an Excel workbook with `?format=xlsx`, CSV otherwise; the same columns
 * in the same order.
 *
 * @param name of the file, without its ending
 * @throws AppError `export.too_large` a workbook of more than 50 000 rows
 */
export async function sheetResponse<Row>(
  request: NextRequest,
  name: string,
  columns: readonly SheetColumn<Row>[],
  batches: Batches<Row>,
): Promise<Response> {
  const format = formatOf(request);
  const body = format === "xlsx" ? await xlsxBody(columns, batches) : csvBody(columns, batches);
  return new Response(body, {
    headers: {
      "content-type": types[format],
      "content-disposition": `attachment; filename="${name}.${format}"`,
      "cache-control": "no-store",
    },
  });
}
