import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sql } from "@/lib/db";
import { changePassword, recoverPassword, requestRecovery, signIn } from "@/lib/identity";
import { refreshSession } from "@/lib/security/refresh-session";
import { SESSION_COOKIE, storedSessionOf } from "@/lib/security/session";
import { endEverySession, endSession } from "@/lib/security/session-end";
import { aVisitor, identityServer, PASSWORD, type TestVisitor, whoIs } from "../support/identity-server";
import { refusalCode } from "../support/refusal";
import { aShopWithPeople, customersSeenBy, eventsOf, mailsWaiting } from "./identity-cast";

const server = identityServer();
const enter = async (email: string, visitor = aVisitor()) => {
  await signIn(visitor, { email, password: PASSWORD });
  return visitor;
};

describe("signing in", () => {
  test("opens the shop, and the page that the person was going to", async () => {
    const { seller } = await aShopWithPeople(server);
    const visitor = aVisitor();
    expect(await signIn(visitor, { email: seller.email, password: PASSWORD, next: "/orders?page=2" })).toBe(
      "/orders?page=2",
    );
    expect(await customersSeenBy(await whoIs(visitor))).toBe(1);
  });

  test.each([
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/%0d%0aLocation:x\r\n",
    "/.//evil.example",
    "\t//evil.example",
    "data:text/html,x",
    "http:/evil.example",
  ])("goes home instead of to %j", async (next) => {
    const { cashier } = await aShopWithPeople(server);
    expect(await signIn(aVisitor(), { email: cashier.email, password: PASSWORD, next })).toBe("/");
  });

  test("says the same of a wrong password and of nobody, and takes as long", async () => {
    const { seller } = await aShopWithPeople(server);
    const refusals = [];
    for (const email of [seller.email, `nadie-${randomUUID()}@vista.test`]) {
      const began = performance.now();
      const refusal = await signIn(aVisitor(), { email, password: "otra-cosa-larga" }).catch(
        (error: unknown) => error,
      );
      refusals.push({ refusal, tookMs: performance.now() - began });
      expect(await eventsOf("auth.login_failed", email)).toBe(1);
    }
    expect(refusals[0]?.refusal).toMatchObject({ code: "access.credentials_invalid", details: {} });
    expect(refusals[1]?.refusal).toEqual(refusals[0]?.refusal);
    for (const { tookMs } of refusals) expect(tookMs).toBeGreaterThan(495);
  });

  test("keeps nothing of a failed attempt in the browser", async () => {
    const visitor = aVisitor();
    await expect(signIn(visitor, { email: "x@y.test", password: "larga-y-falsa" })).rejects.toMatchObject({});
    expect(visitor.jar.size).toBe(0);
  });

  test("is refused after too many failures for one account, from wherever they come, and not for good ones", async () => {
    const { owner } = await aShopWithPeople(server);
    for (let times = 0; times < 12; times++) await enter(owner.email);
    const codes: string[] = [];
    for (let times = 0; times < 7; times++) {
      const attempt = signIn(aVisitor(), { email: owner.email.toUpperCase(), password: "equivocada-larga" });
      codes.push(await attempt.then(() => "in", refusalCode));
    }
    // Without Redis every process counts for itself, half of the ten.
    expect(codes).toEqual([
      ...Array<string>(5).fill("access.credentials_invalid"),
      "rate.limited",
      "rate.limited",
    ]);
    await expect(enter(owner.email)).rejects.toMatchObject({ code: "rate.limited" });
  });

  test("is refused after too many failures from one address, whoever they are about", async () => {
    const codes = await Promise.all(
      Array.from({ length: 18 }, (_, index) =>
        signIn(aVisitor("198.51.100.7"), {
          email: `p${index}@spray.test`,
          password: "equivocada-larga",
        }).then(() => "in", refusalCode),
      ),
    );
    expect(codes.filter((code) => code === "rate.limited")).toHaveLength(3);
  });

  test("of a person in two shops leads to the choice of one; of one without any, to the page that explains", async () => {
    const { seller } = await aShopWithPeople(server);
    const other = await aShopWithPeople(server);
    await other.add(seller.userId, seller.email);
    const visitor = aVisitor();
    visitor.jar.set("organization", other.id);
    expect(await signIn(visitor, { email: seller.email, password: PASSWORD, next: "/pos" })).toBe(
      "/organizations?next=%2Fpos",
    );
    expect(visitor.jar.has("organization")).toBe(false);
    const stranger = `sola-${randomUUID()}@x.test`;
    await server.person(stranger);
    expect(await signIn(aVisitor(), { email: stranger, password: PASSWORD })).toBe("/no-access");
  });
});

