import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/**
 * Takes the second factor from a member who lost the telephone and the codes; they are told by mail.
 *
 * @throws AppError `access.forbidden` no owner, oneself, or a person whom other shops or the platform rely on
 * @throws AppError `member.not_found`
 */
export async function resetSecondFactor(member: Member, id: string): Promise<void> {
  await member.transaction((db) => sql`select private.reset_member_two_factor(${id}::uuid)`.execute(db));
}
