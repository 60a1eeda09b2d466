import "server-only";
import type { Session } from "@supabase/supabase-js";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { type AuthClient, plainAuth, sessionAuth, throwUnlessVerdict } from "@/lib/security/auth-client";
import { isOwnAddress } from "@/lib/security/password";
import { recordSecurityEvent } from "@/lib/security/security-event";
import { inSteadyTime } from "@/lib/security/steady-time";
import type { Visitor } from "@/lib/security/visitor";
import { rememberDevice } from "./known-device";
import { limitCodeCheck, limitCodeRequest } from "./limits";

/** What a code is for: `recovery` goes to known addresses alone, `entry` makes the person known. */
export type CodePurpose = "entry" | "recovery";

/** Asking for a code takes this long, whether a mail goes out or not. */
const REQUEST_MS = 900;

/**
 * Sends a code of six digits, good for 15 minutes and once. The answer is the same for every address.
 *
 * @throws AppError `rate.limited`, `server.unavailable`
 */
export async function sendCode(visitor: Visitor, email: string, purpose: CodePurpose): Promise<void> {
  await limitCodeRequest(visitor, email);
  await inSteadyTime(REQUEST_MS, async () => {
    const auth = plainAuth();
    const { error } =
      purpose === "recovery"
        ? await auth.resetPasswordForEmail(email)
        : await auth.signInWithOtp({ email, options: { shouldCreateUser: true } });
    if (!error) return;
    // Past a connection, only a known address can fail to be recovered: saying so would tell that it is known.
    if (purpose === "entry" || !error.status) throwUnlessVerdict(error);
    log.error({ err: error }, "a code could not be sent");
  });
}

/**
 * Proves an address with the code from the mail, and writes the cookies of the session that it opens.
 *
 * @throws AppError `code.invalid` at the field, `rate.limited`, `server.unavailable`
 */
export async function proveAddress(
  visitor: Visitor,
  proof: { email: string; code: string },
  purpose: CodePurpose,
): Promise<Session> {
  const counted = await limitCodeCheck(visitor, proof.email);
  const auth = sessionAuth(visitor.cookies);
  const { data, error } = await auth.verifyOtp({
    email: proof.email,
    token: proof.code,
    type: purpose === "recovery" ? "recovery" : "email",
  });
  if (error) throwUnlessVerdict(error);
  if (!data.session) {
    await recordSecurityEvent({
      kind: "auth.code_failed",
      severity: "info",
      subject: proof.email,
      address: visitor.address,
    });
    throw AppError.forField("code.invalid", "/code", "code.wrong");
  }
  await counted.forgive();
  rememberDevice(visitor.cookies, proof.email);
  return data.session;
}

/** Refuses a password that is the person's own address. @throws AppError `input.invalid` at the field */
export function requireOwnSecret(password: string, email: string): void {
  if (isOwnAddress(password, email))
    throw AppError.forField("input.invalid", "/password", "password.isAddress");
}

/**
 * Sets the password of the session's person.
 *
 * @throws AppError `input.invalid` at the field, when the auth server knows a reason of its own
 */
export async function setPassword(auth: AuthClient, password: string): Promise<void> {
  const { error } = await auth.updateUser({ password });
  // Whoever chooses the same one again has what they asked for.
  if (!error || error.code === "same_password") return;
  throwUnlessVerdict(error);
  throw AppError.forField("input.invalid", "/password", "password.tooCommon");
}
