import { POSITION } from "@/lib/paging/address";

/** The parameter that names the view by which a list was opened. */
const VIEW = "view";

/** What an address asks of a list, in one order, without the page that it stands on and the view that it came by. */
export function bareQuery(query: string): string {
  const parameters = new URLSearchParams(query);
  for (const name of [...POSITION, VIEW]) parameters.delete(name);
  parameters.sort();
  return parameters.toString();
}
