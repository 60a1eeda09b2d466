import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Methods that change nothing; a handler for them must keep to that. */
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests that another site made a signed-in browser send (CSRF). For every handler that
 * believes the session cookie.
 *
 * Browsers say where a request comes from in `Sec-Fetch-Site` (on HTTPS and localhost) and `Origin`, and
 * no page can forge either. A request with neither comes from a program; it passes only as JSON, which
 * even a browser too old for those headers never sends to another site unasked.
 *
 * @param appUrl address of this application; its origin is the only one that may act
 * @throws AppError `access.origin_refused`
 */
export function requireSameOrigin(
  request: Pick<Request, "method" | "headers">,
  appUrl: string = env.APP_URL,
): void {
  if (!SAFE_METHODS.has(request.method) && !isOurs(request.headers, appUrl)) {
    throw new AppError("access.origin_refused");
  }
}

function isOurs(headers: Pick<Headers, "get">, appUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  if (origin !== null) return origin === new URL(appUrl).origin;
  return /^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "");
}
