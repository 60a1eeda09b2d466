import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "@/lib/db";
import { acceptInvitation, joinShop, sendInvitationCode, signIn, typedName } from "@/lib/identity";
import { database } from "../support/database";
import { aVisitor, identityServer, PASSWORD, whoIs } from "../support/identity-server";
import { aShopWithPeople } from "./identity-cast";

const server = identityServer();
const refused = { code: "member.name_taken", status: 409, issues: [{ pointer: "/fullName" }] };

/** Somebody whom an owner invited, and the token of the mail. */
async function anInvitedPerson() {
  const { owner } = await aShopWithPeople(server);
  const email = `nueva-${randomUUID().slice(0, 8)}@correo.test`;
  const visitor = aVisitor();
  await signIn(visitor, { email: owner.email, password: PASSWORD });
  await (await whoIs(visitor)).transaction((db) =>
    sql`select private.invite_member(${email}, 'seller', true, '{}')`.execute(db),
  );
  const { rows } = await database().owner.query<{ token: string }>(
    "select payload ->> 'token' as token from private.outbox where name = 'mail.invitation' and payload ->> 'to' = $1",
    [email],
  );
  return { email, token: rows[0]?.token ?? "" };
}

test("a newcomer who gives a colleague's name is refused at the field, joins under another without another code, and leaves no proof behind", async () => {
  const { email, token } = await anInvitedPerson();
  const visitor = aVisitor();
  await sendInvitationCode(visitor, { token });
  const proof = { token, code: await server.codeFor(email), password: "una-clave-muy-propia" };
  const accepting = acceptInvitation(visitor, { ...proof, fullName: "PERSONA  séller" });
  await expect(accepting).rejects.toMatchObject(refused);
  expect(visitor.jar.has("entry")).toBe(true);
  // The page knows who they are by now, and asks for the name alone.
  const caller = await whoIs(visitor);
  expect(typedName(visitor, caller)).toBe("PERSONA  séller");
  expect(typedName(visitor, { ...caller, sessionId: randomUUID() })).toBeUndefined();
  expect(await joinShop(visitor, caller, { token, fullName: "Nueva Persona" })).toBe("/");
  expect(visitor.jar.has("entry")).toBe(false);
});

test("somebody who is signed in already is refused at the field, too", async () => {
  const { email, token } = await anInvitedPerson();
  await server.person(email);
  const visitor = aVisitor();
  await signIn(visitor, { email, password: PASSWORD });
  const join = async (fullName: string) => joinShop(visitor, await whoIs(visitor), { token, fullName });
  await expect(join("persona cashier")).rejects.toMatchObject(refused);
  expect(await join("Nueva Persona")).toBe("/");
});
