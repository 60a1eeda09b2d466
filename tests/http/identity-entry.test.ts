import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import {
  acceptInvitation,
  completeSignUp,
  openShop,
  requestSignUp,
  sendInvitationCode,
  signIn,
} from "@/lib/identity";
import type { ShopInput } from "@/lib/identity/schema";
import { endSession } from "@/lib/security/session-end";
import { database } from "../support/database";
import { aVisitor, identityServer, PASSWORD, type TestVisitor, whoIs } from "../support/identity-server";
import { refusalCode } from "../support/refusal";
import { aShopWithPeople, customersSeenBy, eventsOf, mailsWaiting } from "./identity-cast";

const server = identityServer();
const newAddress = () => `nueva-${randomUUID().slice(0, 8)}@correo.test`;
const NEW_PASSWORD = "una-clave-muy-propia";
const shop = {
  shopName: "Óptica Mirador",
  branchName: "Centro",
  fullName: "Ana Pérez",
  timeZone: "America/Santiago",
} satisfies ShopInput;

const shopsOf = async (userId: string) => {
  const { rows } = await database().owner.query<{ name: string }>(
    "select o.name from public.admin_users m join public.organizations o on o.id = m.organization_id where m.user_id = $1",
    [userId],
  );
  return rows.map(({ name }) => name);
};
const opens = (email: string, password: string) =>
  signIn(aVisitor(), { email, password }).then(
    () => true,
    () => false,
  );

/** Makes an account some minutes old. */
const ageAccount = (userId: string) =>
  database().owner.query(
    "update auth.users set email_confirmed_at = now() - interval '5 minutes', created_at = now() - interval '5 minutes' where id = $1",
    [userId],
  );

/** Makes opening shops fail while something is done, as a database in trouble does. */
async function whileShopsFail(work: () => Promise<unknown>): Promise<void> {
  const { owner } = database();
  await owner.query(
    "alter table public.organizations add constraint in_trouble check (name not like 'Óptica%') not valid",
  );
  try {
    await work();
  } finally {
    await owner.query("alter table public.organizations drop constraint in_trouble");
  }
}

describe("a shared till, where somebody described a shop with the owner's address", () => {
  /** The owner signs in at a browser in which a shop waits for the code that went to the owner. */
  async function atTheTill() {
    const { owner } = await aShopWithPeople(server);
    const visitor = aVisitor();
    await requestSignUp(visitor, { ...shop, email: owner.email });
    await signIn(visitor, { email: owner.email, password: PASSWORD });
    return { owner, visitor };
  }

  test("demands the code, though the owner's session is open: no password changes and no shop is made", async () => {
    const { owner, visitor } = await atTheTill();
    const proof = { code: "000000", password: NEW_PASSWORD };
    await expect(completeSignUp(visitor, proof)).rejects.toMatchObject({ code: "code.invalid" });
    expect(await opens(owner.email, NEW_PASSWORD)).toBe(false);
    expect(await opens(owner.email, PASSWORD)).toBe(true);
    expect(await shopsOf(owner.userId)).toHaveLength(1);
    expect(await eventsOf("auth.code_failed", owner.email)).toBe(1);
  });

  test("opens a second shop for the owner with the code, and without it from the page of whoever is signed in", async () => {
    const { owner, visitor } = await atTheTill();
    await openShop(visitor, await whoIs(visitor), { ...shop, shopName: "Óptica Segunda" });
    await completeSignUp(visitor, { code: await server.codeFor(owner.email), password: NEW_PASSWORD });
    expect(await shopsOf(owner.userId)).toEqual(expect.arrayContaining(["Óptica Segunda", "Óptica Mirador"]));
  });

  test("demands the code of an invitation as well", async () => {
    const [{ owner: inviting }, { seller }] = [await aShopWithPeople(server), await aShopWithPeople(server)];
    const owner = aVisitor();
    await signIn(owner, { email: inviting.email, password: PASSWORD });
    await (await whoIs(owner)).transaction((db) =>
      sql`select private.invite_member(${seller.email}, 'seller', true, '{}')`.execute(db),
    );
    const { rows } = await database().owner.query<{ token: string }>(
      "select payload ->> 'token' as token from private.outbox where name = 'mail.invitation' and payload ->> 'to' = $1",
      [seller.email],
    );
    const token = rows[0]?.token ?? "";
    const visitor = aVisitor();
    await signIn(visitor, { email: seller.email, password: PASSWORD });
    await sendInvitationCode(visitor, { token });
    const accepting = acceptInvitation(visitor, {
      token,
      code: "000000",
      password: NEW_PASSWORD,
      fullName: "Otra Persona",
    });
    await expect(accepting).rejects.toMatchObject({ code: "code.invalid" });
    expect(await opens(seller.email, PASSWORD)).toBe(true);
  });
});

