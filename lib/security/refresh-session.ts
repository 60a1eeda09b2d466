import "server-only";
import { createHash } from "node:crypto";
import { createChunks, stringToBase64URL } from "@supabase/ssr";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { sessionCookieOptions } from "./auth-client";
import { giveBack, type Limit, limit } from "./rate-limit";
import {
  claimsOfExpired,
  type ReadCookie,
  SESSION_COOKIE,
  type StoredSession,
  storedSessionOf,
} from "./session";

/** What became of the session of a request. */
export type Refreshed =
  | { readonly kind: "unchanged" }
  /** New cookies, for the browser and for the rest of this very request. */
  | { readonly kind: "refreshed"; readonly cookies: readonly { name: string; value: string }[] }
  /** The session is over: its cookies are only in the way. */
  | { readonly kind: "ended" };

/** With less life than this left, a token is replaced before the page is made. */
const RENEW_BEFORE_SECONDS = 90;
const TIME_LIMIT_MS = 3_000;
/** Requests with the old cookie may still be on their way this long after the new one was handed out. */
const REMEMBER_MS = 30_000;

const unchanged: Refreshed = { kind: "unchanged" };
const ended: Refreshed = { kind: "ended" };

/**
 * Replaces the tokens of a session that is about to expire. Only `proxy.ts` calls it.
 *
 * A page asks for many things at once, all with the same cookie, and a refresh token is worth one use:
 * so the first request asks the auth server and the others share its answer. Between processes the auth
 * server's reuse interval does the same. While it cannot be asked, the old token serves until it expires.
 *
 * A cookie is whatever somebody sends, and a hosted auth server counts the calls of all our visitors as ours: made-up
 * cookies could use up everybody's. So it is asked only about sessions whose token it signed itself, about each a few
 * times a minute.
 */
export async function refreshSession(read: ReadCookie, now = Date.now()): Promise<Refreshed> {
  const session = await storedSessionOf(read);
  if (!session || session.expiresAt - now / 1000 > RENEW_BEFORE_SECONDS) return unchanged;
  const token = await examine(session.accessToken);
  if (token === "made up") return ended;
  if (token === "unknown") return unchanged;
  const secondsLeft = token.expiresAt - now / 1000; // the cookie only said so
  if (secondsLeft > RENEW_BEFORE_SECONDS) return unchanged;

  const answer = await sharedRefresh(session, token.sessionId);
  if (answer.kind === "renewed") return { kind: "refreshed", cookies: toCookies(answer.session) };
  return answer.kind === "refused" && secondsLeft <= 0 ? ended : unchanged;
}

/** The attributes that go with the cookies of `refreshSession`; browsers keep a cookie 400 days at most. */
export function renewedCookieOptions() {
  return { ...sessionCookieOptions(), maxAge: 400 * 24 * 60 * 60 };
}

interface SignedToken {
  readonly sessionId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** What an access token is, without asking the auth server. `unknown`: its keys cannot be had now. */
async function examine(accessToken: string): Promise<SignedToken | "made up" | "unknown"> {
  try {
    const claims = await claimsOfExpired(accessToken);
    if (!claims) return "made up";
    const expiresAt = typeof claims["exp"] === "number" ? claims["exp"] : 0;
    return { sessionId: claims.session_id, expiresAt };
  } catch (error) {
    log.warn({ err: error }, "a session could not be examined: the keys of the auth server cannot be had");
    return "unknown";
  }
}

type Answer =
  | { kind: "renewed"; session: object }
  | { kind: "refused" }
  | { kind: "unreachable" }
  /** Not asked, or asked too often: nothing is known of the session. */
  | { kind: "limited" };

const underWay = new Map<string, Promise<Answer>>();

function sharedRefresh(session: StoredSession, sessionId: string): Promise<Answer> {
  // The pair: a refresh token alone must not be worth more than the cookie that it came in.
  const key = createHash("sha256")
    .update(`${session.accessToken}.${session.refreshToken}`)
    .digest("base64url");
  const known = underWay.get(key);
  if (known) return known;
  const answer = limitedRefresh(session.refreshToken, sessionId);
  underWay.set(key, answer);
  void answer.then(({ kind }) => {
    const forget = () => underWay.delete(key);
    if (kind === "renewed" || kind === "refused") setTimeout(forget, REMEMBER_MS).unref();
    else forget();
  });
  return answer;
}

/** A session needs new tokens once an hour; past a few attempts in a minute it waits, and is not ended. */
async function limitedRefresh(refreshToken: string, sessionId: string): Promise<Answer> {
  const attempt = { name: "session.refresh", key: sessionId, max: 6, perSeconds: 60, kind: "guard" } as const;
  if (!(await isAllowed(attempt))) return { kind: "limited" };
  const answer = await askForNewTokens(refreshToken);
  // An outage is nobody's fault, and must not cost a session the minute after it.
  if (answer.kind === "unreachable") await giveBack(attempt);
  return answer;
}

/** A limiter that fails stops nobody: only its verdict does. */
async function isAllowed(attempt: Limit): Promise<boolean> {
  try {
    await limit(attempt);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate.limited") return false;
    log.error({ err: error }, "refreshing sessions could not be limited");
    return true;
  }
}

/** Straight to the endpoint: the client library would try for half a minute, and a page does not wait so long. */
async function askForNewTokens(refreshToken: string): Promise<Answer> {
  try {
    const response = await fetch(`${env.SUPABASE_URL}/auth/v1/token?grant_type=refresh_token`, {
      method: "POST",
      headers: { apikey: env.SUPABASE_PUBLISHABLE_KEY, "content-type": "application/json" },
      body: JSON.stringify({ refresh_token: refreshToken }),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      cache: "no-store",
    });
    if (response.status >= 500) return unreachable(`answered ${response.status}`);
    if (response.status === 429) {
      log.warn("a session could not be refreshed: the auth server was asked too often");
      return { kind: "limited" };
    }
    if (!response.ok) return { kind: "refused" };
    return { kind: "renewed", session: newTokens.parse(await response.json()) };
  } catch (error) {
    return unreachable(error instanceof Error ? error.message : "threw something");
  }
}

function unreachable(reason: string): Answer {
  log.warn({ reason }, "a session could not be refreshed: the auth server does not answer");
  return { kind: "unreachable" };
}

/** The session as the cookie keeps it: without the person's record. */
const newTokens = z
  .object({
    access_token: z.string(),
    refresh_token: z.string(),
    token_type: z.string(),
    expires_in: z.number(),
    expires_at: z.number().optional(),
  })
  .transform((it) => ({ ...it, expires_at: it.expires_at ?? Math.floor(Date.now() / 1000) + it.expires_in }));

function toCookies(session: object): { name: string; value: string }[] {
  return createChunks(SESSION_COOKIE, `base64-${stringToBase64URL(JSON.stringify(session))}`);
}
