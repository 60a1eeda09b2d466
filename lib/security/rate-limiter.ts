import "server-only";
import { createHash } from "node:crypto";
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from "cockatiel";
import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import type { Log } from "@/lib/log";

/** One attempt at something that may be done only so often. */
export interface Limit {
  /** What is limited, for example `login.account`; the same name always has the same `max` and `perSeconds`. */
  readonly name: string;
  /** Who is counted: an address, an account, a member. Only its hash is stored. */
  readonly key: string;
  readonly max: number;
  readonly perSeconds: number;
  /**
   * What happens while Redis does not answer. `guard` (login, reset, invitation, payment) goes on in
   * this process's memory, stricter; `read` goes on unlimited.
   */
  readonly kind: "guard" | "read";
}

export interface RateLimiter {
  limit(attempt: Limit): Promise<void>;
  /** Takes an attempt back that turned out to be a good one, so that only failures count. */
  giveBack(attempt: Limit): Promise<void>;
  /** `degraded` while Redis does not answer; `off` where there is none. */
  redis(): "ok" | "degraded" | "off";
  close(): void;
}

type Store = RateLimiterMemory | RateLimiterRedis;

/** Longer than this no request waits for a counter. */
const REDIS_TIME_LIMIT_MS = 50;
const FAILURES_TO_OPEN = 3;
const OPEN_FOR_MS = 5_000;

/**
 * Makes a limiter. Every guard is counted in memory as well, so that losing Redis in the middle of an
 * attack gives the attacker no fresh allowance.
 *
 * @param redisUrl null: count in memory alone; guards are stricter then, since each process counts for itself
 */
export function createRateLimiter(redisUrl: string | null, logger: Pick<Log, "info" | "warn">): RateLimiter {
  const shared = redisUrl === null ? null : createSharedCounters(redisUrl, logger);
  const own = createOwnCounters();

  return {
    async limit(attempt) {
      const key = hash(attempt.key);
      const mine = attempt.kind === "guard" || !shared ? await own.count(attempt, key) : null;
      const theirs = shared ? await shared.count(attempt, key) : null;
      const verdict = theirs ?? mine; // null: a read while Redis does not answer
      if (verdict === null || verdict.allowed) return;
      logger.warn({ limit: attempt.name, key }, "rate limit reached");
      throw new AppError("rate.limited", { retryAfterSeconds: verdict.retryAfterSeconds });
    },
    async giveBack(attempt) {
      const key = hash(attempt.key);
      await Promise.all([own.giveBack(attempt, key), shared?.giveBack(attempt, key)]);
    },
    redis: () => (!shared ? "off" : shared.isUp() ? "ok" : "degraded"),
    close: () => shared?.close(),
  };
}

interface Verdict {
  readonly allowed: boolean;
  readonly retryAfterSeconds: number;
}

/** Counts that all processes share; null when Redis does not answer in time. */
function createSharedCounters(redisUrl: string, logger: Pick<Log, "info" | "warn">) {
  const client = new Redis(redisUrl, {
    commandTimeout: REDIS_TIME_LIMIT_MS,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false, // a count that timed out was answered by memory already
    retryStrategy: (attempts) => Math.min(attempts * 200, 2_000),
  });
  const breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
    halfOpenAfter: OPEN_FOR_MS,
  });
  const state = "guards count in memory, stricter; reads are not limited";
  client.on("error", (err) => logger.warn({ err }, "redis connection failed"));
  breaker.onBreak(() => logger.warn(`rate limits left redis: ${state}`));
  breaker.onReset(() => logger.info("rate limits are back on redis"));

  const storeOf = perLimit(
    ({ name, max, perSeconds }) =>
      new RateLimiterRedis({
        storeClient: client,
        keyPrefix: `limit:${name}`,
        points: max,
        duration: perSeconds,
      }),
  );

  async function count(attempt: Limit, key: string): Promise<Verdict | null> {
    try {
      return await breaker.execute(() => consume(storeOf(attempt), key));
    } catch {
      return null; // said once by the breaker, not a thousand times by its callers
    }
  }
  async function giveBack(attempt: Limit, key: string): Promise<void> {
    // A count that could not be lowered is stricter, and expires with the others.
    await breaker.execute(() => storeOf(attempt).reward(key, 1)).catch(() => undefined);
  }
  return {
    count,
    giveBack,
    isUp: () => breaker.state !== CircuitState.Open && client.status === "ready",
    close: () => client.disconnect(),
  };
}

/** Counts of this process: half the allowance for guards, at least one. */
function createOwnCounters() {
  const storeOf = perLimit(
    ({ max, perSeconds, kind }) =>
      new RateLimiterMemory({ points: kind === "guard" ? Math.ceil(max / 2) : max, duration: perSeconds }),
  );
  return {
    count: (attempt: Limit, key: string) => consume(storeOf(attempt), key),
    giveBack: (attempt: Limit, key: string) => storeOf(attempt).reward(key, 1),
  };
}

/** Keeps one store for each limit. */
function perLimit<S extends Store>(make: (attempt: Limit) => S): (attempt: Limit) => S {
  const stores = new Map<string, S>();
  return (attempt) => {
    const id = `${attempt.kind} ${attempt.name} ${attempt.max}/${attempt.perSeconds}`;
    const known = stores.get(id) ?? make(attempt);
    stores.set(id, known);
    return known;
  };
}

/** The library refuses by rejecting with a result; only other rejections are failures. */
async function consume(store: Store, key: string): Promise<Verdict> {
  try {
    return verdictOf(await store.consume(key), true);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return verdictOf(refusal, false);
    throw refusal;
  }
}

function verdictOf(result: RateLimiterRes, allowed: boolean): Verdict {
  return { allowed, retryAfterSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)) };
}

/** Spellings of one account are one key, and neither Redis nor the log holds addresses. */
function hash(key: string): string {
  return createHash("sha256")
    .update(key.trim().toLowerCase().normalize("NFC"))
    .digest("base64url")
    .slice(0, 22);
}
