import "server-only";
import writeExcelFile, { type Cell } from "write-excel-file/node";
import { AppError } from "@/lib/errors";
import type { Batches, SheetColumn } from "./column";

/** A workbook is built whole before its first byte leaves; longer files go as CSV, which is streamed. */
const MOST_ROWS = 50_000;
const WIDEST = 48;

/**
 * An Excel workbook of one sheet: numbers are numbers, text is text (nothing in it runs), and the headings stay in sight.
 *
 * @throws AppError `export.too_large` more than 50 000 rows
 */
export async function xlsxBody<Row>(
  columns: readonly SheetColumn<Row>[],
  batches: Batches<Row>,
  mostRows = MOST_ROWS,
): Promise<Uint8Array<ArrayBuffer>> {
  const rows: Cell[][] = [];
  const widths = columns.map(({ heading }) => heading.length);
  for await (const batch of batches) {
    if (rows.length + batch.length > mostRows) throw new AppError("export.too_large", { max: mostRows });
    for (const row of batch) {
      const values = columns.map((column) => column.value(row));
      values.forEach((value, at) => {
        widths[at] = Math.max(widths[at] ?? 0, String(value ?? "").length);
      });
      rows.push(values.map(cellOf));
    }
  }
  const headings = columns.map(({ heading }): Cell => ({ value: heading, type: String, fontWeight: "bold" }));
  const file = writeExcelFile([headings, ...rows], {
    columns: widths.map((width) => ({ width: Math.min(width + 2, WIDEST) })),
    stickyRowsCount: 1,
  });
  return new Uint8Array(await file.toBuffer());
}

function cellOf(value: string | number | null): Cell {
  if (value === null || value === "") return null;
  return typeof value === "number" ? { value, type: Number } : { value, type: String };
}
