import "server-only";
import { AppError } from "@/lib/errors";
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

/** Says at the field that another branch has the name; everything else goes on as it is. */
export function nameTaken(error: unknown): never {
  if (error instanceof AppError && error.code === "branch.name_taken") {
    throw AppError.forField("branch.name_taken", "/name", "settings.refusals.branchNameTaken");
  }
  throw error;
}
