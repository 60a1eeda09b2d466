import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@supabase/supabase-js";
import { decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startAuth } from "@/scripts/services/auth";
import { createAuthUser } from "@/scripts/services/auth-users";
import type { CaughtMail } from "@/scripts/services/caught-mail";
import { startMail } from "@/scripts/services/mail";
import { freePort } from "@/scripts/services/ports";
import { address } from "@/tests/support/cluster";
import { database } from "@/tests/support/database";
import { JWT_SECRET } from "@/tests/support/environment";

const publishableKey = "sb_publishable_0123456789abcdefghij_01234567";
const password = "correcto-caballo-grapa";
const mailDirectory = mkdtempSync(join(tmpdir(), "opttius-mail-"));
let mail: Awaited<ReturnType<typeof startMail>>;
let auth: Awaited<ReturnType<typeof startAuth>>;
let grantsBefore: unknown;

beforeAll(async () => {
  grantsBefore = await grants();
  mail = await startMail({ port: await freePort(), smtpPort: await freePort(), directory: mailDirectory });
  auth = await startAuth({
    port: await freePort(),
    databaseUrl: address(inject("cluster"), "supabase_auth_admin", database().name),
    jwtSecret: JWT_SECRET,
    publishableKey,
    smtpUrl: mail.smtpUrl,
    appUrl: "http://127.0.0.1:3000",
  });
});

afterAll(async () => {
  await auth?.stop();
  await mail?.stop();
  rmSync(mailDirectory, { recursive: true, force: true });
});

const client = () =>
  createClient(auth.url, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });

/** Everything that anybody may do to our tables, functions and schemas. */
async function grants(): Promise<unknown> {
  const { rows } = await database().owner.query(`
    select 'relation' as kind, oid::regclass::text as name, relacl::text as acl from pg_class where relnamespace in ('public'::regnamespace, 'private'::regnamespace)
    union all select 'function', oid::regprocedure::text, proacl::text from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace)
    union all select 'schema', nspname::text, nspacl::text from pg_namespace where nspname in ('public', 'private', 'auth')
    union all select 'default', defaclrole::regrole::text || coalesce(defaclnamespace::regnamespace::text, '') || defaclobjtype::text, defaclacl::text from pg_default_acl
    order by 1, 2`);
  return rows;
}

async function mailsTo(email: string): Promise<CaughtMail[]> {
  const response = await fetch(`${mail.url}/api/messages?to=${encodeURIComponent(email)}`);
  return (await response.json()) as CaughtMail[];
}

async function codeFor(email: string): Promise<string> {
  const [newest] = await mailsTo(email);
  return /\b\d{6}\b/.exec(newest?.text ?? "")?.[0] ?? "";
}

test("a new person proves the address with a code before the password works", async () => {
  const email = "nueva@vista.test";
  const supabase = client();
  const signedUp = await supabase.auth.signUp({ email, password });
  expect(signedUp.error).toBeNull();
  expect(signedUp.data.session).toBeNull();
  expect((await client().auth.signInWithPassword({ email, password })).error?.code).toBe(
    "email_not_confirmed",
  );

  const verified = await supabase.auth.verifyOtp({ email, token: await codeFor(email), type: "email" });
  expect(verified.error).toBeNull();
  expect(verified.data.session?.user.email).toBe(email);
  expect((await client().auth.signInWithPassword({ email, password })).error).toBeNull();
});

test("a person who lost the first code gets another by asking to sign in", async () => {
  const email = "perdida@vista.test";
  const supabase = client();
  await supabase.auth.signUp({ email, password });
  expect(
    (await supabase.auth.signInWithOtp({ email, options: { shouldCreateUser: false } })).error,
  ).toBeNull();
  expect(
    (await supabase.auth.verifyOtp({ email, token: await codeFor(email), type: "email" })).error,
  ).toBeNull();
  expect((await client().auth.signInWithPassword({ email, password })).error).toBeNull();
});

