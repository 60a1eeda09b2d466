import type { CustomerFilter } from "@/lib/customers";

/** The address of the file with all rows of a filter. */
export function exportHref({ search, state }: CustomerFilter): string {
  const query = new URLSearchParams();
  if (search) query.set("q", search);
  if (state !== "active") query.set("state", state);
  return query.size > 0 ? `/api/exports/customers?${query}` : "/api/exports/customers";
}
