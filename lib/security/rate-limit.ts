import "server-only";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { createRateLimiter, type Limit, type RateLimiter } from "./rate-limiter";

export type { Limit } from "./rate-limiter";

let limiter: RateLimiter | undefined;

/**
 * Counts one attempt and refuses the one past the limit.
 *
 * ```ts
 * await limit({ name: "login.account", key: email, max: 10, perSeconds: 900, kind: "guard" });
 * ```
 *
 * @throws AppError `rate.limited` with `retryAfterSeconds`
 */
export function limit(attempt: Limit): Promise<void> {
  return theLimiter().limit(attempt);
}

/** Takes an attempt back that turned out to be a good one: whoever signs in ten times has guessed nothing. */
export function giveBack(attempt: Limit): Promise<void> {
  return theLimiter().giveBack(attempt);
}

/** How Redis does, for the probes; without it limits go on in memory. */
export function redisState(): "ok" | "degraded" | "off" {
  return theLimiter().redis();
}

function theLimiter(): RateLimiter {
  limiter ??= createRateLimiter(env.REDIS_URL ?? null, log);
  return limiter;
}
