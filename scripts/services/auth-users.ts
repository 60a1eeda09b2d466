import type { ClientBase } from "pg";

export type NewAuthUser = {
  email: string;
  password: string;
  /** Chosen by the caller where the row must have a known id. */
  id?: string;
};

/**
 * Writes a user with a confirmed address straight into schema `auth`, so that `signInWithPassword` works.
 * For seeds and tests: it goes past the mail with the code, which proves the address for everybody else.
 *
 * @param client the migration role or the superuser
 * @returns the user's id
 */
export async function createAuthUser(client: Pick<ClientBase, "query">, user: NewAuthUser): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `with created as (
       insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
       values (coalesce($1, gen_random_uuid()), 'authenticated', 'authenticated', lower($2), extensions.crypt($3, extensions.gen_salt('bf', 8)), now(),
               '{"provider": "email", "providers": ["email"]}', '{}', now(), now())
       returning id, email
     ), identified as (
       insert into auth.identities (id, provider, provider_id, user_id, identity_data, created_at, updated_at)
       select gen_random_uuid(), 'email', id::text, id, jsonb_build_object('sub', id, 'email', email, 'email_verified', true), now(), now() from created
     )
     select id from created`,
    [user.id ?? null, user.email, user.password],
  );
  const id = rows[0]?.id;
  if (!id) throw new Error(`The user ${user.email} was not written.`);
  return id;
}
