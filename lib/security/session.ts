import "server-only";
import { combineChunks, isChunkLike, stringFromBase64URL } from "@supabase/ssr";
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from "jose";
import { cookies } from "next/headers";
import { cache } from "react";
import { z } from "zod";
import { type Claims, type Work, withClaims } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, type DatabaseNaming } from "@/lib/errors";

/** The cookie in which `@supabase/ssr` keeps the session, in chunks where it is long. */
export const SESSION_COOKIE = "session";
/** The organization that a person with several has chosen. A wish: the database confirms it. */
export const ORGANIZATION_COOKIE = "organization";

/** Whether a cookie is the session's, whole or a chunk of it. */
export function isSessionCookie(name: string): boolean {
  return isChunkLike(name, SESSION_COOKIE);
}

const BASE64 = "base64-";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads one cookie; what `cookies()` and a request have in common. */
export type ReadCookie = (name: string) => string | undefined;

/** A person whose token was verified here. What they may do is the database's word, on each statement. */
export interface Caller {
  readonly claims: Claims;
  readonly userId: string;
  readonly sessionId: string;
  readonly email: string;
  readonly organizationId: string | null;
  /** One transaction as this person, behind the tenant wall. */
  transaction<T>(work: Work<T>, naming?: DatabaseNaming): Promise<T>;
  /** The same for work that sends all its statements before it waits for an answer: its end goes with them. */
  atOnce<T>(work: Work<T>): Promise<T>;
  /** The same for reading by several statements what has to fit together: all of them see the same moment. */
  snapshot<T>(work: Work<T>): Promise<T>;
}

/** The caller of this request, or null without a session that is signed by us and still valid. */
export const findCaller = cache(async (): Promise<Caller | null> => {
  const jar = await cookies();
  return callerOf((name) => jar.get(name)?.value);
});

/** @throws AppError `access.unauthenticated` */
export async function requireCaller(): Promise<Caller> {
  const caller = await findCaller();
  if (!caller) throw new AppError("access.unauthenticated");
  return caller;
}

/** The caller that some cookies prove, or null. Verified locally: no call to the auth server. */
export async function callerOf(read: ReadCookie): Promise<Caller | null> {
  const token = await accessTokenOf(read);
  const claims = token && (await verifyToken(token));
  if (!claims) return null;
  const wished = read(ORGANIZATION_COOKIE);
  return callerWith(claims, wished && UUID.test(wished) ? wished : null);
}

/** A caller with claims that were verified before. */
export function callerWith(claims: Claims, organizationId: string | null): Caller {
  return {
    claims,
    userId: claims.sub,
    sessionId: claims.session_id,
    email: typeof claims.email === "string" ? claims.email : "",
    organizationId,
    transaction: (work, naming) => withClaims(claims, organizationId, work, naming),
    atOnce: (work) => withClaims(claims, organizationId, work, undefined, "atOnce"),
    snapshot: (work) => withClaims(claims, organizationId, work, undefined, "snapshot"),
  };
}

/** The access token in the session cookie, unverified. */
async function accessTokenOf(read: ReadCookie): Promise<string | null> {
  return (await storedSessionOf(read))?.accessToken ?? null;
}

/** What the session cookie holds, unverified. */
export interface StoredSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** The session cookie as `@supabase/ssr` writes it, or null for anything that nobody of ours wrote. */
export async function storedSessionOf(read: ReadCookie): Promise<StoredSession | null> {
  const stored = await combineChunks(SESSION_COOKIE, read);
  if (!stored) return null;
  try {
    const text = stored.startsWith(BASE64) ? stringFromBase64URL(stored.slice(BASE64.length)) : stored;
    const session = storedSession.safeParse(JSON.parse(text));
    return session.success ? session.data : null;
  } catch {
    return null; // no base64, no JSON: no session
  }
}

const storedSession = z
  .object({ access_token: z.string(), refresh_token: z.string(), expires_at: z.number() })
  .transform((it) => ({
    accessToken: it.access_token,
    refreshToken: it.refresh_token,
    expiresAt: it.expires_at,
  }));

/** How long a verified token is not verified again; a signing key that is withdrawn counts this much longer. */
const REMEMBER_MS = 60_000;
const MOST_REMEMBERED = 2_000;
const verified = new Map<string, { readonly claims: Claims; readonly until: number }>();

/**
 * The claims of a token that our auth server signed for this audience, or null. One browser sends the same token
 * with every request: its signature is computed once a minute. Whether the session still lives is not in the token;
 * the database is asked on each statement.
 */
export async function verifyToken(token: string, now = Date.now()): Promise<Claims | null> {
  const known = verified.get(token);
  if (known && now < known.until) return known.claims;
  const claims = await claimsOf(token, now);
  if (!claims) return null;
  if (verified.size >= MOST_REMEMBERED) verified.clear();
  const expiresAt = typeof claims["exp"] === "number" ? claims["exp"] * 1000 : now;
  verified.set(token, { claims, until: Math.min(expiresAt, now + REMEMBER_MS) });
  return claims;
}

async function claimsOf(token: string, now: number): Promise<Claims | null> {
  try {
    return await signedClaims(token, { currentDate: new Date(now) });
  } catch {
    return null; // expired, forged, of another key: all the same to the caller
  }
}

/**
 * The claims of a token that our auth server signed, however long ago it expired: it opens nothing any more, and
 * tells of which session it was.
 *
 * @returns null for one that somebody made up
 * @throws Error when the server's keys cannot be had, so that nothing can be said of the token
 */
export async function claimsOfExpired(token: string): Promise<Claims | null> {
  try {
    return await signedClaims(token, { clockTolerance: Number.MAX_SAFE_INTEGER });
  } catch (error) {
    if (isVerdict(error)) return null;
    throw error;
  }
}

/** Whether an error of the library is about the token; the others are about fetching the keys. */
function isVerdict(error: unknown): boolean {
  const aboutKeys = ["ERR_JOSE_GENERIC", "ERR_JWKS_INVALID", "ERR_JWKS_TIMEOUT"];
  return error instanceof errors.JOSEError && !aboutKeys.includes(error.code);
}

async function signedClaims(
  token: string,
  time: Pick<JWTVerifyOptions, "currentDate" | "clockTolerance">,
): Promise<Claims | null> {
  const options = { ...time, audience: "authenticated" };
  const { payload } = env.SUPABASE_JWT_SECRET
    ? await jwtVerify(token, secretKey(env.SUPABASE_JWT_SECRET), { ...options, algorithms: ["HS256"] })
    : await jwtVerify(token, publicKeys(), { ...options, algorithms: ["ES256", "RS256"] });
  const { sub, session_id } = payload;
  if (typeof sub !== "string" || typeof session_id !== "string") return null;
  if (!UUID.test(sub) || !UUID.test(session_id)) return null;
  return { ...payload, sub, session_id };
}

let encoded: Uint8Array | undefined;
function secretKey(secret: string): Uint8Array {
  encoded ??= new TextEncoder().encode(secret);
  return encoded;
}

let keySet: JWTVerifyGetKey | undefined;
function publicKeys(): JWTVerifyGetKey {
  keySet ??= createRemoteJWKSet(new URL(`${env.SUPABASE_URL}/auth/v1/.well-known/jwks.json`));
  return keySet;
}
