import type { TableView } from "@/components/ui/table-view";
import { type OrderFilter, orderQuery } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { addDays, businessDate } from "@/lib/time";

/** A list that names no period shows this many days: what one looks for is mostly recent, and the rest is a click away. */
export const USUAL_DAYS = 30;

export type OrderView = ReturnType<typeof queryOf>;

/** What the address of the list asks for. A search without a period looks through all days. */
export function queryOf(view: TableView, member: Member) {
  const today = businessDate(new Date(), member.branch?.timeZone ?? "America/Santiago");
  return orderQuery.parse({
    search: view.param("q"),
    status: view.param("status"),
    branchId: view.param("branch"),
    from: isUsual(view) ? addDays(today, -USUAL_DAYS) : view.param("from"),
    to: view.param("to"),
    ...view.place,
  });
}

/** Whether the list shows the usual days because its address asks for no others. */
export function isUsual(view: TableView): boolean {
  return ["q", "from", "to"].every((name) => view.param(name) === "");
}

/** Whether somebody narrowed the list: then nothing found is no match, and not an empty shop. All days are no narrowing. */
export function isFiltered(view: TableView): boolean {
  return ["q", "status", "branch", "from", "to"].some((name) => !["", "all"].includes(view.param(name)));
}

/** The address of the file with all rows of a filter. */
export function exportHref({ search, status, branchId, from, to }: OrderFilter): string {
  const wanted = Object.entries({ search, status, branchId, from, to }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  return `/api/exports/orders?${new URLSearchParams(wanted)}`;
}
