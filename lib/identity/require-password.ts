import "server-only";
import { AppError } from "@/lib/errors";
import { plainAuth, throwUnlessVerdict } from "@/lib/security/auth-client";
import { recordSecurityEvent } from "@/lib/security/security-event";
import type { Caller } from "@/lib/security/session";
import type { Visitor } from "@/lib/security/visitor";
import { limitSignIn } from "./limits";

/**
 * Demands the current password of somebody signed in: an open session alone, at a till that others use too, must
 * not change how its person signs in. The password is tried at the auth server; the session that this opens is
 * closed at once.
 *
 * @throws AppError `access.credentials_invalid` at the field `currentPassword`, `rate.limited`, `server.unavailable`
 */
export async function requirePassword(visitor: Visitor, caller: Caller, password: string): Promise<void> {
  const counted = await limitSignIn(visitor, caller.email);
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
