import "server-only";
import { z } from "zod";
import { sessionAuth } from "@/lib/security/auth-client";
import { sealedCookie } from "@/lib/security/sealed-cookie";
import { forgetSession, tellAuthServer } from "@/lib/security/session-end";
import type { Visitor } from "@/lib/security/visitor";
import { callerOfToken } from "./context";
import { proveAddress, requireOwnSecret, sendCode, setPassword } from "./mailed-code";
import { announceNewPassword } from "./password-notice";
import type { ProofInput } from "./schema";

const HOUR_SECONDS = 60 * 60;
const pending = sealedCookie("recovery", z.object({ email: z.string() }), HOUR_SECONDS);

/**
 * Sends a code to whoever forgot the password, if there is such a person; the answer does not say so.
 *
 * @throws AppError `rate.limited`, `server.unavailable`
 */
export async function requestRecovery(visitor: Visitor, { email }: { email: string }): Promise<void> {
  await sendCode(visitor, email, "recovery");
  pending.write(visitor.cookies, { email });
}

/** The address to which this browser had a code sent; null when it did not, or long ago. */
export function pendingRecovery(visitor: Pick<Visitor, "cookies">): string | null {
  return pending.read(visitor.cookies)?.email ?? null;
}

/**
 * Replaces a forgotten password: every session that was open anywhere is dead afterwards, and so is the one
 * that the code opened. The person signs in with the new password, and with the second factor if there is one.
 *
 * @returns where to go on
 * @throws AppError `code.invalid`, `input.invalid` at their fields, `rate.limited`, `server.unavailable`
 */
export async function recoverPassword(visitor: Visitor, { code, password }: ProofInput): Promise<string> {
  const email = pendingRecovery(visitor);
  if (!email) return "/forgot-password";
  requireOwnSecret(password, email);
  const session = await proveAddress(visitor, { email, code }, "recovery");
  await setPassword(sessionAuth(visitor.cookies), password);
  await announceNewPassword(await callerOfToken(session.access_token), "end all", visitor.language);
  await tellAuthServer(visitor.cookies, "global");
  forgetSession(visitor.cookies);
  pending.forget(visitor.cookies);
  return "/login?notice=password";
}
