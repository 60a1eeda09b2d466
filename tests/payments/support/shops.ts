import { randomUUID } from "node:crypto";
import { database } from "@/tests/support/database";

/** A shop with an owner, in committed rows of this test file's database. */
export interface Shop {
  readonly id: string;
  readonly owner: { readonly userId: string; readonly sessionId: string; readonly email: string };
}

interface ShopOptions {
  readonly tier?: "basic" | "pro" | "premium";
  readonly status?: string;
  readonly trialEndsAt?: Date;
  readonly periodStart?: Date;
  readonly periodEnd?: Date;
}

/** Makes a shop; without options one that has signed up for pro and not paid. */
export async function aShop(options: ShopOptions = {}): Promise<Shop> {
  const { owner: pool } = database();
  const owner = { userId: randomUUID(), sessionId: randomUUID(), email: `owner-${randomUUID()}@shop.test` };
  const made = await pool.query<{ id: string }>(
    "select private.create_organization($1, 'Centro', 'America/Santiago', $2, 0) as id",
    [`Óptica ${owner.userId.slice(0, 8)}`, options.tier ?? "pro"],
  );
  const id = made.rows[0]?.id ?? "";
  await pool.query(
    "insert into public.admin_users (organization_id, user_id, email, full_name, role, all_branches) values ($1, $2, $3, 'Ana Pérez', 'owner', true)",
    [id, owner.userId, owner.email],
  );
  await pool.query(
    `update public.subscriptions set status = $2, trial_ends_at = $3, current_period_start = $4, current_period_end = $5
     where organization_id = $1`,
    [
      id,
      options.status ?? "pending_payment",
      options.trialEndsAt ?? null,
      options.periodStart ?? null,
      options.periodEnd ?? null,
    ],
  );
  return { id, owner };
}

/** The claims that a verified token of a shop's owner carries. */
export function claimsOf(shop: Shop): {
  sub: string;
  session_id: string;
  email: string;
  role: string;
  iat: number;
} {
  const { userId, sessionId, email } = shop.owner;
  return {
    sub: userId,
    session_id: sessionId,
    email,
    role: "authenticated",
    iat: Math.floor(Date.now() / 1_000),
  };
}

/** The first row of a statement run as the migration role. */
export async function row<Row extends object>(text: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await database().owner.query<Row>(text, values);
  const [first] = rows;
  if (!first) throw new Error(`no row: ${text}`);
  return first;
}

/** How many rows a condition finds, as the migration role. */
export async function count(fromWhere: string, values: unknown[] = []): Promise<number> {
  return (await row<{ n: number }>(`select count(*)::int as n from ${fromWhere}`, values)).n;
}
