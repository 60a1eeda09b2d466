/** Rows of a page that a person may choose from; the first is what they get unasked. */
export const pageSizes = [25, 50, 100] as const;

/** Parameters of an address that point into one order of rows and mean nothing in another. */
export const POSITION = ["after", "before", "page"] as const;

/** As many rows as may be changed at once. */
export const MOST_CHOSEN = 1_000;
