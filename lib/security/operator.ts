import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/** Whether a request carries the token of whoever watches the service (`METRICS_TOKEN`). */
export function isOperator(request: { headers: Pick<Headers, "get"> }): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  return given !== undefined && env.METRICS_TOKEN !== undefined && same(given, env.METRICS_TOKEN);
}

/** Compares digests: texts of any length in the same time. */
function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