test("an invited person signs in with a code and then chooses a password", async () => {
  const email = "invitada@vista.test";
  const supabase = client();
  expect((await supabase.auth.signInWithOtp({ email })).error).toBeNull();
  expect(
    (await supabase.auth.verifyOtp({ email, token: await codeFor(email), type: "email" })).error,
  ).toBeNull();
  expect((await supabase.auth.updateUser({ password })).error).toBeNull();
  expect((await client().auth.signInWithPassword({ email, password })).error).toBeNull();
});

test("a wrong code opens nothing and a right one opens once", async () => {
  const email = "codigo@vista.test";
  await client().auth.signInWithOtp({ email });
  const token = await codeFor(email);
  const wrong = token === "000000" ? "000001" : "000000";
  expect((await client().auth.verifyOtp({ email, token: wrong, type: "email" })).error).not.toBeNull();
  expect((await client().auth.verifyOtp({ email, token, type: "email" })).error).toBeNull();
  expect((await client().auth.verifyOtp({ email, token, type: "email" })).error).not.toBeNull();
});

test("a seeded person signs in, and the token says who and which session", async () => {
  const email = "seller@vista.test";
  const id = await createAuthUser(database().owner, { email, password });
  const { data, error } = await client().auth.signInWithPassword({ email, password });
  expect(error).toBeNull();

  const token = data.session?.access_token ?? "";
  const { payload } = await jwtVerify(token, new TextEncoder().encode(JWT_SECRET), { algorithms: ["HS256"] });
  expect(payload).toMatchObject({ sub: id, email, role: "authenticated", aud: "authenticated" });
  expect(payload["session_id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(payload.exp).toBeGreaterThan(Date.now() / 1000);
});

test("a refreshed session stays the same session", async () => {
  const email = "manager@vista.test";
  await createAuthUser(database().owner, { email, password });
  const supabase = client();
  const before = (await supabase.auth.signInWithPassword({ email, password })).data.session;
  const { data, error } = await supabase.auth.refreshSession();
  expect(error).toBeNull();
  expect(data.session?.refresh_token).not.toBe(before?.refresh_token);
  expect(decodeJwt(data.session?.access_token ?? "")["session_id"]).toBe(
    decodeJwt(before?.access_token ?? "")["session_id"],
  );
});

test("signing out ends the session for good", async () => {
  const email = "cashier@vista.test";
  await createAuthUser(database().owner, { email, password });
  const supabase = client();
  const session = (await supabase.auth.signInWithPassword({ email, password })).data.session;
  expect((await supabase.auth.signOut()).error).toBeNull();
  expect(
    (await client().auth.refreshSession({ refresh_token: session?.refresh_token ?? "" })).error,
  ).not.toBeNull();
});

test("a forgotten password is replaced with a code from the mail, written in Spanish", async () => {
  const email = "owner@vista.test";
  await createAuthUser(database().owner, { email, password });
  const supabase = client();
  expect((await supabase.auth.resetPasswordForEmail(email)).error).toBeNull();
  const [recovery] = await mailsTo(email);
  expect(recovery?.subject).toMatch(/^Cambia tu contraseña de Opttius: \d{6}$/);

  expect(
    (await supabase.auth.verifyOtp({ email, token: await codeFor(email), type: "recovery" })).error,
  ).toBeNull();
  expect((await supabase.auth.updateUser({ password: "otra-clave-distinta" })).error).toBeNull();
  expect((await client().auth.signInWithPassword({ email, password })).error?.code).toBe(
    "invalid_credentials",
  );
  expect(
    (await client().auth.signInWithPassword({ email, password: "otra-clave-distinta" })).error,
  ).toBeNull();
});

test("a burst of sign-ins is not slowed down by the auth server: the application keeps the limits", async () => {
  const email = "workshop@vista.test";
  await createAuthUser(database().owner, { email, password });
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => client().auth.signInWithPassword({ email, password })),
  );
  expect(answers.filter((answer) => answer.error)).toEqual([]);
});

test("the server answers identity only, and nobody without the key", async () => {
  expect((await fetch(`${auth.url}/rest/v1/`)).status).toBe(404);
  expect((await fetch(`${auth.url}/auth/v1/user`)).status).toBe(401);
});

test("the auth server changed no grant on our schemas", async () => {
  expect(await grants()).toEqual(grantsBefore);
});
