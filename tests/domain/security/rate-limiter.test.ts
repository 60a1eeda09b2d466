import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { AppError } from "@/lib/errors";
import { createRateLimiter, type Limit, type RateLimiter } from "@/lib/security/rate-limiter";
import { freePort } from "@/scripts/services/ports";
import { type RedisServer, redisIsInstalled, startRedis } from "./redis-server";

const login: Limit = { name: "login", key: "ana@vista.test", max: 10, perSeconds: 60, kind: "guard" };
const search: Limit = { name: "search", key: "ana@vista.test", max: 10, perSeconds: 60, kind: "read" };

const open: RateLimiter[] = [];
afterEach(() => {
  for (const limiter of open.splice(0)) limiter.close();
});

function limiterAt(redisUrl: string | null) {
  const lines: string[] = [];
  const write = (fields: unknown, text?: string) => void lines.push(text ?? String(fields));
  const limiter = createRateLimiter(redisUrl, { info: write, warn: write });
  open.push(limiter);
  return { limiter, lines };
}

/** How many of some attempts pass. */
async function passing(limiter: RateLimiter, attempt: Limit, attempts: number): Promise<number> {
  let passed = 0;
  for (let n = 0; n < attempts; n += 1) {
    try {
      await limiter.limit(attempt);
      passed += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "rate.limited") throw error;
    }
  }
  return passed;
}

describe("without Redis", () => {
  test("a guard lets half of its attempts pass, since each process counts for itself", async () => {
    expect(await passing(limiterAt(null).limiter, login, 30)).toBe(5);
  });

  test("a guard of one still lets one pass", async () => {
    expect(await passing(limiterAt(null).limiter, { ...login, max: 1 }, 3)).toBe(1);
  });

  test("reads are counted in full", async () => {
    expect(await passing(limiterAt(null).limiter, search, 30)).toBe(10);
  });

  test("whoever is refused is told how long to wait", async () => {
    const { limiter, lines } = limiterAt(null);
    await passing(limiter, login, 5);
    const refusal = await limiter.limit(login).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "rate.limited", status: 429 });
    const seconds = refusal instanceof AppError ? refusal.details["retryAfterSeconds"] : null;
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(lines).toContain("rate limit reached");
  });

  test("one account spelt in many ways is one account", async () => {
    const { limiter } = limiterAt(null);
    await passing(limiter, login, 5);
    expect(await passing(limiter, { ...login, key: " Ana@VISTA.test " }, 5)).toBe(0);
    expect(await passing(limiter, { ...login, key: "eva@vista.test" }, 5)).toBe(5);
  });

  test("limits of different names do not touch each other", async () => {
    const { limiter } = limiterAt(null);
    await passing(limiter, login, 5);
    expect(await passing(limiter, { ...login, name: "reset" }, 5)).toBe(5);
  });

  test("after the time has passed the way is free again", async () => {
    const { limiter } = limiterAt(null);
    const brief = { ...login, max: 2, perSeconds: 1 };
    expect(await passing(limiter, brief, 3)).toBe(1);
    await wait(1100);
    expect(await passing(limiter, brief, 3)).toBe(1);
  });
});

describe("when Redis does not answer", () => {
  test("with nobody at its address, guards hold and reads go on", async () => {
    const { limiter, lines } = limiterAt(`redis://127.0.0.1:${await freePort()}`);
    expect(await passing(limiter, login, 30)).toBe(5);
    expect(await passing(limiter, search, 30)).toBe(30);
    expect(lines.join("\n")).toMatch(/rate limits left redis/);
  });

  test("with somebody who never says a word, no request waits for long", async () => {
    const silent = createServer((socket) => socket.on("error", () => undefined)).listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const { limiter } = limiterAt(`redis://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);

    const started = performance.now();
    expect(await passing(limiter, login, 30)).toBe(5);
    expect(await passing(limiter, search, 200)).toBe(200);
    expect(performance.now() - started).toBeLessThan(1500); // three time limits of 50 ms, then none is asked
  });
});

describe.skipIf(!redisIsInstalled)(
  "with a running Redis (skipped where redis-server is not installed)",
  () => {
    async function withRedis(): Promise<RedisServer> {
      const redis = await startRedis();
      onTestFinished(() => redis.kill());
      return redis;
    }

    test("two processes count together, in full", async () => {
      const { url } = await withRedis();
      const [one, two] = [limiterAt(url).limiter, limiterAt(url).limiter];
      expect(await passing(one, login, 6)).toBe(6);
      expect(await passing(two, login, 6)).toBe(4);
      expect(await passing(one, login, 6)).toBe(0);
      expect(await passing(two, { ...login, key: "eva@vista.test" }, 20)).toBe(10);
    });

    test("attempts made at once are counted one by one", async () => {
      const { limiter } = limiterAt((await withRedis()).url);
      await limiter.limit({ ...login, key: "warm up" });
      const attempts = await Promise.allSettled(Array.from({ length: 50 }, () => limiter.limit(login)));
      expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    });

    test("neither accounts nor addresses can be read in Redis, and every count expires", async () => {
      const redis = await withRedis();
      await limiterAt(redis.url).limiter.limit(login);
      const keys = await redis.command("KEYS", "*");
      expect(keys).toEqual([expect.stringMatching(/^limit:login:[\w-]{22}$/)]);
      expect(await redis.command("TTL", String(Array.isArray(keys) ? keys[0] : ""))).toBeGreaterThan(0);
    });

    test("killed in the middle of an attack, the attacker gets nothing more", async () => {
      const redis = await withRedis();
      const { limiter, lines } = limiterAt(redis.url);
      const before = await passing(limiter, login, 7);
      await redis.kill();
      const after = await passing(limiter, login, 30);
      expect(before + after).toBeLessThanOrEqual(10);
      expect(await passing(limiter, search, 100)).toBe(100);
      expect(lines.join("\n")).toMatch(/rate limits left redis/);
    });

    test("frozen, it delays three requests by 50 ms and none after", async () => {
      const redis = await withRedis();
      const { limiter } = limiterAt(redis.url);
      await passing(limiter, search, 3);
      redis.freeze();
      onTestFinished(() => redis.thaw());
      const started = performance.now();
      expect(await passing(limiter, search, 300)).toBe(300);
      expect(performance.now() - started).toBeLessThan(1500);
      expect(await passing(limiter, login, 30)).toBe(5);
      redis.thaw();
    });

    test("read-only, guards hold in memory", async () => {
      const redis = await withRedis();
      const { limiter } = limiterAt(redis.url);
      await passing(limiter, search, 1);
      await redis.command("REPLICAOF", "127.0.0.1", "1");
      expect(await passing(limiter, login, 30)).toBe(5);
      expect(await passing(limiter, search, 30)).toBe(30);
    });

    test("back again, it counts for everybody again", async () => {
      const redis = await withRedis();
      const { limiter, lines } = limiterAt(redis.url);
      await redis.kill();
      await passing(limiter, login, 10);
      await redis.start();
      await wait(5500); // the breaker asks again after five seconds
      const other = { ...login, key: "eva@vista.test" };
      expect(await passing(limiter, other, 20)).toBe(10);
      expect(lines).toContain("rate limits are back on redis");
    });
  },
);
