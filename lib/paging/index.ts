import { z } from "zod";
import { MOST_CHOSEN, pageSizes } from "./address";

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

export interface Place {
  readonly after: string | null;
  readonly before: string | null;
  readonly size: number;
}

/** Ids of rows that somebody chose, as a form sends them: with commas between. */
export const chosenIds = z
  .string()
  .max(MOST_CHOSEN * 37)
  .transform((text) => text.split(",").filter(Boolean))
  .pipe(z.array(z.uuid()).min(1).max(MOST_CHOSEN));

/** Rows of one page, and the ids to go on from; null at either end. */
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
 */
export function cutPage<Row extends { readonly id: string }>(
  found: readonly Row[],
  { before, after, size }: Place,
  entered = (before ?? after) !== null,
): KeysetPage<Row> {
  const backwards = before !== null;
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  return {
    rows,
    previous: (backwards ? more : entered) ? (rows.at(0)?.id ?? null) : null,
    next: (backwards ? entered : more) ? (rows.at(-1)?.id ?? null) : null,
  };
}
