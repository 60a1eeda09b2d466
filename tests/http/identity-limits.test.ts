import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { signIn } from "@/lib/identity";
import { redisState } from "@/lib/security/rate-limit";
import { type RedisServer, redisIsInstalled, startRedis } from "../domain/security/redis-server";
import { aVisitor, identityServer, PASSWORD } from "../support/identity-server";
import { aShopWithPeople } from "./identity-cast";

const server = identityServer();
let redis: RedisServer | undefined;

beforeAll(async () => {
  if (!redisIsInstalled) return;
  redis = await startRedis();
  process.env["REDIS_URL"] = redis.url;
});
afterAll(() => redis?.kill());

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : String(error);
}

async function attempts(email: string, times: number, password = "equivocada-larga"): Promise<string[]> {
  const codes: string[] = [];
  for (let each = 0; each < times; each++) {
    codes.push(await signIn(aVisitor(), { email, password }).then(() => "in", codeOf));
  }
  return codes;
}

// Skipped where redis-server is not installed (2026-11-23): the limits in memory are proved beside the sign-in.
describe.skipIf(!redisIsInstalled)("passwords, with Redis", () => {
  test("are refused after ten failures for an account, and the right one then too", async () => {
    const { seller } = await aShopWithPeople(server);
    expect(await attempts(seller.email, 11)).toEqual([
      ...Array<string>(10).fill("access.credentials_invalid"),
      "rate.limited",
    ]);
    expect(await attempts(seller.email, 1, PASSWORD)).toEqual(["rate.limited"]);
    expect(redisState()).toBe("ok");
  });

  test("are still limited, stricter, when Redis dies in the middle of an attack", async () => {
    const { owner } = await aShopWithPeople(server);
    expect(await attempts(owner.email, 4)).not.toContain("rate.limited");
    await redis?.kill();
    expect((await attempts(owner.email, 4)).at(-1)).toBe("rate.limited");
    expect(redisState()).toBe("degraded");
  });
});
