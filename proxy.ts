import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { requestIdOf } from "@/lib/log/request-id";
import { contentPolicy } from "@/lib/security/content-policy";
import { type Refreshed, refreshSession, renewedCookieOptions } from "@/lib/security/refresh-session";
import { REQUEST_PATH_HEADER } from "@/lib/security/request-path";
import { isSessionCookie } from "@/lib/security/session";

/** Static files, probes, webhooks and the public API carry no session and show no page. */
export const config = {
  matcher: ["/((?!_next/|api/(?:health|metrics|version|webhooks|v1)(?:/|$)|icons?\\.svg$|favicon\\.ico$).*)"],
};

/**
 * Stands before every page, action and route of a signed-in browser: keeps the session fresh (nothing else
 * refreshes tokens), numbers the request, and gives pages their content policy. Decides nothing about
 * access: that is the database's word, on each statement.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const requestId = requestIdOf(request.headers);
  const headers = new Headers(request.headers);
  headers.set("x-request-id", requestId);
  headers.set(REQUEST_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);

  const policy = request.nextUrl.pathname.startsWith("/api/") ? null : contentPolicy(newNonce());
  // The framework reads the nonce from here and puts it on the scripts that it writes.
  if (policy) headers.set("content-security-policy", policy);

  const refreshed = await refreshSession((name) => request.cookies.get(name)?.value);
  const changes = cookieChanges(request, refreshed);
  if (changes.length > 0) headers.set("cookie", withChanges(request, changes));

  const response = NextResponse.next({ request: { headers } });
  for (const { name, value } of changes) {
    response.cookies.set(name, value, { ...renewedCookieOptions(), ...(value === "" && { maxAge: 0 }) });
  }
  response.headers.set("x-request-id", requestId);
  if (policy) {
    response.headers.set("content-security-policy", policy);
    // What a signed-in person sees is nobody else's, not even the next person's at the same machine.
    response.headers.set("cache-control", "private, no-store");
  }
  return response;
}

function newNonce(): string {
  return randomBytes(16).toString("base64");
}

interface CookieChange {
  readonly name: string;
  /** Empty: the cookie goes. */
  readonly value: string;
}

/** New chunks of the session, and the old ones that are not among them. */
function cookieChanges(request: NextRequest, refreshed: Refreshed): CookieChange[] {
  if (refreshed.kind === "unchanged") return [];
  const fresh = refreshed.kind === "refreshed" ? refreshed.cookies : [];
  const stale = request.cookies
    .getAll()
    .filter(({ name }) => isSessionCookie(name) && !fresh.some((cookie) => cookie.name === name))
    .map(({ name }) => ({ name, value: "" }));
  return [...stale, ...fresh];
}

/** The cookies of the request as the page is to see them: a renewed session counts for this very request. */
function withChanges(request: NextRequest, changes: readonly CookieChange[]): string {
  for (const { name, value } of changes) {
    if (value === "") request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  return request.cookies.toString();
}
