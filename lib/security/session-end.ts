import "server-only";
import { sql } from "@/lib/db";
import { log } from "@/lib/log";
import { type CookieStore, sessionAuth, sessionCookieOptions } from "./auth-client";
import { type Caller, isSessionCookie, ORGANIZATION_COOKIE } from "./session";

/**
 * Ends the session of one browser. The database forgets it first, so that its token is dead from the next
 * statement on, whether or not the auth server can be told.
 */
export async function endSession(caller: Caller | null, cookies: CookieStore): Promise<void> {
  if (caller) {
    await caller.transaction((db) => sql`select private.revoke_session()`.execute(db));
    await tellAuthServer(cookies, "local");
  }
  forgetSession(cookies);
}

/** Ends every session of a person, this one included. */
export async function endEverySession(caller: Caller, cookies: CookieStore): Promise<void> {
  await caller.transaction((db) => sql`select private.revoke_all_sessions(false)`.execute(db));
  await tellAuthServer(cookies, "global");
  forgetSession(cookies);
}

/**
 * Takes the refresh tokens away at the auth server; `others` leaves this session its own.
 * The database refuses the sessions already: what fails here costs nothing but tidiness.
 */
export async function tellAuthServer(
  cookies: CookieStore,
  scope: "local" | "global" | "others",
): Promise<void> {
  const { error } = await sessionAuth(cookies).signOut({ scope });
  if (error) log.warn({ err: error, scope }, "the auth server was not told that a session ended");
}

/** Removes the session, and the shop that it had chosen, from the browser. */
export function forgetSession(cookies: CookieStore): void {
  for (const { name } of cookies.getAll()) {
    if (isSessionCookie(name) || name === ORGANIZATION_COOKIE) {
      cookies.set(name, "", { ...sessionCookieOptions(), maxAge: 0 });
    }
  }
}
