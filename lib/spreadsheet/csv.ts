import { stringify } from "csv-stringify/sync";
import type { Batches, SheetColumn } from "./column";

/** Excel in Chile splits at semicolons and needs the mark to read accents. */
const BYTE_ORDER_MARK = "\uFEFF";
const DELIMITER = ";";

/** A CSV file that spreadsheets open right and that runs nothing. Streamed: a long file never stands in memory whole. */
export function csvBody<Row>(
  columns: readonly SheetColumn<Row>[],
  batches: Batches<Row>,
): ReadableStream<Uint8Array> {
  const lines = csvLines(columns, batches);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}

async function* csvLines<Row>(
  columns: readonly SheetColumn<Row>[],
  batches: Batches<Row>,
): AsyncGenerator<string, void> {
  yield BYTE_ORDER_MARK + csvText([columns.map(({ heading }) => heading)]);
  for await (const batch of batches)
    yield csvText(batch.map((row) => columns.map((column) => column.value(row))));
}

/** A cell that begins like a formula is made inert. */
function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: DELIMITER, escape_formulas: true, record_delimiter: "windows" },
  );
}
