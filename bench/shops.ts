import type { Pool } from "pg";
import { sessionCookie } from "./stage";

/** Makes shops that have signed up for pro and not paid. @returns a signed-in cookie of each one's owner */
export async function makeOwners(
  owner: Pool,
  environment: Readonly<Record<string, string>>,
  count: number,
): Promise<string[]> {
  const { rows } = await owner.query<{ user_id: string }>(
    `with shops as materialized (
       select private.create_organization('Óptica ' || n, 'Centro', 'America/Santiago', 'pro', 0) as id, gen_random_uuid() as user_id, n
       from generate_series(1, $1::int) n)
     insert into public.admin_users (organization_id, user_id, email, full_name, role, all_branches)
     select id, user_id, 'owner-' || n || '@bench.test', 'Ana Pérez', 'owner', true from shops returning user_id`,
    [count],
  );
  const secret = environment["SUPABASE_JWT_SECRET"] ?? "";
  return Promise.all(rows.map(({ user_id }) => sessionCookie(secret, user_id)));
}

/**
 * Opens a payment for a month of pro as a shop's browser does it.
 *
 * @throws Error with what was answered when it is not opened
 */
export async function openOverHttp(
  appUrl: string,
  cookie: string,
  gateway: string,
  key: string,
): Promise<{ paymentId: string; redirectUrl: string }> {
  const answer = await fetch(`${appUrl}/api/payments/intents`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key, cookie, origin: appUrl },
    body: JSON.stringify({ gateway, tier: "pro", interval: "month" }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { paymentId: string; redirectUrl: string };
}
