import { POSITION } from "@/lib/paging/address";
import type { FilterChip, PaginationProps } from "./table-tools";

/** What `searchParams` of a page holds. */
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Sort {
  column: string;
  direction: "asc" | "desc";
}

/** Parameters that say how a list is looked at, and not which rows it holds. */
const LOOK = ["sort", "hide", "size", "view"] as const;

/** The columns that an address leaves out. */
export function hiddenColumns(text: string | null): ReadonlySet<string> {
  return new Set(text?.split(",").filter(Boolean));
}

/** The state of a table as its address has it: copy the link, see the same rows. */
export interface TableView {
  readonly sort: Sort | null;
  /** Keys of the columns that are left out. */
  readonly hidden: ReadonlySet<string>;
  /** Where the page begins and how long it is, for the schema of the list (lib/paging). */
  readonly place: Readonly<Record<"after" | "before" | "size", string | undefined>>;
  /** All that the address asks for. */
  readonly query: string;
  /** Address of all rows, looked at as now. */
  readonly bare: string;
  /** One parameter, trimmed; empty when missing. */
  param: (name: string) => string;
  /** Address with some parameters changed; null removes one. Goes back to the first page unless told where to. */
  href: (changes: Readonly<Record<string, string | null>>) => string;
  sortHref: (column: string) => string;
  /** Address without the named filters. */
  without: (...names: string[]) => string;
  /** The filter of that name, where it has a value: one chip or none. */
  chip: (name: string, label: string, value: string | null | undefined | false) => readonly FilterChip[];
  /** The ways out of a page that knows the ids to go on from. */
  steps: (page: { readonly previous: string | null; readonly next: string | null }) => Steps;
  /** The foot of a list that counts its pages. */
  pages: (shown: NumberedPage) => Required<PaginationProps>;
}

type Steps = Required<Pick<PaginationProps, "previousHref" | "nextHref">>;

/** One page of a list, counted from 1. */
interface NumberedPage {
  readonly page: number;
  /** Rows on a full page, and on this one. */
  readonly size: number;
  readonly rows: number;
  /** Rows of all pages. */
  readonly total: number;
  /** Up to how many rows were counted, where not all are: a greater total says that there are more. */
  readonly counted?: number;
}

/** What a page was asked for as one query: a parameter that is given twice counts once, an empty one does not. */
export function queryOf(searchParams: SearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    const first = typeof value === "object" ? value[0] : value;
    if (first) query.set(name, first);
  }
  return query;
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
  const current = queryOf(searchParams);
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

  const without: TableView["without"] = (...names) =>
    href(Object.fromEntries(names.map((name) => [name, null])));

  const step = (name: "after" | "before", id: string | null) => (id === null ? null : href({ [name]: id }));

  return {
    sort,
    hidden: hiddenColumns(current.get("hide")),
    place: {
      after: current.get("after") ?? undefined,
      before: current.get("before") ?? undefined,
      size: current.get("size") ?? undefined,
    },
    query: current.toString(),
    bare: without(...[...current.keys()].filter((name) => !LOOK.some((look) => look === name))),
    href,
    without,
    param: (name) => current.get(name)?.trim() ?? "",
    sortHref: (column) =>
      href({ sort: sort?.column === column && sort.direction === "asc" ? `-${column}` : column }),
    chip: (name, label, value) => (value ? [{ label, value, href: without(name) }] : []),
    steps: ({ previous, next }) => ({
      previousHref: step("before", previous),
      nextHref: step("after", next),
    }),
    pages({ page, size, rows, total, counted = Number.POSITIVE_INFINITY }) {
      const before = (page - 1) * size;
      const pageHref = (number: number) => href({ page: String(number) });
      return {
        total: Math.min(total, counted),
        more: total > counted,
        from: before + 1,
        to: before + rows,
        previousHref: page > 1 ? pageHref(page - 1) : null,
        nextHref: before + rows < total ? pageHref(page + 1) : null,
      };
    },
  };
}

function parseSort(text: string | null): Sort | null {
  if (!text) return null;
  return text.startsWith("-")
    ? { column: text.slice(1), direction: "desc" }
    : { column: text, direction: "asc" };
}