describe("a sign-up that failed after its code was proved", () => {
  async function failing(email: string): Promise<TestVisitor> {
    const visitor = aVisitor();
    await requestSignUp(visitor, { ...shop, email });
    const proof = { code: await server.codeFor(email), password: NEW_PASSWORD };
    await whileShopsFail(() => expect(completeSignUp(visitor, proof)).rejects.toThrow());
    return visitor;
  }

  test("goes on in the same browser without another code, and the password typed last is the one that holds", async () => {
    const email = newAddress();
    const visitor = await failing(email);
    expect(await completeSignUp(visitor, { code: "000000", password: "otra-clave-bien-larga" })).toBe("/");
    expect(await shopsOf((await whoIs(visitor)).userId)).toEqual(["Óptica Mirador"]);
    expect(await opens(email, "otra-clave-bien-larga")).toBe(true);
    expect(await opens(email, NEW_PASSWORD)).toBe(false);
    expect(await mailsWaiting("mail.password_changed", email)).toBe(0);
  });

  test("tells somebody who had an account of each password that was set, and not of the same one twice", async () => {
    const { seller } = await aShopWithPeople(server);
    await ageAccount(seller.userId);
    const visitor = await failing(seller.email);
    const again = (password: string) =>
      whileShopsFail(() =>
        expect(completeSignUp(visitor, { code: "000000", password })).rejects.not.toMatchObject({
          code: "code.invalid",
        }),
      );
    await again(NEW_PASSWORD);
    expect(await mailsWaiting("mail.password_changed", seller.email)).toBe(1);
    await again("otra-clave-bien-larga");
    expect(await mailsWaiting("mail.password_changed", seller.email)).toBe(2);
    expect(await opens(seller.email, "otra-clave-bien-larga")).toBe(true);
  });

  test("needs a code once its shop was opened from the page of whoever is signed in", async () => {
    const email = newAddress();
    const visitor = await failing(email);
    await openShop(visitor, await whoIs(visitor), shop);
    const again = completeSignUp(visitor, { code: "000000", password: "otra-clave-bien-larga" });
    expect(await again.then(() => "in", refusalCode)).toBe("code.invalid");
    expect(await opens(email, NEW_PASSWORD)).toBe(true);
  });

  describe("needs a code a quarter of an hour after the one before", () => {
    afterEach(() => void vi.useRealTimers());

    test("whatever password was set meanwhile", async () => {
      const visitor = await failing(newAddress());
      const again = (password: string) =>
        completeSignUp(visitor, { code: "000000", password }).then(
          () => "in",
          (error: unknown) => (error instanceof AppError ? error.code : "in trouble"),
        );
      const proved = Date.now();
      await whileShopsFail(async () => {
        for (const minutes of [6, 12]) {
          vi.useFakeTimers({ toFake: ["Date"], now: proved + minutes * 60_000 });
          expect(await again(`otra-clave-a-los-${minutes}`)).not.toBe("code.invalid");
        }
      });
      vi.useFakeTimers({ toFake: ["Date"], now: proved + 16 * 60_000 });
      expect(await again("otra-clave-mas-tarde")).toBe("code.invalid");
    });
  });

  test("sent twice at once gives one shop", async () => {
    const visitor = await failing(newAddress());
    const proof = { code: "000000", password: NEW_PASSWORD };
    await Promise.all([completeSignUp(visitor, proof), completeSignUp(visitor, proof)]);
    expect(await shopsOf((await whoIs(visitor)).userId)).toEqual(["Óptica Mirador"]);
    expect([...visitor.jar.keys()].sort()).toEqual(["device", "organization", "session"]);
  });

  test("demands a code once its session has ended, whatever cookies were kept", async () => {
    const visitor = await failing(newAddress());
    const kept = new Map(visitor.jar);
    await endSession(await whoIs(visitor), visitor.cookies);
    for (const [name, value] of kept) visitor.jar.set(name, value);
    const again = completeSignUp(visitor, { code: "000000", password: "otra-clave-bien-larga" });
    expect(await again.then(() => "in", refusalCode)).toBe("code.invalid");
  });

  test("demands a code in another session of the same person", async () => {
    const email = newAddress();
    const visitor = await failing(email);
    await signIn(visitor, { email, password: NEW_PASSWORD });
    const again = completeSignUp(visitor, { code: "000000", password: "otra-clave-bien-larga" });
    expect(await again.then(() => "in", refusalCode)).toBe("code.invalid");
    expect(await opens(email, NEW_PASSWORD)).toBe(true);
  });
});

