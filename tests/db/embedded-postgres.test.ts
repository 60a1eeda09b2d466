import { expect, test } from "vitest";
import { database, rollback } from "@/tests/support/database";

test("the migration role is no superuser, like on a hosted project", () =>
  rollback(async (db) => {
    const role = await db.one(
      "select rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user",
    );
    expect(role).toEqual({ rolsuper: false, rolcreaterole: true, rolbypassrls: true });
  }));

test("a session acts under the user's claims and the statement after it does not", () =>
  rollback(async (db) => {
    const userId = "11111111-1111-4111-8111-111111111111";
    const seen = await db
      .as({ userId, organizationId: "22222222-2222-4222-8222-222222222222" })
      .one(
        "select current_user as role, auth.uid() as id, auth.role() as claimed, current_setting('app.organization_id') as organization",
      );
    expect(seen).toEqual({
      role: "authenticated",
      id: userId,
      claimed: "authenticated",
      organization: "22222222-2222-4222-8222-222222222222",
    });
    expect(await db.one("select current_user as role, auth.uid() as id")).toEqual({
      role: "opttius_owner",
      id: null,
    });
  }));

test("a refused statement leaves the test able to go on", () =>
  rollback(async (db) => {
    await expect(db.anonymous().query("create table public.mine ()")).rejects.toMatchObject({
      code: "42501",
    });
    expect(await db.one("select 1 as one")).toEqual({ one: 1 });
  }));

test("nothing of a test remains after it", async () => {
  await rollback((db) => db.query("create table public.left_behind ()"));
  const { rows } = await database().owner.query("select to_regclass('public.left_behind') as found");
  expect(rows).toEqual([{ found: null }]);
});

test("the schemas of identity belong to another role than ours", () =>
  rollback(async (db) => {
    const { owner } = await db.one(
      "select nspowner::regrole::text as owner from pg_namespace where nspname = 'auth'",
    );
    expect(owner).toBe("supabase_auth_admin");
    await expect(db.query("create table auth.ours ()")).rejects.toMatchObject({ code: "42501" });
  }));
