import { randomUUID } from "node:crypto";

/** What a proxy may hand us as an id: no control characters, nothing that breaks a log line or a header. */
const ACCEPTED = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * The id under which one request is logged and shown to the person ("quote this code").
 * A proxy's `x-request-id` is kept, so that one id runs through every system; otherwise one is made.
 */
export function requestIdOf(headers: Pick<Headers, "get">): string {
  const given = headers.get("x-request-id");
  return given !== null && ACCEPTED.test(given) ? given : randomUUID();
}
