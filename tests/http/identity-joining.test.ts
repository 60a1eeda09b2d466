import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sql } from "@/lib/db";
import {
  acceptInvitation,
  completeSignUp,
  findInvitation,
  joinShop,
  openShop,
  requestSignUp,
  sendInvitationCode,
  signIn,
} from "@/lib/identity";
import type { ShopInput } from "@/lib/identity/schema";
import type { Caller } from "@/lib/security/session";
import { database } from "../support/database";
import { aVisitor, identityServer, PASSWORD, type TestVisitor, whoIs } from "../support/identity-server";
import { refusalCode } from "../support/refusal";
import { aShopWithPeople, customersSeenBy, eventsOf, mailsWaiting } from "./identity-cast";

const server = identityServer();
const newAddress = () => `nueva-${randomUUID().slice(0, 8)}@correo.test`;
const shop = {
  shopName: "Óptica Mirador",
  branchName: "Centro",
  fullName: "Ana Pérez",
  timeZone: "America/Santiago",
} satisfies ShopInput;

async function signUp(
  email: string,
  visitor: TestVisitor = aVisitor(),
  description: ShopInput = shop,
): Promise<string> {
  await requestSignUp(visitor, { ...description, email });
  return completeSignUp(visitor, { code: await server.codeFor(email), password: "una-clave-muy-propia" });
}

const shopsOf = async (email: string) => {
  const { rows } = await database().owner.query<{
    name: string;
    role: string;
    status: string;
    tier: string;
    days: number | null;
  }>(
    `select o.name, m.role, s.status, s.tier_code as tier, round(extract(epoch from s.trial_ends_at - now()) / 86400)::int as days
     from public.admin_users m join public.organizations o on o.id = m.organization_id
     join public.subscriptions s on s.organization_id = o.id where m.email = $1 order by s.created_at`,
    [email],
  );
  return rows;
};

describe("signing up", () => {
  test("opens a shop with a branch, its owner and fourteen days of pro", async () => {
    const email = newAddress();
    const visitor = aVisitor();
    expect(await signUp(email, visitor)).toBe("/");
    expect(await shopsOf(email)).toEqual([
      { name: "Óptica Mirador", role: "owner", status: "trialing", tier: "pro", days: 14 },
    ]);
    expect(await mailsWaiting("mail.welcome", email)).toBe(1);
    expect([...visitor.jar.keys()].sort()).toEqual(["device", "organization", "session"]);
    expect(await signIn(aVisitor(), { email, password: "una-clave-muy-propia" })).toBe("/");
  });

  test("writes nothing before the address is proved", async () => {
    const email = newAddress();
    const visitor = aVisitor();
    await requestSignUp(visitor, { ...shop, email });
    await expect(
      completeSignUp(visitor, { code: "000000", password: "una-clave-muy-propia" }),
    ).rejects.toMatchObject({
      code: "code.invalid",
    });
    expect(await shopsOf(email)).toEqual([]);
    expect(visitor.jar.has("session")).toBe(false);
    expect(await eventsOf("auth.code_failed", email)).toBe(1);
  });

  test("keeps what was typed unreadable, and forgets it in a browser that changed it", async () => {
    const email = newAddress();
    const visitor = aVisitor();
    await requestSignUp(visitor, { ...shop, email });
    const sealed = visitor.jar.get("sign-up") ?? "";
    expect(Buffer.from(sealed.split(".").at(-1) ?? "", "base64url").toString("latin1")).not.toContain(
      "Mirador",
    );
    visitor.jar.set("sign-up", `${sealed.slice(0, -2)}AA`);
    expect(await completeSignUp(visitor, { code: "123456", password: "una-clave-muy-propia" })).toBe(
      "/signup",
    );
  });

  test("with an address that has an account gives the same answer, and tells the person of the new password", async () => {
    const { seller } = await aShopWithPeople(server);
    await database().owner.query(
      "update auth.users set email_confirmed_at = now() - interval '2 days' where id = $1",
      [seller.userId],
    );
    const before = aVisitor();
    await signIn(before, { email: seller.email, password: PASSWORD });
    const old = await whoIs(before);
    expect(await signUp(seller.email)).toBe("/");
    expect(await mailsWaiting("mail.password_changed", seller.email)).toBe(1);
    expect(await customersSeenBy(old)).toBe(0);
  });

  test("gives one trial to a person, whatever the spelling of the address", async () => {
    const name = `farmer${randomUUID().slice(0, 6)}`;
    await signUp(`${name}@gmail.com`);
    for (const trick of [
      `${name}+2@gmail.com`,
      `${name.slice(0, 3)}.${name.slice(3)}@googlemail.com`,
      `${name.toUpperCase()}@gmail.com`,
    ]) {
      await signUp(trick.toLowerCase(), aVisitor(), { ...shop, shopName: `Óptica ${trick}` });
      expect((await shopsOf(trick.toLowerCase())).at(-1)).toMatchObject({
        status: "pending_payment",
        tier: "basic",
        days: null,
      });
    }
  });

  test("again by somebody signed in opens a second shop without a second trial", async () => {
    const email = newAddress();
    const visitor = aVisitor();
    await signUp(email, visitor);
    await openShop(visitor, await whoIs(visitor), { ...shop, shopName: "Óptica Segunda" });
    expect((await shopsOf(email)).map(({ name, status }) => [name, status])).toEqual([
      ["Óptica Mirador", "trialing"],
      ["Óptica Segunda", "pending_payment"],
    ]);
  });
});

