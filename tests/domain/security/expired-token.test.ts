import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as Session from "@/lib/security/session";

// A hosted auth server: it signs with a key of its own, and shows the public half.
const who = { sub: randomUUID(), session_id: randomUUID() };
let claimsOfExpired: typeof Session.claimsOfExpired;
let server: Server;
let keys: { ours: CryptoKey; other: CryptoKey };
let status = 503;

beforeAll(async () => {
  const [ours, other] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
  keys = { ours: ours.privateKey, other: other.privateKey };
  const shown = JSON.stringify({
    keys: [{ ...(await exportJWK(ours.publicKey)), kid: "ours", alg: "ES256" }],
  });
  server = createServer((_request, response) => response.writeHead(status).end(status === 200 ? shown : ""));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env["SUPABASE_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  delete process.env["SUPABASE_JWT_SECRET"];
  ({ claimsOfExpired } = await import("@/lib/security/session"));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function token(key: CryptoKey, kid = "ours"): Promise<string> {
  return new SignJWT({ session_id: who.session_id })
    .setProtectedHeader({ alg: "ES256", kid })
    .setSubject(who.sub)
    .setAudience("authenticated")
    .setExpirationTime(new Date("2020-01-01"))
    .sign(key);
}

test("nothing is said of a token while the keys cannot be had", async () => {
  const expired = await token(keys.ours);
  await expect(claimsOfExpired(expired)).rejects.toThrow(/200 OK/);
  status = 200;
  expect(await claimsOfExpired(expired)).toMatchObject(who);
});

test("an expired token of ours tells of its session, and made-up ones of nothing", async () => {
  status = 200;
  expect(await claimsOfExpired(await token(keys.ours))).toMatchObject(who);
  for (const made of [
    await token(keys.other),
    await token(keys.other, "another"),
    `${await token(keys.ours)}x`,
    await new SignJWT(who).setProtectedHeader({ alg: "HS256", kid: "ours" }).sign(new Uint8Array(32)),
    "x",
    "..",
    "",
  ]) {
    expect(await claimsOfExpired(made), made).toBeNull();
  }
});
