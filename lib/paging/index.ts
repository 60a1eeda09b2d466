import { z } from "zod";
import { MOST_CHOSEN, pageSizes } from "./address";

export { inBatches } from "./in-batches";

const [usual] = pageSizes;

/** Rows of a page, as an address has them. */
const pageSize = z.coerce.number().pipe(z.literal(pageSizes)).catch(usual).default(usual);

/** Which page of a list that counts them, from 1, and how long it is. */
export const numberedPage = {
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
  size: pageSize,
};

/** The rows of a numbered page, as SQL asks for them. */
export interface Stretch {
  readonly limit: number;
  readonly offset: number;
}

export function stretch({ page, size }: { readonly page: number; readonly size: number }): Stretch {
  return { limit: size, offset: (page - 1) * size };
}

const rowId = z.uuid().nullable().catch(null).default(null);

/** Where a page of a list begins and how long it is. Anything unreadable in an address falls back: a link never breaks. */
export const place = {
  /** Id of the last row of the page before, or of the first row of the page after. */
  after: rowId,
  before: rowId,
  size: pageSize,
};

export interface Place<From = string> {
  readonly after: From | null;
  readonly before: From | null;
  readonly size: number;
}

/** The row that a page goes on from, with what sorted it when it was shown; null where an address does not say. */
export interface Edge<Value> {
  readonly id: string;
  readonly value: Value | null;
}

/**
 * The place in an order that moves while somebody reads, as units on a shelf do. From where its last row stands now a page
 * would skip all that this row has passed since; so the address says `<value>_<id>`, and the page goes on from there. An
 * id alone means where the row stands now.
 *
 * @param value reads the value as the address has it
 */
export function movingPlace<Value>(value: z.ZodType<Value, string>) {
  const edge = z
    .string()
    .transform((text) => readEdge(text, value))
    .nullable()
    .catch(null)
    .default(null);
  return { after: edge, before: edge, size: pageSize };
}

function readEdge<Value>(text: string, schema: z.ZodType<Value, string>): Edge<Value> | null {
  const cut = text.lastIndexOf("_");
  const id = z.uuid().safeParse(text.slice(cut + 1));
  const value = cut < 0 ? null : schema.safeParse(text.slice(0, cut));
  if (!id.success || value?.success === false) return null;
  return { id: id.data, value: value && value.data };
}

/** The row of a moving order as an address says it. */
export function edgeOf(value: string | number, { id }: { readonly id: string }): string {
  return `${value}_${id}`;
}

/** Ids of rows that somebody chose, as a form sends them: with commas between. */
export const chosenIds = z
  .string()
  .max(MOST_CHOSEN * 37)
  .transform((text) => text.split(",").filter(Boolean))
  .pipe(z.array(z.uuid()).min(1).max(MOST_CHOSEN));

/** Rows of one page, and what the address says to go on from either end; null where there is nothing more. */
export interface KeysetPage<Row> {
  readonly rows: readonly Row[];
  readonly previous: string | null;
  readonly next: string | null;
}

/**
 * Cuts a page out of what was found.
 *
 * @param found in the order of the walk: backwards when `before` is set; one row more than `size` says that there are more
 * @param entered whether the walk began at a row, and not at an end of the list
 * @param edge a row as the address says it; its id, unless the order moves
 */
export function cutPage<Row extends { readonly id: string }>(
  found: readonly Row[],
  { before, after, size }: Place<unknown>,
  entered = (before ?? after) !== null,
  edge: (row: Row) => string = ({ id }) => id,
): KeysetPage<Row> {
  const backwards = before !== null;
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    rows,
    previous: first && (backwards ? more : entered) ? edge(first) : null,
    next: last && (backwards ? entered : more) ? edge(last) : null,
  };
}

/** Reads a page, or the first one where nothing is left from its place on: its rows were archived, or left the filter. */
export async function pageOrFirst<Row, Query extends Place<unknown>>(
  query: Query,
  read: (query: Query) => Promise<KeysetPage<Row>>,
): Promise<KeysetPage<Row>> {
  const page = await read(query);
  const isLost = page.rows.length === 0 && (query.after !== null || query.before !== null);
  return isLost ? read({ ...query, after: null, before: null }) : page;
}
