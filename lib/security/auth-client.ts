import "server-only";
import { type CookieOptions, createServerClient } from "@supabase/ssr";
import {
  type AuthError,
  createClient,
  isAuthRetryableFetchError,
  type SupabaseClient,
} from "@supabase/supabase-js";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { SESSION_COOKIE } from "./session";

/** The part of Supabase that we use: identity. */
export type AuthClient = SupabaseClient["auth"];

/** Cookies of one request and its answer: `cookies()` of an action, or a plain list in a test. */
export interface CookieStore {
  getAll(): { name: string; value: string }[];
  set(name: string, value: string, options: CookieOptions): void;
}

/** Longer than this nobody waits for the auth server; hashing a password on a busy machine takes its time. */
const TIME_LIMIT_MS = 8_000;

/** How the session cookie is kept: out of reach for scripts, and never sent by another site's forms. */
export function sessionCookieOptions(): CookieOptions {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: env.APP_URL.startsWith("https:") };
}

/** A client that acts for the session in the cookies and writes what becomes of it back to them. */
export function sessionAuth(cookies: CookieStore): AuthClient {
  return createServerClient(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    global: { fetch: limitedFetch },
    cookieOptions: { ...sessionCookieOptions(), name: SESSION_COOKIE },
    cookies: {
      // The person's record would make the cookie three times as long, and nobody reads it there.
      encode: "tokens-only",
      getAll: () => cookies.getAll(),
      setAll: (changes) => {
        for (const { name, value, options } of changes) cookies.set(name, value, options);
      },
    },
  }).auth;
}

/** A client without a session: sends codes, tries passwords, refreshes tokens; keeps nothing. */
export function plainAuth(): AuthClient {
  return createClient(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    global: { fetch: limitedFetch },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  }).auth;
}

/** Whether the auth server could not be asked at all, so that its answer is no verdict on the person. */
function isAuthUnavailable(error: AuthError): boolean {
  return (
    isAuthRetryableFetchError(error) ||
    error.status === undefined ||
    error.status === 0 ||
    error.status >= 500
  );
}

/** @throws AppError `server.unavailable` or `rate.limited`, where the error says nothing about the person */
export function throwUnlessVerdict(error: AuthError): void {
  if (isAuthUnavailable(error)) throw new AppError("server.unavailable", {}, { cause: error });
  if (error.status === 429) throw new AppError("rate.limited", {}, { cause: error });
}

const limitedFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(TIME_LIMIT_MS) });
