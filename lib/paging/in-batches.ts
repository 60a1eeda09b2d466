/**
 * All rows of a list, batch after batch, for a file: none is read before the one before it was taken.
 *
 * @param size rows of a batch; `read` gives as many as long as there are more
 * @param read the rows after one, in the order of the list; the first ones without
 */
export async function* inBatches<Row>(
  size: number,
  read: (from: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let last: Row | undefined;
  do {
    const rows = await read(last);
    if (rows.length > 0) yield rows;
    last = rows.length === size ? rows.at(-1) : undefined;
  } while (last);
}
