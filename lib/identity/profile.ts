import "server-only";
import { sql } from "@/lib/db";
import { refusedAt } from "@/lib/errors";
import { sessionAuth } from "@/lib/security/auth-client";
import type { Member } from "@/lib/security/member";
import type { Caller } from "@/lib/security/session";
import { tellAuthServer } from "@/lib/security/session-end";
import type { Visitor } from "@/lib/security/visitor";
import { requireOwnSecret, setPassword } from "./mailed-code";
import { announceNewPassword } from "./password-notice";
import { requirePassword } from "./require-password";
import type { PasswordChangeInput } from "./schema";

/**
 * Changes the member's own name, as colleagues and the audit trail show it. The trail keeps the one of before.
 *
 * @throws AppError `member.name_taken` at the field: a colleague is called so, whatever the case and the accents
 */
export async function changeOwnName(member: Member, fullName: string): Promise<void> {
  await refusedAt(
    { "member.name_taken": ["/fullName", "errors.member.name_taken"] },
    member.transaction((db) => sql`select private.update_own_name(${fullName})`.execute(db)),
  );
}

/**
 * Changes the password of somebody who knows the current one. Every other session ends; this one goes on.
 *
 * @throws AppError `access.credentials_invalid` and `input.invalid` at their fields, `rate.limited`, `server.unavailable`
 */
export async function changePassword(
  visitor: Visitor,
  caller: Caller,
  input: PasswordChangeInput,
): Promise<void> {
  requireOwnSecret(input.password, caller.email);
  await requirePassword(visitor, caller, input.currentPassword);
  await setPassword(sessionAuth(visitor.cookies), input.password);
  await announceNewPassword(caller, "keep this", visitor.language);
  await tellAuthServer(visitor.cookies, "others");
}

/** Sets the short code with which a manager approves discounts at somebody else's till. @throws AppError `access.forbidden` */
export async function setApprovalCode(member: Member, pin: string): Promise<void> {
  await member.transaction((db) => sql`select private.set_approval_pin(${pin})`.execute(db));
}
