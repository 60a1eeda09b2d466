import type { TableView } from "@/components/ui/table-view";
import { type SessionFilter, sessionQuery } from "@/lib/cash-register";

export type SessionView = ReturnType<typeof queryOf>;

/** What the address of the list asks for. */
export function queryOf(view: TableView) {
  return sessionQuery.parse({
    status: view.param("status"),
    branchId: view.param("branch"),
    from: view.param("from"),
    to: view.param("to"),
    ...view.place,
  });
}

/** The address of the file with all rows of a filter. */
export function exportHref({ status, branchId, from, to }: SessionFilter): string {
  const wanted = Object.entries({ status, branchId, from, to }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return `/api/exports/cash-sessions?${new URLSearchParams(wanted)}`;
}
