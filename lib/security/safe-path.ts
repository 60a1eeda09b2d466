/** No host can be this one, so a path that leaves it shows. */
const BASE = "http://path.invalid";
const LONGEST = 2000;
/** Control characters are dropped by browsers, and a backslash is read as a slash. */
const DANGEROUS = /[\u0000-\u001f\u007f\\]/u;

/**
 * The path to go to after signing in, taken from the address (`?next=…`) and therefore from anybody.
 *
 * Only a path of this site passes: no scheme, no host in any spelling, nothing that a browser would read
 * as one.
 *
 * @returns path, query and fragment, or `fallback` when the text is anything else
 */
export function safePath(next: string | null | undefined, fallback: string): string {
  if (!next || next.length > LONGEST || !next.startsWith("/") || DANGEROUS.test(next)) return fallback;
  if (!URL.canParse(next, BASE)) return fallback;
  const url = new URL(next, BASE);
  const path = url.pathname + url.search + url.hash;
  // "/.//evil.example" parses as the path "//evil.example", which is a host again in a Location header.
  return url.origin === BASE && !path.startsWith("//") ? path : fallback;
}
