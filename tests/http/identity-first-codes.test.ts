import { TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import {
  beginTwoFactor,
  confirmTwoFactor,
  mayConfirmAgain,
  replaceRecoveryCodes,
  signIn,
  stepUp,
  twoFactorOf,
} from "@/lib/identity";
import { database } from "../support/database";
import { aVisitor, identityServer, PASSWORD, whoIs } from "../support/identity-server";
import { aShopWithPeople, aStaffMember, customersSeenBy, eventsOf, mailsWaiting } from "./identity-cast";

const server = identityServer();
const conflict = { code: "conflict" };
const wrongCode = { code: "two_factor.code_invalid", issues: [{ pointer: "/code" }] };

async function enter(email: string) {
  const visitor = aVisitor();
  await signIn(visitor, { email, password: PASSWORD });
  return { visitor, caller: await whoIs(visitor) };
}

/** Somebody whose telephone has read the secret; `confirm` sends its code, some steps of 30 seconds from now. */
async function scanned(email: string) {
  const { visitor, caller } = await enter(email);
  await beginTwoFactor(visitor, caller, PASSWORD);
  const factor = await twoFactorOf(caller);
  if (factor.state !== "begun") throw new Error("not begun");
  const app = new TOTP({ secret: factor.secret, algorithm: "SHA1", digits: 6, period: 30 });
  const codeOf = (steps: number) => app.generate({ timestamp: Date.now() + steps * 30_000 });
  return {
    visitor,
    caller,
    codeOf,
    confirm: (steps: number) => confirmTwoFactor(visitor, caller, codeOf(steps)),
  };
}

/** Whether a recovery code opens another session. */
async function opens(email: string, code: string | undefined): Promise<boolean> {
  const { visitor, caller } = await enter(email);
  return stepUp(visitor, caller, code ?? "").then(
    () => true,
    () => false,
  );
}

/** Makes a table refuse rows while something is done, as a database in trouble does. */
async function inTrouble(table: string, condition: string, work: () => Promise<unknown>): Promise<void> {
  const { owner } = database();
  await owner.query(`alter table ${table} add constraint in_trouble check (${condition}) not valid`);
  try {
    await work();
  } finally {
    await owner.query(`alter table ${table} drop constraint in_trouble`);
  }
}

describe("the first recovery codes", () => {
  test("whose answer was lost are asked for once more with the next code, and only the last ones count", async () => {
    const { seller } = await aShopWithPeople(server);
    const { caller, confirm } = await scanned(seller.email);
    const lost = await confirm(-1);
    await expect(confirm(-1)).rejects.toMatchObject(wrongCode); // the same press again: a code serves once
    expect(await mayConfirmAgain(caller)).toBe(true);
    const shown = await confirm(0);
    expect(new Set(shown).size).toBe(10);
    expect(await twoFactorOf(caller)).toEqual({ state: "on", recoveryCodesLeft: 10 });
    expect(await opens(seller.email, lost[0])).toBe(false);
    expect(await opens(seller.email, shown[0])).toBe(true);
    expect(await mailsWaiting("mail.two_factor_changed", seller.email)).toBe(2);
    expect(await eventsOf("two_factor.enrolled", seller.userId)).toBe(1);
    expect(await eventsOf("two_factor.codes_replaced", seller.userId)).toBe(1);
  });

  test("reach somebody of the platform, who has no other page for new ones", async () => {
    const { email } = await aStaffMember(server);
    const { confirm } = await scanned(email);
    await confirm(-1);
    expect(await opens(email, (await confirm(0))[9])).toBe(true);
  });

  test("are given once more in the session that asked for them alone", async () => {
    const { seller } = await aShopWithPeople(server);
    const { codeOf, confirm } = await scanned(seller.email);
    await confirm(-1);
    const other = await enter(seller.email);
    await stepUp(other.visitor, other.caller, codeOf(0));
    expect(await mayConfirmAgain(other.caller)).toBe(false);
    await expect(confirmTwoFactor(other.visitor, other.caller, codeOf(1))).rejects.toMatchObject(conflict);
  });

  test("are not given once more when a quarter of an hour is over", async () => {
    const { seller } = await aShopWithPeople(server);
    const { caller, confirm } = await scanned(seller.email);
    await confirm(-1);
    await database().owner.query(
      "update private.two_factor set confirmed_at = confirmed_at - interval '15 minutes' where user_id = $1",
      [seller.userId],
    );
    expect(await mayConfirmAgain(caller)).toBe(false);
    await expect(confirm(0)).rejects.toMatchObject(conflict);
  });

  test("are not given once more when one of them was used: then they arrived", async () => {
    const { seller } = await aShopWithPeople(server);
    const { visitor, caller, confirm } = await scanned(seller.email);
    const [first, second = ""] = await confirm(-1);
    expect(await opens(seller.email, first)).toBe(true);
    await expect(confirm(0)).rejects.toMatchObject(conflict);
    const proof = { currentPassword: PASSWORD, code: second };
    expect(await replaceRecoveryCodes(visitor, caller, proof)).toHaveLength(10);
  });

  test("are not given once more when others were asked for with the password, though a used one is forgotten", async () => {
    const { seller } = await aShopWithPeople(server);
    const { visitor, caller, confirm } = await scanned(seller.email);
    const [first, second = ""] = await confirm(-1);
    expect(await opens(seller.email, first)).toBe(true);
    const others = await replaceRecoveryCodes(visitor, caller, { currentPassword: PASSWORD, code: second });
    expect(await mayConfirmAgain(caller)).toBe(false);
    await expect(confirm(0)).rejects.toMatchObject(conflict);
    expect(await opens(seller.email, others[0])).toBe(true);
  });

  test("are not bought with one of themselves, and none is used up by trying", async () => {
    const { seller } = await aShopWithPeople(server);
    const { visitor, caller, confirm } = await scanned(seller.email);
    const [first = ""] = await confirm(-1);
    await expect(confirmTwoFactor(visitor, caller, first)).rejects.toMatchObject(wrongCode);
    expect(await opens(seller.email, first)).toBe(true);
  });
});

describe("turning a factor on", () => {
  test("turns nothing on when its codes cannot be written, and goes on with the same code afterwards", async () => {
    const { seller } = await aShopWithPeople(server);
    const { caller, confirm } = await scanned(seller.email);
    await inTrouble("private.recovery_codes", "false", () => expect(confirm(0)).rejects.toThrow());
    expect((await twoFactorOf(caller)).state).toBe("begun");
    expect(await customersSeenBy((await enter(seller.email)).caller)).toBe(1); // nobody is asked for it yet
    expect(await mailsWaiting("mail.two_factor_changed", seller.email)).toBe(0);
    expect(await confirm(0)).toHaveLength(10);
  });

  test("that could not be recorded as an event can be said again, and the codes that show then work", async () => {
    const { seller } = await aShopWithPeople(server);
    const { confirm } = await scanned(seller.email);
    const events = () => expect(confirm(-1)).rejects.toThrow();
    await inTrouble("private.security_events", "kind <> 'two_factor.enrolled'", events);
    expect(await opens(seller.email, (await confirm(0))[0])).toBe(true);
  });
});
