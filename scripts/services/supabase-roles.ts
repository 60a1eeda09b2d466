import { getAuthSchemaSql } from "@supabase/lite";
import { type Client, escapeIdentifier, escapeLiteral } from "pg";

export type RolePasswords = {
  /** Of `opttius_owner`, the migration role. */
  owner: string;
  /** Of `supabase_auth_admin`, which owns schema `auth` and nothing else. */
  auth: string;
};

/**
 * Makes a database of the embedded server look like a new hosted Supabase project to our migrations:
 * the API roles, a migration role that is no superuser, schema `extensions`, schema `auth` owned by another
 * role, and the open default privileges that a hosted project starts with. Safe to repeat.
 *
 * @param superuser connected to the database to prepare
 */
export async function prepareLikeSupabase(superuser: Client, passwords: RolePasswords): Promise<void> {
  await prepareCluster(superuser, passwords);
  await prepareDatabase(superuser);
}

/** Roles belong to the whole server; `grant … with admin option` to the migration role is what a hosted project has. */
async function prepareCluster(superuser: Client, passwords: RolePasswords): Promise<void> {
  const roles: Record<string, string> = {
    anon: "nologin noinherit",
    authenticated: "nologin noinherit",
    service_role: "nologin noinherit bypassrls",
    authenticator: "nologin noinherit",
    supabase_auth_admin: `login noinherit password ${escapeLiteral(passwords.auth)}`,
    opttius_owner: `login createrole createdb bypassrls password ${escapeLiteral(passwords.owner)}`,
  };
  const { rows } = await superuser.query<{ rolname: string }>("select rolname from pg_roles");
  const known = new Set(rows.map((row) => row.rolname));
  for (const [name, attributes] of Object.entries(roles)) {
    await superuser.query(`${known.has(name) ? "alter" : "create"} role ${name} ${attributes}`);
  }
  await superuser.query(`
    alter role supabase_auth_admin set search_path = auth;
    alter role opttius_owner set search_path = "$user", public, extensions;
    grant anon, authenticated, service_role to authenticator;
    grant anon, authenticated, service_role, authenticator to opttius_owner with admin option;
  `);
}

async function prepareDatabase(superuser: Client): Promise<void> {
  const { rows } = await superuser.query<{ name: string }>("select current_database() as name");
  const database = escapeIdentifier(rows[0]?.name ?? "");
  await superuser.query(`
    alter database ${database} owner to opttius_owner;
    grant create, connect on database ${database} to supabase_auth_admin;
    grant usage on schema public to anon, authenticated, service_role;
    alter default privileges for role opttius_owner in schema public grant all on tables to anon, authenticated, service_role;
    alter default privileges for role opttius_owner in schema public grant all on sequences to anon, authenticated, service_role;
    alter default privileges for role opttius_owner in schema public grant all on functions to anon, authenticated, service_role;

    create schema if not exists extensions authorization opttius_owner;
    grant usage on schema extensions to anon, authenticated, service_role;
    create extension if not exists pgcrypto with schema extensions;
    create extension if not exists unaccent with schema extensions;
    create extension if not exists pg_trgm with schema extensions;

    create schema if not exists auth authorization supabase_auth_admin;
    grant usage on schema auth to anon, authenticated, service_role, opttius_owner;
  `);
  // The tables of identity exist before our migrations run, and a project's migration role may use them.
  await superuser.query(`
    set role supabase_auth_admin;
    ${getAuthSchemaSql()}
    ${authFunctions};
    grant all on all tables in schema auth to opttius_owner;
    reset role;
  `);
}

/** As a hosted project defines them: the caller's claims come from the setting that the data API makes for each request. */
const authFunctions = `
create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;
create or replace function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
  )::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
  )::text
$$`;
