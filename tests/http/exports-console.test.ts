// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as organizations } from "@/app/admin/saas-management/organizations/export/route";
import { GET as payments } from "@/app/admin/saas-management/payments/export/route";
import { GET as subscriptions } from "@/app/admin/saas-management/subscriptions/export/route";
import { exportPayments, paymentFilter } from "@/lib/console";
import { everyRow } from "@/lib/console/every-row";
import { sql } from "@/lib/db";
import type { RouteHandler } from "@/lib/security/route";
import { findCaller } from "@/lib/security/session";
import { committed, database, furnish, type Shop, twoShops } from "@/tests/fixtures";
import { signIn } from "@/tests/fixtures/at-work";

const root = { userId: randomUUID(), sessionId: randomUUID(), email: `root-${randomUUID()}@opttius.test` };
let vista: Shop;

beforeAll(async () => {
  ({ vista } = await committed(async (db) => {
    const shops = await twoShops(db);
    await furnish(db, shops.vista);
    await furnish(db, shops.lumina);
    await db.query(
      "insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, 'Raíz', 'support')",
      [root.userId, root.email],
    );
    await db.insert("private.step_ups", { session_id: root.sessionId, user_id: root.userId });
    return shops;
  }));
});

const lists: [string, RouteHandler][] = [
  ["organizations", organizations],
  ["payments", payments],
  ["subscriptions", subscriptions],
];

describe.each(lists)("the file of all %s", (name, route) => {
  const take = (query: string) =>
    route(new NextRequest(`http://127.0.0.1:3000/admin/saas-management/${name}/export${query}`), {
      params: Promise.resolve({}),
    });

  test("holds what the list's filter leaves, and whoever took it is written down with the filter", async () => {
    await signIn(root);
    const [{ name: shop } = { name: "" }] = (
      await database().owner.query<{ name: string }>("select name from public.organizations where id = $1", [
        vista.id,
      ])
    ).rows;
    const all = (await (await take("")).text()).trim().split("\r\n");
    const one = (await (await take(`?q=${encodeURIComponent(shop)}`)).text()).trim().split("\r\n");
    expect(all.length).toBeGreaterThan(one.length);
    expect(one).toHaveLength(2);
    expect(one[1]).toContain(shop);
    const { rows } = await database().owner.query<{ details: { rows: number; filter: { q: string } } }>(
      "select details from private.security_events where kind = $1 and user_id = $2 order by id desc limit 2",
      [`${name}.exported`, root.userId],
    );
    expect(rows.map(({ details }) => [details.rows, details.filter.q])).toEqual([
      [1, shop],
      [all.length - 1, ""],
    ]);
  });
});

test("a file of payments goes on after its last row, whatever is paid while it is read", async () => {
  await signIn(root);
  const caller = await findCaller();
  if (!caller) throw new Error("nobody is signed in");
  const pay = (many: number, at: string) =>
    database().owner.query<{ id: string }>(
      `insert into public.payments (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
         expires_at, idempotency_key, request_hash, payer_email, created_by, created_at)
       select $1, 'flow', 'failed', 99000, 'CLP', 'pro', 1, 'month', now(), gen_random_uuid(), 'h', 'many@payers.test', gen_random_uuid(), $3
       from generate_series(1, $2::int) returning id`,
      [vista.id, many, at],
    );
  // All of one instant: the row, not the time alone, says where the next batch begins.
  const { rows: made } = await pay(4_500, "2026-03-01T12:00:00.123456Z");
  const ids: string[] = [];
  for await (const batch of await exportPayments(caller, paymentFilter.parse({ q: "many@payers" }))) {
    ids.push(...batch.map(({ id }) => id));
    await pay(1, "2026-03-02T12:00:00Z");
  }
  expect(ids).toEqual(made.map(({ id }) => id).sort());
});

test("a file is not cut off where the database answers by parts", async () => {
  await signIn(root);
  const caller = await findCaller();
  if (!caller) throw new Error("nobody is signed in");
  const rows = await everyRow(caller, async (db, { limit, offset }) => {
    const { rows: part } = await sql<{ n: number }>`
      select n from generate_series(1, 10000) n order by n limit ${limit} offset ${offset}`.execute(db);
    return part;
  });
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
});