test("an account that is minutes old hears of its new password too, and its other sessions end", async () => {
  const { seller } = await aShopWithPeople(server);
  await ageAccount(seller.userId);
  const before = aVisitor();
  await signIn(before, { email: seller.email, password: PASSWORD });
  const [old, refreshToken] = [await whoIs(before), before.jar.get("session") ?? ""];

  const visitor = aVisitor();
  await requestSignUp(visitor, { ...shop, email: seller.email });
  await completeSignUp(visitor, { code: await server.codeFor(seller.email), password: NEW_PASSWORD });
  expect(await mailsWaiting("mail.password_changed", seller.email)).toBe(1);
  expect(await eventsOf("auth.password_changed", seller.userId)).toBe(1);
  expect(await customersSeenBy(old)).toBe(0);
  expect(await refreshStatus(refreshToken)).toBeGreaterThanOrEqual(400);
});

describe("somebody signed in", () => {
  test("opens a few shops in a day; the same form once more, and one that failed, count for nothing", async () => {
    const { owner, seller } = await aShopWithPeople(server);
    const visitor = aVisitor();
    await signIn(visitor, { email: owner.email, password: PASSWORD });
    const caller = await whoIs(visitor);
    const open = (shopName: string) =>
      openShop(visitor, caller, { ...shop, shopName }).then(() => "opened", refusalCode);
    await whileShopsFail(() => expect(open("Óptica Mirador")).resolves.not.toBe("opened"));
    // Without Redis every process counts for itself, half of the five.
    const names = ["Uno", "Uno", "Uno", "Dos", "Tres", "Cuatro", "Uno"];
    const answers: string[] = [];
    for (const name of names) answers.push(await open(name));
    expect(answers).toEqual([...Array<string>(5).fill("opened"), "rate.limited", "rate.limited"]);
    expect(await shopsOf(owner.userId)).toHaveLength(4);

    const other = aVisitor();
    await signIn(other, { email: seller.email, password: PASSWORD });
    await openShop(other, await whoIs(other), shop);
  });
});

test("whoever just came to be is told of no change", async () => {
  const email = newAddress();
  const visitor = aVisitor();
  await requestSignUp(visitor, { ...shop, email });
  await completeSignUp(visitor, { code: await server.codeFor(email), password: NEW_PASSWORD });
  expect(await mailsWaiting("mail.password_changed", email)).toBe(0);
});

/** What the auth server says to the refresh token of a session cookie. */
async function refreshStatus(cookie: string): Promise<number> {
  const text = Buffer.from(cookie.slice("base64-".length), "base64url").toString();
  const { refresh_token } = JSON.parse(text) as { refresh_token: string };
  const { status } = await fetch(`${process.env["SUPABASE_URL"]}/auth/v1/token?grant_type=refresh_token`, {
    method: "POST",
    headers: { apikey: process.env["SUPABASE_PUBLISHABLE_KEY"] ?? "", "content-type": "application/json" },
    body: JSON.stringify({ refresh_token }),
  });
  return status;
}
