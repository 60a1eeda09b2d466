/** One column of a file for spreadsheets: its heading and how a row fills it. Amounts are plain numbers, instants local text. */
export interface SheetColumn<Row> {
  readonly heading: string;
  value(row: Row): string | number | null;
}

/** Rows as they come from the database, page after page. */
export type Batches<Row> = Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;
