/** Rows of a page that a person may choose from; the first is what they get unasked. */
export const pageSizes = [25, 50, 100] as const;
