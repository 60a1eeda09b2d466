import { stringify } from "csv-stringify/sync";

/** One column of an export: its heading and how a row fills it. Amounts go as plain numbers, instants as local text. */
export interface CsvColumn<Row> {
  readonly heading: string;
  value(row: Row): string | number | null;
}

/** Excel in Chile splits at semicolons and needs the mark to read accents. */
const BYTE_ORDER_MARK = "\uFEFF";
const DELIMITER = ";";

/**
 * A CSV file that spreadsheets open right and that runs nothing: a cell that begins like a formula is made inert.
 *
 * @param batches rows as they come from the database, page after page: a long export never stands in memory whole
 */
export function csvResponse<Row>(
  filename: string,
  columns: readonly CsvColumn<Row>[],
  batches: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>,
): Response {
  const lines = csvLines(columns, batches);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${filename}"`,
      "cache-control": "no-store",
    },
  });
}

async function* csvLines<Row>(
  columns: readonly CsvColumn<Row>[],
  batches: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>,
): AsyncGenerator<string, void> {
  yield BYTE_ORDER_MARK + csvText([columns.map(({ heading }) => heading)]);
  for await (const batch of batches)
    yield csvText(batch.map((row) => columns.map((column) => column.value(row))));
}

function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: DELIMITER, escape_formulas: true, record_delimiter: "windows" },
  );
}