describe("a session", () => {
  test("is dead from the next statement after signing out, whatever its token says", async () => {
    const { seller } = await aShopWithPeople(server);
    const visitor = await enter(seller.email);
    const caller = await whoIs(visitor);
    const refreshToken = (await stored(visitor))?.refreshToken;
    await endSession(caller, visitor.cookies);
    expect([...visitor.jar.keys()]).toEqual(["device"]);
    expect(await customersSeenBy(caller)).toBe(0);
    expect(await refreshAnswer(refreshToken)).toBeGreaterThanOrEqual(400);
  });

  test("of a member who was removed reads nothing from the next statement on", async () => {
    const shop = await aShopWithPeople(server);
    const seller = await whoIs(await enter(shop.seller.email));
    const owner = await whoIs(await enter(shop.owner.email));
    expect(await customersSeenBy(seller)).toBe(1);
    await owner.transaction((db) =>
      sql`select private.update_member(${shop.seller.memberId}, 'seller', 'removed', false, '{}', '{}', '{}')`.execute(
        db,
      ),
    );
    expect(await customersSeenBy(seller)).toBe(0);
  });

  test("ends with all others when the person says so, and a new one works within the same second", async () => {
    const { seller } = await aShopWithPeople(server);
    const [here, there] = [await enter(seller.email), await enter(seller.email)];
    const [caller, other] = [await whoIs(here), await whoIs(there)];
    await endEverySession(caller, here.cookies);
    expect(await customersSeenBy(caller)).toBe(0);
    expect(await customersSeenBy(other)).toBe(0);
    expect(await customersSeenBy(await whoIs(await enter(seller.email)))).toBe(1);
  });

  test("that was ended cannot be brought back by refreshing it, even if the auth server was never told", async () => {
    const { seller } = await aShopWithPeople(server);
    const there = await enter(seller.email);
    const here = await whoIs(await enter(seller.email));
    const soon = ((await stored(there))?.expiresAt ?? 0) * 1000 - 1_000;
    await here.transaction((db) => sql`select private.revoke_all_sessions()`.execute(db));
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // a token of the next second
    const renewed = await refreshSession((name) => there.jar.get(name), soon);
    if (renewed.kind !== "refreshed") throw new Error("the auth server knew");
    for (const { name, value } of renewed.cookies) there.jar.set(name, value);
    expect(await customersSeenBy(await whoIs(there))).toBe(0);
  });

  test("about to expire is renewed once for all the requests of a page", async () => {
    const { seller } = await aShopWithPeople(server);
    const visitor = await enter(seller.email);
    const read = (name: string) => visitor.jar.get(name);
    expect(await refreshSession(read)).toEqual({ kind: "unchanged" });

    const before = visitor.jar.get(SESSION_COOKIE);
    const soon = ((await stored(visitor))?.expiresAt ?? 0) * 1000 - 60_000;
    const answers = await Promise.all(Array.from({ length: 8 }, () => refreshSession(read, soon)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [first] = answers;
    if (first?.kind !== "refreshed") throw new Error("not refreshed");
    for (const { name, value } of first.cookies) visitor.jar.set(name, value);
    expect(await customersSeenBy(await whoIs(visitor))).toBe(1);
    // A request that was still on its way with the old cookie.
    expect(await refreshSession((name) => (name === SESSION_COOKIE ? before : undefined), soon)).toEqual(
      first,
    );
  });

  test("that the auth server no longer knows is over once its token expires, and not before", async () => {
    const { seller } = await aShopWithPeople(server);
    const visitor = await enter(seller.email);
    const expiresAt = ((await stored(visitor))?.expiresAt ?? 0) * 1000;
    const value = visitor.jar.get(SESSION_COOKIE);
    await endSession(await whoIs(visitor), visitor.cookies);
    const read = (name: string) => (name === SESSION_COOKIE ? value : undefined);
    expect(await refreshSession(read, expiresAt - 30_000)).toEqual({ kind: "unchanged" });
    expect(await refreshSession(read, expiresAt + 1_000)).toEqual({ kind: "ended" });
  });

  test("in a cookie that nobody of ours wrote is none", async () => {
    for (const value of ["", "x", "base64-", "base64-e30", "{}", `base64-${"A".repeat(5000)}`]) {
      expect(await refreshSession(() => value)).toEqual({ kind: "unchanged" });
    }
  });
});

describe("a forgotten password", () => {
  test("is replaced with the code from the mail; every session before it is dead", async () => {
    const { seller } = await aShopWithPeople(server);
    const before = await whoIs(await enter(seller.email));
    const visitor = aVisitor();
    await requestRecovery(visitor, { email: seller.email });
    const code = await server.codeFor(seller.email);
    expect(await recoverPassword(visitor, { code, password: "una-clave-muy-nueva" })).toBe(
      "/login?notice=password",
    );

    expect([...visitor.jar.keys()]).toEqual(["device"]);
    expect(await customersSeenBy(before)).toBe(0);
    await expect(signIn(aVisitor(), { email: seller.email, password: PASSWORD })).rejects.toMatchObject({
      code: "access.credentials_invalid",
    });
    const again = aVisitor();
    expect(await signIn(again, { email: seller.email, password: "una-clave-muy-nueva" })).toBe("/");
    expect(await customersSeenBy(await whoIs(again))).toBe(1);
    expect(await mailsWaiting("mail.password_changed", seller.email)).toBe(1);
    await requestRecovery(visitor, { email: seller.email });
    await expect(recoverPassword(visitor, { code, password: "otra-clave-nueva" })).rejects.toMatchObject({
      code: "code.invalid",
    });
  });

  test("is asked for with the same answer and in the same time by somebody unknown, and no mail goes out", async () => {
    const email = `nadie-${randomUUID()}@x.test`;
    const began = performance.now();
    const visitor = aVisitor();
    await requestRecovery(visitor, { email });
    expect(performance.now() - began).toBeGreaterThan(890);
    expect(await server.mailsTo(email)).toEqual([]);
    await expect(
      recoverPassword(visitor, { code: "123456", password: "una-clave-muy-nueva" }),
    ).rejects.toMatchObject({
      code: "code.invalid",
    });
    expect(await eventsOf("auth.code_failed", email)).toBe(1);
  });

  test("can be asked for a few times an hour", async () => {
    const { manager } = await aShopWithPeople(server);
    const codes: string[] = [];
    for (let times = 0; times < 5; times++) {
      const asked = requestRecovery(aVisitor(), { email: manager.email });
      codes.push(await asked.then(() => "sent", refusalCode));
    }
    expect(codes).toEqual(["sent", "sent", "sent", "rate.limited", "rate.limited"]);
  });

  test("cannot become the person's own address, and the code is still good then", async () => {
    const { owner } = await aShopWithPeople(server);
    const visitor = aVisitor();
    await requestRecovery(visitor, { email: owner.email });
    const code = await server.codeFor(owner.email);
    await expect(recoverPassword(visitor, { code, password: owner.email })).rejects.toMatchObject({
      code: "input.invalid",
      issues: [{ pointer: "/password", code: "password.isAddress" }],
    });
    expect(await recoverPassword(visitor, { code, password: "una-clave-muy-nueva" })).toBe(
      "/login?notice=password",
    );
  });

  test("leads back to the first step in a browser that asked for nothing", async () => {
    expect(await recoverPassword(aVisitor(), { code: "123456", password: "una-clave-muy-nueva" })).toBe(
      "/forgot-password",
    );
  });
});

describe("a password of somebody signed in", () => {
  test("is changed with the current one; this session goes on and the others end", async () => {
    const { seller } = await aShopWithPeople(server);
    const [here, there] = [await enter(seller.email), await whoIs(await enter(seller.email))];
    await changePassword(here, await whoIs(here), {
      currentPassword: PASSWORD,
      password: "mejor-que-la-anterior",
    });
    expect(await customersSeenBy(await whoIs(here))).toBe(1);
    expect(await customersSeenBy(there)).toBe(0);
    expect(await mailsWaiting("mail.password_changed", seller.email)).toBe(1);
  });

  test("stays as it is when the current one is wrong", async () => {
    const { seller } = await aShopWithPeople(server);
    const here = await enter(seller.email);
    const change = { currentPassword: "no-es-esta-clave", password: "mejor-que-la-anterior" };
    await expect(changePassword(here, await whoIs(here), change)).rejects.toMatchObject({
      code: "access.credentials_invalid",
      issues: [{ pointer: "/currentPassword" }],
    });
    await enter(seller.email);
  });
});

const stored = (visitor: TestVisitor) => storedSessionOf((name) => visitor.jar.get(name));

async function refreshAnswer(refreshToken: string | undefined): Promise<number> {
  const { status } = await fetch(`${process.env["SUPABASE_URL"]}/auth/v1/token?grant_type=refresh_token`, {
    method: "POST",
    headers: { apikey: process.env["SUPABASE_PUBLISHABLE_KEY"] ?? "", "content-type": "application/json" },
    body: JSON.stringify({ refresh_token: refreshToken }),
  });
  return status;
}
