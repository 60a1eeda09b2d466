import type { ClientBase } from "pg";
import { StartError } from "../services/start-error";

export type StaffRole = "super_admin" | "support";

/**
 * Makes a person platform staff, or staff again with another role. They set a second factor up at the next sign-in.
 *
 * @param client the migration role, inside a transaction
 * @throws StartError when nobody signed up under that address
 */
export async function makeStaff(
  client: ClientBase,
  { email, fullName, role }: { email: string; fullName: string; role: StaffRole },
): Promise<void> {
  const user = await findPerson(client, email);
  await client.query(
    `insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, $3, $4)
     on conflict (user_id) do update set email = excluded.email, full_name = excluded.full_name, role = excluded.role, disabled_at = null`,
    [user, email, fullName, role],
  );
  await record(client, "platform.staff_made", user, { role });
}

/** Takes the platform away from a person and ends every session. @throws StartError when they are no staff */
export async function disableStaff(client: ClientBase, email: string): Promise<void> {
  const user = await findStaff(client, email);
  await client.query(
    "update public.platform_admins set disabled_at = coalesce(disabled_at, now()) where user_id = $1",
    [user],
  );
  await endSessions(client, user);
  await record(client, "platform.staff_disabled", user, {});
}

/**
 * The way back after a lost telephone and lost codes, for staff and for members, a sole owner above all: the factor
 * goes, every session ends, the person hears of it by mail, and the shops see it in their activity.
 *
 * @throws StartError when nobody signed up under that address, or there is no factor
 */
export async function resetSecondFactor(client: ClientBase, email: string): Promise<void> {
  const user = await findPerson(client, email);
  await client.query("delete from private.recovery_codes where user_id = $1", [user]);
  const { rowCount } = await client.query("delete from private.two_factor where user_id = $1", [user]);
  if (!rowCount) throw new StartError(`${email} has no second factor.`);
  await endSessions(client, user);
  await client.query(
    `select private.append_audit(m.organization_id, 'console', 'Opttius', 'member.two_factor_reset', 'admin_users', m.id, null, null)
     from (select * from public.admin_users where user_id = $1 and status <> 'removed' order by organization_id) m`,
    [user],
  );
  await client.query("select private.enqueue('mail.two_factor_reset', $1)", [
    JSON.stringify({ to: email, by: "platform" }),
  ]);
  await record(client, "platform.two_factor_reset", user, {});
}

async function findPerson(client: ClientBase, email: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>("select id from auth.users where lower(email) = $1", [
    email,
  ]);
  if (!rows[0]) throw new StartError(`Nobody has signed up as ${email}; let them do that first.`);
  return rows[0].id;
}

async function findStaff(client: ClientBase, email: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    "select user_id as id from public.platform_admins where email = $1",
    [email],
  );
  if (!rows[0]) throw new StartError(`${email} is no platform staff.`);
  return rows[0].id;
}

async function endSessions(client: ClientBase, user: string): Promise<void> {
  await client.query("delete from private.step_ups where user_id = $1", [user]);
  await client.query("select private.end_sessions($1, null)", [user]);
}

/** Who ran the command is known to whoever guards the machine; that it was run stands here. */
async function record(client: ClientBase, kind: string, user: string, details: object): Promise<void> {
  await client.query("select private.record_security_event($1, 'critical', $2, 'command line', $3)", [
    kind,
    user,
    JSON.stringify(details),
  ]);
}
