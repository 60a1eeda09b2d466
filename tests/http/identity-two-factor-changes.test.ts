import { TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import {
  beginTwoFactor,
  confirmTwoFactor,
  mayEnrolWithoutPassword,
  removeTwoFactor,
  replaceRecoveryCodes,
  signIn,
  stepUp,
  twoFactorOf,
} from "@/lib/identity";
import { database } from "../support/database";
import { aVisitor, identityServer, PASSWORD, type TestVisitor, whoIs } from "../support/identity-server";
import { aShopWithPeople, aStaffMember, customersSeenBy, eventsOf } from "./identity-cast";

const server = identityServer();
const WRONG = "no-es-esta-clave";
const refusedPassword = {
  code: "access.credentials_invalid",
  issues: [{ pointer: "/currentPassword", code: "password.wrong" }],
};
const missingPassword = { code: "input.invalid", issues: [{ pointer: "/currentPassword" }] };

async function enter(email: string, visitor: TestVisitor = aVisitor()) {
  await signIn(visitor, { email, password: PASSWORD });
  return { visitor, caller: await whoIs(visitor) };
}
type Entered = Awaited<ReturnType<typeof enter>>;

/** The code of an authenticator some steps of 30 seconds from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

async function begunSecret({ visitor, caller }: Entered): Promise<string> {
  await beginTwoFactor(visitor, caller, PASSWORD);
  const factor = await twoFactorOf(caller);
  if (factor.state !== "begun") throw new Error("not begun");
  return factor.secret;
}

async function enrolled(email: string, language: "es" | "en" = "es") {
  const entered = await enter(email, { ...aVisitor(), language });
  const secret = await begunSecret(entered);
  const codes = await confirmTwoFactor(entered.visitor, entered.caller, codeOf(secret, -1));
  return { ...entered, secret, codes };
}

/** What the mails that wait for somebody say of the second factor, oldest first. */
async function told(to: string): Promise<string[]> {
  const { rows } = await database().owner.query<{ told: string }>(
    "select concat_ws(' ', payload ->> 'change', payload ->> 'language') as told from private.outbox where name = 'mail.two_factor_changed' and payload ->> 'to' = $1 order by id",
    [to],
  );
  return rows.map((row) => row.told);
}

/** Makes what lies in the database older than it is. */
const age = (table: string, column: string, id: string, interval: string) =>
  database().owner.query(`update ${table} set created_at = created_at - $2::interval where ${column} = $1`, [
    id,
    interval,
  ]);

describe("an open session alone", () => {
  test("turns no second factor on: that takes the password, however fresh the session of a member is", async () => {
    const { owner } = await aShopWithPeople(server);
    const { visitor, caller } = await enter(owner.email);
    await expect(beginTwoFactor(visitor, caller, undefined)).rejects.toMatchObject(missingPassword);
    await expect(beginTwoFactor(visitor, caller, WRONG)).rejects.toMatchObject(refusedPassword);
    expect(await twoFactorOf(caller)).toEqual({ state: "none" });
    expect(await mayEnrolWithoutPassword(caller)).toBe(false);
    expect(await eventsOf("auth.login_failed", owner.email)).toBe(1);
  });

  test("makes no new recovery codes and turns nothing off, whoever holds the telephone", async () => {
    const { owner } = await aShopWithPeople(server);
    const { visitor, caller, secret, codes } = await enrolled(owner.email);
    const proof = { currentPassword: WRONG, code: codeOf(secret) };
    await expect(replaceRecoveryCodes(visitor, caller, proof)).rejects.toMatchObject(refusedPassword);
    await expect(removeTwoFactor(visitor, caller, proof)).rejects.toMatchObject(refusedPassword);
    // The page on which a factor was set up is no way round, once a quarter of an hour is over.
    await database().owner.query(
      "update private.two_factor set confirmed_at = confirmed_at - interval '15 minutes' where user_id = $1",
      [owner.userId],
    );
    await expect(confirmTwoFactor(visitor, caller, codeOf(secret))).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await twoFactorOf(caller)).toEqual({ state: "on", recoveryCodesLeft: codes.length });
    // The code was not used up by any of it.
    const other = await enter(owner.email);
    await stepUp(other.visitor, other.caller, codeOf(secret));
    expect(await customersSeenBy(other.caller)).toBe(1);
  });
});

