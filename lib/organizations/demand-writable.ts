import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";

/**
 * Refuses a change while the shop's subscription only lets it read. The database refuses it as well, but there
 * a filtered update looks like a record that is gone; this says why.
 *
 * @throws AppError `organization.read_only`
 */
export function demandWritable(member: Pick<Member, "organization">): void {
  if (member.organization.readOnly) throw new AppError("organization.read_only");
}
