import "server-only";
import type { Session } from "@supabase/supabase-js";
import { sessionAuth } from "@/lib/security/auth-client";
import type { Caller } from "@/lib/security/session";
import { callerAt, type Visitor } from "@/lib/security/visitor";
import { callerOfToken } from "./context";
import { proveAddress, setPassword } from "./mailed-code";
import { announceNewPassword } from "./password-notice";

/** An account younger than this was made by the code that has just been typed. */
const NEW_ACCOUNT_MS = 60 * 60 * 1000;

/**
 * Signs in somebody who proves an address with a code and chooses a password. Sent again by the same
 * browser it needs no second code: the first one opened a session for that very address.
 *
 * @throws AppError `code.invalid`, `input.invalid` at their fields, `rate.limited`, `server.unavailable`
 */
export async function enterWithCode(
  visitor: Visitor,
  proof: { email: string; code: string; password: string },
): Promise<Caller> {
  const present = await callerAt(visitor);
  if (present?.email === proof.email) {
    await setPassword(sessionAuth(visitor.cookies), proof.password);
    return present;
  }
  const { auth, session } = await proveAddress(visitor, proof, "entry");
  await setPassword(auth, proof.password);
  const caller = await callerOfToken(session.access_token);
  // Somebody who was known has another password now, and must hear of it.
  if (wasKnown(session)) await announceNewPassword(caller, "keep this", visitor.language);
  return caller;
}

function wasKnown({ user }: Session): boolean {
  return Date.parse(user.created_at) < Date.now() - NEW_ACCOUNT_MS;
}
