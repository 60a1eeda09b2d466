import { TOTP } from "otpauth";
import { expect, test } from "vitest";
import { beginTwoFactor, confirmTwoFactor, signIn, twoFactorOf } from "@/lib/identity";
import { disableStaff, makeStaff, resetSecondFactor } from "@/scripts/platform/staff";
import { database } from "../support/database";
import { aVisitor, identityServer, PASSWORD, whoIs } from "../support/identity-server";
import { aShopWithPeople, customersSeenBy, eventsOf, mailsWaiting, staffSeenBy } from "./identity-cast";

const server = identityServer();

async function asOwnerOfTheDatabase(
  work: (client: Parameters<typeof makeStaff>[0]) => Promise<void>,
): Promise<void> {
  const client = await database().owner.connect();
  try {
    await work(client);
  } finally {
    client.release();
  }
}

async function enter(email: string) {
  const visitor = aVisitor();
  const path = await signIn(visitor, { email, password: PASSWORD });
  return { visitor, path, caller: await whoIs(visitor) };
}

async function enrol(email: string) {
  const { visitor, caller } = await enter(email);
  await beginTwoFactor(visitor, caller, PASSWORD);
  const factor = await twoFactorOf(caller);
  const secret = factor.state === "begun" ? factor.secret : "";
  await confirmTwoFactor(visitor, caller, new TOTP({ secret, digits: 6, period: 30 }).generate());
  return caller;
}

test("a person becomes platform staff by the command line alone, sees the platform with a second factor, and leaves it at once", async () => {
  const email = "operaciones@opttius.test";
  const user = await server.person(email);
  await asOwnerOfTheDatabase((client) =>
    makeStaff(client, { email, fullName: "Operaciones", role: "support" }),
  );
  expect(await eventsOf("platform.staff_made", user)).toBe(1);

  const caller = await enrol(email);
  expect(await staffSeenBy(caller)).toBe(1);
  await asOwnerOfTheDatabase((client) => disableStaff(client, email));
  expect(await staffSeenBy(caller)).toBe(0);
  expect(await eventsOf("platform.staff_disabled", user)).toBe(1);
  const later = await enter(email);
  expect(later.path).toBe("/two-factor"); // theirs is still on; it opens nothing of the platform
  expect(await staffSeenBy(later.caller)).toBe(0);
});

test("who lost telephone and codes sets the second factor up anew after a reset, and nothing from before works", async () => {
  const email = "guardia@opttius.test";
  const user = await server.person(email);
  await asOwnerOfTheDatabase((client) =>
    makeStaff(client, { email, fullName: "Guardia", role: "super_admin" }),
  );
  const before = await enrol(email);
  await asOwnerOfTheDatabase((client) => resetSecondFactor(client, email));
  expect(await staffSeenBy(before)).toBe(0);
  expect(await mailsWaiting("mail.two_factor_reset", email)).toBe(1);
  expect(await eventsOf("platform.two_factor_reset", user)).toBe(1);
  expect(await staffSeenBy(await enrol(email))).toBeGreaterThan(0);
});

test("a sole owner who lost telephone and codes is let in again by the command line; the shop sees it, and the owner hears of it", async () => {
  const { id, owner } = await aShopWithPeople(server);
  const before = await enrol(owner.email);
  expect(await customersSeenBy(before)).toBe(1);
  await asOwnerOfTheDatabase((client) => resetSecondFactor(client, owner.email));

  expect(await customersSeenBy(before)).toBe(0);
  const again = await enter(owner.email);
  expect(again.path).toBe("/");
  expect(await customersSeenBy(again.caller)).toBe(1);
  expect(await mailsWaiting("mail.two_factor_reset", owner.email)).toBe(1);
  expect(await eventsOf("platform.two_factor_reset", owner.userId)).toBe(1);
  const { rows } = await database().owner.query(
    "select via, actor_name as name, object_id as member from public.audit_entries where organization_id = $1 and action = 'member.two_factor_reset'",
    [id],
  );
  expect(rows).toEqual([{ via: "console", name: "Opttius", member: owner.memberId }]);
});

test("the command line says so when there is no such person", async () => {
  const { seller } = await aShopWithPeople(server);
  const someone = { email: "nadie@opttius.test", fullName: "Nadie", role: "support" } as const;
  await asOwnerOfTheDatabase(async (client) => {
    await expect(makeStaff(client, someone)).rejects.toThrow(/signed up/);
    await expect(disableStaff(client, seller.email)).rejects.toThrow(/no platform staff/);
    await expect(resetSecondFactor(client, someone.email)).rejects.toThrow(/signed up/);
    await expect(resetSecondFactor(client, seller.email)).rejects.toThrow(/no second factor/);
  });
});
