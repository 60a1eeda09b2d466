import "server-only";
import { env } from "@/lib/env";

/**
 * The content security policy of a page. Scripts and style sheets are taken by nonce or from this site alone,
 * so that an injected one stays text; `strict-dynamic` lets the page's own scripts load their parts.
 *
 * @param nonce fresh for every answer
 */
export function contentPolicy(nonce: string): string {
  fixed ??= fixedPart();
  // The development server evaluates code and injects styles of its own.
  return env.NODE_ENV === "development"
    ? `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:; ${fixed}`
    : `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; connect-src 'self'; ${fixed}`;
}

let fixed: string | undefined;

function fixedPart(): string {
  return [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // A form may be answered with the way to a gateway; no other leaves this site.
    `form-action ${["'self'", ...gatewayOrigins()].join(" ")}`,
    ...(env.APP_URL.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function gatewayOrigins(): string[] {
  return Object.values(env.gateways).flatMap((gateway) => (gateway ? [new URL(gateway.apiUrl).origin] : []));
}
