import { TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { sql } from "@/lib/db";
import {
  beginTwoFactor,
  confirmTwoFactor,
  removeTwoFactor,
  replaceRecoveryCodes,
  signIn,
  stepUp,
  twoFactorOf,
} from "@/lib/identity";
import type { Caller } from "@/lib/security/session";
import { aVisitor, identityServer, PASSWORD, type TestVisitor, whoIs } from "../support/identity-server";
import { refusalCode } from "../support/refusal";
import { aShopWithPeople, aStaffMember, customersSeenBy, eventsOf, staffSeenBy } from "./identity-cast";

const server = identityServer();

interface Entered {
  readonly visitor: TestVisitor;
  readonly caller: Caller;
  /** Where signing in led. */
  readonly path: string;
}

async function enter(email: string): Promise<Entered> {
  const visitor = aVisitor();
  const path = await signIn(visitor, { email, password: PASSWORD });
  return { visitor, caller: await whoIs(visitor), path };
}

/** The code of an authenticator some steps of 30 seconds from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

/** What changes a factor: the password of the cast, and a code. */
const withPassword = (code: string) => ({ currentPassword: PASSWORD, code });

/** Signs in and turns the second factor on with the code of the step before now, which leaves two more to use. */
async function enrol(email: string): Promise<Entered & { secret: string; codes: string[] }> {
  const entered = await enter(email);
  await beginTwoFactor(entered.visitor, entered.caller, PASSWORD);
  const factor = await twoFactorOf(entered.caller);
  if (factor.state !== "begun") throw new Error("not begun");
  const codes = await confirmTwoFactor(entered.visitor, entered.caller, codeOf(factor.secret, -1));
  return { ...entered, secret: factor.secret, codes };
}

describe("platform staff", () => {
  test("must set up a second factor before they see anything of the platform", async () => {
    const { email } = await aStaffMember(server);
    const { path, caller } = await enter(email);
    expect(path).toBe("/two-factor");
    expect(await staffSeenBy(caller)).toBe(0);
    expect(await staffSeenBy((await enrol(email)).caller)).toBeGreaterThan(0);
  });

  test("with a stolen token and no code read nothing, and cannot turn the factor off at all", async () => {
    const { email } = await aStaffMember(server);
    const { visitor, caller, secret } = await enrol(email);
    const thief = await enter(email);
    expect(thief.path).toBe("/two-factor");
    expect(await staffSeenBy(thief.caller)).toBe(0);
    await expect(beginTwoFactor(thief.visitor, thief.caller, PASSWORD)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await twoFactorOf(thief.caller)).toEqual({ state: "on", recoveryCodesLeft: 10 });
    await expect(removeTwoFactor(visitor, caller, withPassword(codeOf(secret)))).rejects.toMatchObject({
      code: "access.forbidden",
    });
  });

  test("who know another person's secret step up nowhere", async () => {
    const [{ email }, other] = [await aStaffMember(server), await aStaffMember(server)];
    const { secret } = await enrol(email);
    await enrol(other.email);
    const { visitor, caller } = await enter(other.email);
    await expect(stepUp(visitor, caller, codeOf(secret))).rejects.toMatchObject({
      code: "two_factor.code_invalid",
    });
    expect(await staffSeenBy(caller)).toBe(0);
  });
});

describe("a member with a second factor", () => {
  test("reads the shop in the session that gave it, and in no other", async () => {
    const { seller } = await aShopWithPeople(server);
    const { caller, secret } = await enrol(seller.email);
    expect(await customersSeenBy(caller)).toBe(1);

    const other = await enter(seller.email);
    expect(other.path).toBe("/two-factor");
    expect(await customersSeenBy(other.caller)).toBe(0);
    await stepUp(other.visitor, other.caller, codeOf(secret));
    expect(await customersSeenBy(other.caller)).toBe(1);
  });

  test("uses a code once, in whichever session, and never an older one afterwards", async () => {
    const { seller } = await aShopWithPeople(server);
    const { secret } = await enrol(seller.email);
    const [first, second] = [await enter(seller.email), await enter(seller.email)];
    const code = codeOf(secret);
    await stepUp(first.visitor, first.caller, ` ${code.slice(0, 3)} ${code.slice(3)} `);
    for (const seen of [code, codeOf(secret, -1)]) {
      await expect(stepUp(second.visitor, second.caller, seen)).rejects.toMatchObject({
        code: "two_factor.code_invalid",
        issues: [{ pointer: "/code" }],
      });
    }
    expect(await customersSeenBy(second.caller)).toBe(0);
    expect(await eventsOf("two_factor.failed", seller.userId)).toBe(2);
    await stepUp(second.visitor, second.caller, codeOf(secret, 1));
    expect(await customersSeenBy(second.caller)).toBe(1);
  });

  test("whose two browsers send the same code at once gets in with one of them", async () => {
    const { seller } = await aShopWithPeople(server);
    const { secret } = await enrol(seller.email);
    const sessions = await Promise.all([enter(seller.email), enter(seller.email), enter(seller.email)]);
    const code = codeOf(secret);
    const results = await Promise.allSettled(
      sessions.map(({ visitor, caller }) => stepUp(visitor, caller, code)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("who lost the telephone gets in with a recovery code, once, however it is written", async () => {
    const { seller } = await aShopWithPeople(server);
    const { codes } = await enrol(seller.email);
    expect(new Set(codes).size).toBe(10);
    const [first, second] = [await enter(seller.email), await enter(seller.email)];
    const code = codes[3] ?? "";
    await stepUp(first.visitor, first.caller, code.toLowerCase().replace("-", " "));
    expect(await customersSeenBy(first.caller)).toBe(1);
    expect(await twoFactorOf(first.caller)).toEqual({ state: "on", recoveryCodesLeft: 9 });
    await expect(stepUp(second.visitor, second.caller, code)).rejects.toMatchObject({
      code: "two_factor.code_invalid",
    });
    expect(await customersSeenBy(second.caller)).toBe(0);
  });

  test("gets new recovery codes for a fresh code, and the old ones are worth nothing", async () => {
    const { seller } = await aShopWithPeople(server);
    const { visitor, caller, secret, codes } = await enrol(seller.email);
    const fresh = await replaceRecoveryCodes(visitor, caller, withPassword(codeOf(secret)));
    const other = await enter(seller.email);
    await expect(stepUp(other.visitor, other.caller, codes[0] ?? "")).rejects.toMatchObject({
      code: "two_factor.code_invalid",
    });
    await stepUp(other.visitor, other.caller, fresh[0] ?? "");
  });

  test("turns it off with a fresh code, not with the open session alone", async () => {
    const { seller } = await aShopWithPeople(server);
    const { visitor, caller, secret } = await enrol(seller.email);
    await expect(removeTwoFactor(visitor, caller, withPassword("000000"))).rejects.toMatchObject({
      code: "two_factor.code_invalid",
    });
    await removeTwoFactor(visitor, caller, withPassword(codeOf(secret)));
    expect(await twoFactorOf(caller)).toEqual({ state: "none" });
    expect((await enter(seller.email)).path).toBe("/");
  });

  test("who lost telephone and codes is let in again by the owner, and every session from before is dead", async () => {
    const { seller, owner } = await aShopWithPeople(server);
    await enrol(seller.email);
    const stolen = await enter(seller.email);
    const { caller } = await enter(owner.email);
    await caller.transaction((db) =>
      sql`select private.reset_member_two_factor(${seller.memberId})`.execute(db),
    );
    expect(await customersSeenBy(stolen.caller)).toBe(0);
    const again = await enter(seller.email);
    expect(again.path).toBe("/");
    expect(await customersSeenBy(again.caller)).toBe(1);
  });

  test("may try a few times, however right the last one is", async () => {
    const { seller } = await aShopWithPeople(server);
    const { secret } = await enrol(seller.email);
    const { visitor, caller } = await enter(seller.email);
    const codes: string[] = [];
    for (const code of ["000000", "000000", "AAAAA-AAAAA", "000000", codeOf(secret)]) {
      codes.push(await stepUp(visitor, caller, code).then(() => "in", refusalCode));
    }
    // Four without Redis, half of the eight: the fifth is not even looked at.
    expect(codes).toEqual([...Array<string>(4).fill("two_factor.code_invalid"), "rate.limited"]);
  });
});

describe("a factor that is only begun", () => {
  test("is asked for nowhere, and begins anew as often as one likes", async () => {
    const { seller } = await aShopWithPeople(server);
    const { visitor, caller } = await enter(seller.email);
    await beginTwoFactor(visitor, caller, PASSWORD);
    const first = await twoFactorOf(caller);
    await beginTwoFactor(visitor, caller, PASSWORD);
    const second = await twoFactorOf(caller);
    expect(first).toMatchObject({
      state: "begun",
      uri: expect.stringContaining("otpauth://totp/Opttius:") as string,
    });
    expect(second).not.toEqual(first);
    expect(await customersSeenBy(caller)).toBe(1);
    expect((await enter(seller.email)).path).toBe("/");
  });
});
