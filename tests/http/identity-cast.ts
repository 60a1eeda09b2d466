import { randomUUID } from "node:crypto";
import { sql } from "@/lib/db";
import type { Caller } from "@/lib/security/session";
import { database } from "../support/database";
import type { identityServer } from "../support/identity-server";

type Server = ReturnType<typeof identityServer>;

/** Somebody of the cast who can sign in. */
export interface Person {
  readonly userId: string;
  readonly memberId: string;
  readonly email: string;
}

const roles = { owner: "owner", manager: "store_manager", seller: "seller", cashier: "cashier" } as const;

/** A committed shop with one branch, one customer and people who can sign in; every call makes another. */
export async function aShopWithPeople(server: Server) {
  const { owner: db } = database();
  const slug = `optica-${randomUUID().slice(0, 8)}`;
  const { rows } = await db.query<{ id: string }>(
    `with shop as (insert into public.organizations (slug, name) values ($1, $2) returning id),
          plan as (insert into public.subscriptions (organization_id, tier_code, tier_version, status, current_period_start, current_period_end)
                   select id, 'pro', 1, 'active', now(), now() + interval '1 month' from shop)
     select id from shop`,
    [slug, `Óptica ${slug}`],
  );
  const id = rows[0]?.id ?? "";
  await db.query("select private.apply_limits($1)", [id]);
  await db.query("insert into public.branches (organization_id, name) values ($1, 'Centro')", [id]);
  await db.query("insert into public.customers (organization_id, surnames) values ($1, 'Rojas Soto')", [id]);

  const join = async (userId: string, email: string, role: string): Promise<string> => {
    const { rows: members } = await db.query<{ id: string }>(
      "insert into public.admin_users (organization_id, user_id, email, full_name, role, all_branches) values ($1, $2, $3, $4, $5, true) returning id",
      [id, userId, email, `Persona ${role}`, role],
    );
    return members[0]?.id ?? "";
  };
  const people = {} as Record<keyof typeof roles, Person>;
  for (const [name, role] of Object.entries(roles) as [keyof typeof roles, string][]) {
    const email = `${name}@${slug}.test`;
    const userId = await server.person(email);
    people[name] = { userId, email, memberId: await join(userId, email, role) };
  }
  return { id, slug, ...people, add: (userId: string, email: string) => join(userId, email, "seller") };
}

/** A person of the platform, without a second factor yet. */
export async function aStaffMember(server: Server): Promise<{ userId: string; email: string }> {
  const email = `root-${randomUUID().slice(0, 8)}@opttius.test`;
  const userId = await server.person(email);
  await database().owner.query(
    "insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, 'Raíz', 'super_admin')",
    [userId, email],
  );
  return { userId, email };
}

/** How many customers a caller reads: one of the own shop, or none. */
export async function customersSeenBy(caller: Caller): Promise<number> {
  return caller.transaction(async (db) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from public.customers`.execute(db);
    return rows[0]?.n ?? 0;
  });
}

/** How many people of the platform a caller reads. */
export async function staffSeenBy(caller: Caller): Promise<number> {
  return caller.transaction(async (db) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from public.platform_admins`.execute(
      db,
    );
    return rows[0]?.n ?? 0;
  });
}

/** How many security events of a kind are about somebody. */
export async function eventsOf(kind: string, subject: string): Promise<number> {
  const { rows } = await database().owner.query<{ n: number }>(
    "select count(*)::int as n from private.security_events where kind = $1 and subject = $2",
    [kind, subject],
  );
  return rows[0]?.n ?? 0;
}

/** How many mails of a kind wait in the outbox for an address. */
export async function mailsWaiting(name: string, to: string): Promise<number> {
  const { rows } = await database().owner.query<{ n: number }>(
    "select count(*)::int as n from private.outbox where name = $1 and payload ->> 'to' = $2",
    [name, to],
  );
  return rows[0]?.n ?? 0;
}