describe("a factor that was begun and left", () => {
  test("is shown to, and confirmed in, the session that began it alone", async () => {
    const { owner } = await aShopWithPeople(server);
    const secret = await begunSecret(await enter(owner.email));
    const other = await enter(owner.email);
    expect(await twoFactorOf(other.caller)).toEqual({ state: "none" });
    const confirming = confirmTwoFactor(other.visitor, other.caller, codeOf(secret));
    await expect(confirming).rejects.toMatchObject({ code: "two_factor.setup_over" });
    await expect(stepUp(other.visitor, other.caller, codeOf(secret))).rejects.toMatchObject({
      code: "two_factor.code_invalid",
    });
    expect(await customersSeenBy(other.caller)).toBe(1);
  });

  test("is turned on where its person does that, and not by a code for stepping up", async () => {
    const { owner } = await aShopWithPeople(server);
    const { visitor, caller } = await enter(owner.email);
    const secret = await begunSecret({ visitor, caller });
    await expect(stepUp(visitor, caller, codeOf(secret))).rejects.toMatchObject({
      code: "two_factor.code_invalid",
    });
    expect((await twoFactorOf(caller)).state).toBe("begun");
    expect(await confirmTwoFactor(visitor, caller, codeOf(secret))).toHaveLength(10);
  });

  test("is no longer shown or confirmed after a quarter of an hour", async () => {
    const { owner } = await aShopWithPeople(server);
    const entered = await enter(owner.email);
    const secret = await begunSecret(entered);
    await age("private.two_factor", "user_id", owner.userId, "15 minutes");
    expect(await twoFactorOf(entered.caller)).toEqual({ state: "none" });
    const confirming = confirmTwoFactor(entered.visitor, entered.caller, codeOf(secret));
    await expect(confirming).rejects.toMatchObject({ code: "two_factor.setup_over" });
    expect(await begunSecret(entered)).not.toBe(secret);
  });
});

describe("platform staff", () => {
  test("who have just signed in begin without typing the password again, and later not", async () => {
    const { email } = await aStaffMember(server);
    const { visitor, caller } = await enter(email);
    await beginTwoFactor(visitor, caller, undefined);
    expect((await twoFactorOf(caller)).state).toBe("begun");
    await age("auth.sessions", "id", caller.sessionId, "10 minutes");
    await expect(beginTwoFactor(visitor, caller, undefined)).rejects.toMatchObject(missingPassword);
    await beginTwoFactor(visitor, caller, PASSWORD);
  });

  test("who were disabled are members like others", async () => {
    const { userId, email } = await aStaffMember(server);
    const { visitor, caller } = await enter(email);
    await database().owner.query("update public.platform_admins set disabled_at = now() where user_id = $1", [
      userId,
    ]);
    await expect(beginTwoFactor(visitor, caller, undefined)).rejects.toMatchObject(missingPassword);
  });
});

describe("every change", () => {
  test("is told by mail once, in the person's language, and kept as a security event", async () => {
    const { owner } = await aShopWithPeople(server);
    const { visitor, caller, secret } = await enrolled(owner.email, "en");
    expect(await told(owner.email)).toEqual(["enrolled en"]);
    const [first = ""] = await replaceRecoveryCodes(visitor, caller, {
      currentPassword: PASSWORD,
      code: codeOf(secret),
    });
    const later = await enter(owner.email);
    await stepUp(later.visitor, later.caller, codeOf(secret, 1)); // a second factor that is given changes nothing
    await removeTwoFactor(later.visitor, later.caller, { currentPassword: PASSWORD, code: first });
    expect(await told(owner.email)).toEqual(["enrolled en", "codes_replaced en", "removed es"]);
    for (const kind of ["enrolled", "codes_replaced", "removed"]) {
      expect(await eventsOf(`two_factor.${kind}`, owner.userId), kind).toBe(1);
    }
  });

  test("that is refused is told to nobody", async () => {
    const { email } = await aStaffMember(server);
    const { visitor, caller, secret } = await enrolled(email);
    const removing = removeTwoFactor(visitor, caller, { currentPassword: PASSWORD, code: codeOf(secret) });
    await expect(removing).rejects.toMatchObject({ code: "access.forbidden" });
    expect(await told(email)).toEqual(["enrolled es"]);
  });
});
