import { AppError } from "@/lib/errors";
import { findLogo } from "@/lib/organizations";
import { memberRoute } from "@/lib/security/route";

/**
 * The logo of the member's shop. `?v=` names its version, so a browser keeps it for good; without, it asks each time.
 * Bytes that somebody uploaded are shown as the picture that they were read to be and as nothing else.
 */
export const GET = memberRoute(async (member, request) => {
  const logo = await findLogo(member);
  if (!logo) throw new AppError("not_found");
  const tag = `"${logo.digest}"`;
  const version = request.nextUrl.searchParams.get("v") ?? "";
  const isCurrent = version.length >= 16 && logo.digest.startsWith(version);
  const headers = {
    etag: tag,
    "cache-control": isCurrent ? "private, max-age=31536000, immutable" : "private, no-cache",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    vary: "cookie",
  };
  if (request.headers.get("if-none-match") === tag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(logo.bytes), {
    headers: { ...headers, "content-type": logo.contentType },
  });
});
