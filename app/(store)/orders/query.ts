import type { TableView } from "@/components/ui/table-view";
import { type OrderFilter, orderQuery } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { addDays, businessDate } from "@/lib/time";

/** A list that names no period shows this many days: what one looks for is mostly recent, and the rest is a click away. */
const USUAL_DAYS = 30;

export type OrderView = ReturnType<typeof queryOf>;

/** What the address of the list asks for. A search without a period looks through all days. */
export function queryOf(view: TableView, member: Member) {
  const from = view.param("from");
  const usual = from === "" && view.param("to") === "" && view.param("q") === "";
  const today = businessDate(new Date(), member.branch?.timeZone ?? "America/Santiago");
  return orderQuery.parse({
    search: view.param("q"),
    status: view.param("status"),
    branchId: view.param("branch"),
    from: usual ? addDays(today, -USUAL_DAYS) : from,
    to: view.param("to"),
    ...view.place,
  });
}

/** Whether somebody narrowed the list: then nothing found is no match, and not an empty shop. */
export function isFiltered(view: TableView): boolean {
  return ["q", "status", "branch", "from", "to"].some((name) => view.param(name) !== "");
}

/** The address of the file with all rows of a filter. */
export function exportHref({ search, status, branchId, from, to }: OrderFilter): string {
  const wanted = Object.entries({ search, status, branchId, from, to }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  return `/api/exports/orders?${new URLSearchParams(wanted)}`;
}
