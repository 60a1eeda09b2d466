/** What `searchParams` of a page holds. */
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Sort {
  column: string;
  direction: "asc" | "desc";
}

/** Parameters that point into one order of rows and mean nothing in another. */
export const POSITION = ["after", "before", "page"] as const;

/** The state of a table as its address has it: copy the link, see the same rows. */
export interface TableView {
  readonly sort: Sort | null;
  /** One parameter, trimmed; empty when missing. */
  param: (name: string) => string;
  /** Address with some parameters changed; null removes one. Goes back to the first page unless told where to. */
  href: (changes: Readonly<Record<string, string | null>>) => string;
  sortHref: (column: string) => string;
  /** Address without the named filters. */
  without: (...names: string[]) => string;
}

/**
 * Reads the state of a table from its address.
 *
 * @param path the page, without query
 * @param defaultSort the order when the address names none; written `column` or `-column` there
 */
export function readTableView(
  path: string,
  searchParams: SearchParams,
  defaultSort: Sort | null = null,
): TableView {
  const current = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    const first = typeof value === "object" ? value[0] : value;
    if (first) current.set(name, first);
  }
  const sort = parseSort(current.get("sort")) ?? defaultSort;

  const href: TableView["href"] = (changes) => {
    const next = new URLSearchParams(current);
    for (const name of POSITION) next.delete(name);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    return query ? `${path}?${query}` : path;
  };

  return {
    sort,
    href,
    param: (name) => current.get(name)?.trim() ?? "",
    sortHref: (column) =>
      href({ sort: sort?.column === column && sort.direction === "asc" ? `-${column}` : column }),
    without: (...names) => href(Object.fromEntries(names.map((name) => [name, null]))),
  };
}

function parseSort(text: string | null): Sort | null {
  if (!text) return null;
  return text.startsWith("-")
    ? { column: text.slice(1), direction: "desc" }
    : { column: text, direction: "asc" };
}
