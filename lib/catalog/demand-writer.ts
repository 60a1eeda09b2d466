import "server-only";
import { AppError } from "@/lib/errors";
import { demandWritable } from "@/lib/organizations";
import type { Member } from "@/lib/security/member";

/**
 * Refuses a change by who may not make it. The database refuses it as well, but there a filtered update looks like
 * a product that is gone; this says why.
 *
 * @throws AppError `access.forbidden`, `organization.read_only`
 */
export function demandWriter(member: Member): void {
  if (!member.can("products.write")) throw new AppError("access.forbidden", { permission: "products.write" });
  demandWritable(member);
}
