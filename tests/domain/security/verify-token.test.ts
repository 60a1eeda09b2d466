import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import type * as Session from "@/lib/security/session";

const secret = "a-secret-of-the-tests-with-32-characters";
const now = Date.parse("2026-11-22T15:00:00Z");
const who = { sub: randomUUID(), session_id: randomUUID() };

let verifyToken: typeof Session.verifyToken;
beforeAll(async () => {
  process.env["SUPABASE_JWT_SECRET"] = secret;
  ({ verifyToken } = await import("@/lib/security/session"));
});

function token(lifeSeconds: number, key = secret): Promise<string> {
  return new SignJWT({ session_id: who.session_id })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(who.sub)
    .setAudience("authenticated")
    .setIssuedAt(now / 1000)
    .setExpirationTime(now / 1000 + lifeSeconds)
    .sign(new TextEncoder().encode(key));
}

test("a token of ours tells who calls, the second time too", async () => {
  const mine = await token(3600);
  expect(await verifyToken(mine, now)).toMatchObject(who);
  expect(await verifyToken(mine, now + 1_000)).toMatchObject(who);
});

test("a token that was good a moment ago is no longer good when it has expired", async () => {
  const short = await token(10);
  expect(await verifyToken(short, now + 9_000)).toMatchObject(who);
  expect(await verifyToken(short, now + 10_000)).toBeNull();
});

test("a token is remembered for a minute and then verified again", async () => {
  const long = await token(3600);
  const first = await verifyToken(long, now);
  expect(await verifyToken(long, now + 59_999)).toBe(first);
  expect(await verifyToken(long, now + 60_000)).not.toBe(first);
});

test("a forged token stays forged beside a good one", async () => {
  const mine = await token(3600);
  await verifyToken(mine, now);
  expect(await verifyToken(await token(3600, `${secret}x`), now)).toBeNull();
  expect(await verifyToken(`${mine}x`, now)).toBeNull();
});
