import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { plainAuth, sessionAuth, throwUnlessVerdict } from "@/lib/security/auth-client";
import type { Member } from "@/lib/security/member";
import { recordSecurityEvent } from "@/lib/security/security-event";
import type { Caller } from "@/lib/security/session";
import { tellAuthServer } from "@/lib/security/session-end";
import type { Visitor } from "@/lib/security/visitor";
import { limitSignIn } from "./limits";
import { requireOwnSecret, setPassword } from "./mailed-code";
import { announceNewPassword } from "./password-notice";
import type { PasswordChangeInput } from "./schema";

/** Changes the member's own name, as colleagues and the audit trail show it. */
export async function changeOwnName(member: Member, fullName: string): Promise<void> {
  await member.transaction((db) => sql`select private.update_own_name(${fullName})`.execute(db));
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

/** Tries the password at the auth server; the session that this opens is closed at once. */
async function requirePassword(visitor: Visitor, caller: Caller, password: string): Promise<void> {
  const counted = await limitSignIn(visitor.address, caller.email);
  const auth = plainAuth();
  const { error } = await auth.signInWithPassword({ email: caller.email, password });
  if (!error) {
    await Promise.all([counted.forgive(), auth.signOut({ scope: "local" })]);
    return;
  }
  throwUnlessVerdict(error);
  const event = { kind: "auth.login_failed", severity: "info", subject: caller.email } as const;
  await recordSecurityEvent({ ...event, address: visitor.address }, caller);
  throw AppError.forField("access.credentials_invalid", "/currentPassword", "password.wrong");
}
