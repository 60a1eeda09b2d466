import "server-only";
import type { Places } from "@/lib/errors";
import type { NewBranch } from "./schema";

/** A branch's fields under the names of their columns. */
export function branchColumns(input: NewBranch) {
  return {
    name: input.name,
    address: input.address,
    comuna: input.comuna,
    phone: input.phone,
    time_zone: input.timeZone,
    hours: JSON.stringify(input.hours),
  };
}

/** Where it stands that another branch has the name. */
export const nameTaken: Places = { "branch.name_taken": ["/name", "settings.refusals.branchNameTaken"] };
