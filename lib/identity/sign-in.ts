import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "@supabase/supabase-js";
import { AppError } from "@/lib/errors";
import { type AuthClient, sessionAuth, throwUnlessVerdict } from "@/lib/security/auth-client";
import { safePath } from "@/lib/security/safe-path";
import { recordSecurityEvent } from "@/lib/security/security-event";
import { ORGANIZATION_COOKIE } from "@/lib/security/session";
import { inSteadyTime } from "@/lib/security/steady-time";
import type { Visitor } from "@/lib/security/visitor";
import { callerOfToken, destinationOf, type Standing, standingOf } from "./context";
import { rememberDevice } from "./known-device";
import { limitSignIn } from "./limits";
import type { SignInInput } from "./schema";

/** A refusal takes at least this long, whether or not there is such an account. */
const REFUSAL_MS = 500;

/**
 * Signs a person in with address and password and writes the session's cookies.
 *
 * @returns the path to go on to: the second factor, the choice of a shop, or where they were going
 * @throws AppError `access.credentials_invalid` for any wrong pair, `rate.limited`, `server.unavailable`
 */
export async function signIn(visitor: Visitor, input: SignInInput): Promise<string> {
  const counted = await limitSignIn(visitor, input.email);
  const auth = sessionAuth(visitor.cookies);
  const session = await refuseSlowly(visitor, input.email, () => tryPassword(auth, input));
  await counted.forgive();
  rememberDevice(visitor.cookies, input.email);
  const standing = await settle(auth, session, visitor);
  return destinationOf(standing, safePath(input.next, "") || null);
}

async function tryPassword(auth: AuthClient, { email, password }: SignInInput): Promise<Session | null> {
  const { data, error } = await auth.signInWithPassword({ email, password });
  if (error) throwUnlessVerdict(error);
  return data.session;
}

async function refuseSlowly(
  visitor: Visitor,
  email: string,
  attempt: () => Promise<Session | null>,
): Promise<Session> {
  const began = performance.now();
  const session = await attempt();
  if (session) return session;
  await recordSecurityEvent({
    kind: "auth.login_failed",
    severity: "info",
    subject: email,
    address: visitor.address,
  });
  return inSteadyTime(Math.max(0, REFUSAL_MS - (performance.now() - began)), () =>
    Promise.reject(new AppError("access.credentials_invalid")),
  );
}

/**
 * Makes sure that a new session counts. Ending all sessions kills every token of that very second, and one
 * that was made right afterwards could be among them: then a token of the next second is asked for.
 */
async function settle(auth: AuthClient, session: Session, visitor: Visitor): Promise<Standing> {
  forgetShop(visitor);
  const standing = await standingOf(await callerOfToken(session.access_token));
  if (standing) return standing;
  await sleep(1_000 - (Date.now() % 1_000) + 50);
  const { data, error } = await auth.refreshSession({ refresh_token: session.refresh_token });
  if (error) throwUnlessVerdict(error);
  const again = data.session && (await standingOf(await callerOfToken(data.session.access_token)));
  if (!again) throw new AppError("access.unauthenticated");
  return again;
}

/** The shop that somebody chose at this browser before is not this person's wish. */
function forgetShop(visitor: Visitor): void {
  if (visitor.cookies.getAll().some(({ name }) => name === ORGANIZATION_COOKIE)) {
    visitor.cookies.set(ORGANIZATION_COOKIE, "", { path: "/", maxAge: 0 });
  }
}