describe("an invitation", () => {
  /** Invites somebody and reads the token from the mail that waits; the database keeps its digest alone. */
  async function invite(by: Caller, email: string, role = "seller"): Promise<string> {
    await by.transaction((db) =>
      sql`select private.invite_member(${email}, ${role}, true, '{}')`.execute(db),
    );
    const { rows } = await database().owner.query<{ token: string }>(
      "select payload ->> 'token' as token from private.outbox where name = 'mail.invitation' and payload ->> 'to' = $1 order by id desc limit 1",
      [email],
    );
    return rows[0]?.token ?? "";
  }

  async function stage() {
    const place = await aShopWithPeople(server);
    const owner = aVisitor();
    await signIn(owner, { email: place.owner.email, password: PASSWORD });
    // The tier's five people are reached by the fifth.
    return { place, owner: await whoIs(owner) };
  }

  async function accept(token: string, email: string, visitor = aVisitor()): Promise<string> {
    await sendInvitationCode(visitor, { token });
    const code = await server.codeFor(email);
    return acceptInvitation(visitor, {
      token,
      code,
      password: "una-clave-muy-propia",
      fullName: "Nueva Persona",
    });
  }

  const membersOf = async (organization: string, email: string) => {
    const { rows } = await database().owner.query<{ role: string; status: string }>(
      "select role, status from public.admin_users where organization_id = $1 and email = $2",
      [organization, email],
    );
    return rows;
  };

  test("shows shop, address and role, and lets the invited person in with a code", async () => {
    const { place, owner } = await stage();
    const email = newAddress();
    const token = await invite(owner, email, "cashier");
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(await findInvitation(aVisitor(), token)).toEqual({
      organizationName: `Óptica ${place.slug}`,
      email,
      role: "cashier",
      state: "open",
    });
    const visitor = aVisitor();
    expect(await accept(token, email, visitor)).toBe("/");
    expect(await membersOf(place.id, email)).toEqual([{ role: "cashier", status: "active" }]);
    expect(await customersSeenBy(await whoIs(visitor))).toBe(1);
  });

  test("works once: the second use, also at the same moment, changes nothing", async () => {
    const { place, owner } = await stage();
    const email = newAddress();
    const token = await invite(owner, email);
    await server.person(email);
    const browsers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const visitor = aVisitor();
        await signIn(visitor, { email, password: PASSWORD });
        return { visitor, caller: await whoIs(visitor) };
      }),
    );
    const results = await Promise.allSettled(
      browsers.map(({ visitor, caller }) => joinShop(visitor, caller, { token, fullName: "Una Persona" })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await membersOf(place.id, email)).toHaveLength(1);
    expect(await findInvitation(aVisitor(), token)).toMatchObject({ state: "accepted" });
    await expect(sendInvitationCode(aVisitor(), { token })).rejects.toMatchObject({
      code: "invitation.invalid",
    });
  });

  test("opens nothing after it was revoked, expired, or replaced by another", async () => {
    const { place, owner } = await stage();
    const email = newAddress();
    const replaced = await invite(owner, email);
    const revoked = await invite(owner, email);
    expect(await findInvitation(aVisitor(), replaced)).toMatchObject({ state: "revoked" });
    await owner.transaction((db) =>
      sql`select private.revoke_invitation(id) from public.invitations where revoked_at is null`.execute(db),
    );
    const expired = await invite(owner, email);
    await database().owner.query(
      "update public.invitations set expires_at = now() - interval '1 minute' where revoked_at is null",
    );
    await server.person(email);
    const visitor = aVisitor();
    await signIn(visitor, { email, password: PASSWORD });
    for (const [token, state, code] of [
      [replaced, "revoked", "invitation.invalid"],
      [revoked, "revoked", "invitation.invalid"],
      [expired, "expired", "invitation.expired"],
    ] as const) {
      expect(await findInvitation(aVisitor(), token)).toMatchObject({ state });
      await expect(sendInvitationCode(aVisitor(), { token })).rejects.toMatchObject({ code });
      const joining = joinShop(visitor, await whoIs(visitor), { token, fullName: "Una Persona" });
      await expect(joining).rejects.toMatchObject({ code: "invitation.invalid" });
    }
    expect(await membersOf(place.id, email)).toEqual([]);
  });

  test("lets nobody in but the invited address", async () => {
    const { place, owner } = await stage();
    const email = newAddress();
    const token = await invite(owner, email);
    const { seller } = await aShopWithPeople(server);
    const thief = aVisitor();
    await signIn(thief, { email: seller.email, password: PASSWORD });
    const joining = joinShop(thief, await whoIs(thief), { token, fullName: "Otra Persona" });
    await expect(joining).rejects.toMatchObject({ code: "invitation.invalid" });
    // The link alone, with a code of one's own, is no better.
    await sendInvitationCode(thief, { token });
    const accepting = acceptInvitation(thief, {
      token,
      code: "000000",
      password: "una-clave-muy-propia",
      fullName: "Otra",
    });
    await expect(accepting).rejects.toMatchObject({ code: "code.invalid" });
    expect(await membersOf(place.id, email)).toEqual([]);
    expect(await findInvitation(aVisitor(), token)).toMatchObject({ state: "open" });
  });

  test("gives the role of the invitation, whatever is sent along", async () => {
    const { place, owner } = await stage();
    const email = newAddress();
    const token = await invite(owner, email, "workshop");
    const visitor = aVisitor();
    await sendInvitationCode(visitor, { token });
    const raised = { role: "owner", status: "active", all_branches: true, organization_id: place.id };
    const code = await server.codeFor(email);
    await acceptInvitation(visitor, {
      ...raised,
      token,
      code,
      password: "una-clave-muy-propia",
      fullName: "Lista Persona",
    });
    expect(await membersOf(place.id, email)).toEqual([{ role: "workshop", status: "active" }]);
  });

  test("that was guessed finds nothing, is remembered, and can be guessed a few times only", async () => {
    const visitor = aVisitor("198.51.100.20");
    const answers: string[] = [];
    for (let times = 0; times < 12; times++) {
      const token = times % 2 ? randomBytes(32).toString("hex") : "../../etc";
      answers.push(await findInvitation(visitor, token).then(String, refusalCode));
    }
    expect(answers).toEqual([...Array<string>(10).fill("null"), "rate.limited", "rate.limited"]);
  });

  test("is kept as a digest: whoever reads the table cannot use it", async () => {
    const { owner } = await stage();
    const token = await invite(owner, newAddress());
    const { rows } = await database().owner.query<{ text: string }>(
      "select string_agg(t::text, ' ') || (select string_agg(i::text, ' ') from public.invitations i) as text from private.invitation_tokens t",
    );
    expect(rows[0]?.text).not.toContain(token);
  });
});
