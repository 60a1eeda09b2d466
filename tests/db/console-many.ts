import { rollback, type Shop, twoShops } from "../fixtures";
import type { Rollback } from "../support/database";
import type { Session } from "../support/session";
import { staff } from "./console-staff";

// What the console reads of shops with many rows, counted by the database in the test's own transaction.

export const MANY = 2_000;

/** Rows of a table that this transaction has read so far, by any way of reading. */
async function rowsRead(db: Rollback, table: string): Promise<number> {
  const { rows } = await db.one<{ rows: number }>(
    `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables
     where relid = $1::regclass`,
    [table],
  );
  return rows;
}

/** How many rows of a table some work reads. */
export async function reading(db: Rollback, table: string, work: () => Promise<unknown>): Promise<number> {
  await db.query(`analyze ${table}`);
  const before = await rowsRead(db, table);
  await work();
  return (await rowsRead(db, table)) - before;
}

/** A story with staff who look at Vista, with plans as the application has them. */
export const story =
  (tell: (db: Rollback, root: Session, vista: Shop, lumina: Shop) => Promise<void>) => () =>
    rollback(async (db) => {
      await db.query("set local plan_cache_mode = 'force_generic_plan'");
      const { vista, lumina } = await twoShops(db);
      await tell(db, db.as(await staff(db)), vista, lumina);
    });

/** Entries of a trail about some kind of objects; they are no chain. */
export const manyEntries = (db: Rollback, shop: Shop, objects = "orders") =>
  db.query(
    `insert into public.audit_entries (organization_id, seq, actor_name, via, action, object_type, object_id, prev_hash, hash)
     select $1, 1000 + n, 'Ana', 'shop', $3 || '.changed', $3, gen_random_uuid(), '', '' from generate_series(1, $2::int) n`,
    [shop.id, MANY, objects],
  );

/** Payments, one a minute, the newest first; each with a name at Flow, and a notice by that name. Returns the newest. */
export async function manyPayments(db: Rollback, shop: Shop): Promise<string> {
  await db.query(
    `insert into public.payments (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
       expires_at, idempotency_key, request_hash, payer_email, created_by, created_at)
     select $1, 'flow', 'failed', 99000, 'CLP', 'pro', 1, 'month', now(), 'many-' || n, 'h', 'a@b.test', gen_random_uuid(),
       now() - make_interval(mins => n) from generate_series(1, $2::int) n`,
    [shop.id, MANY],
  );
  await db.query(
    `insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
     select 'flow', 'order-' || p.idempotency_key, 'order', p.organization_id, p.id from public.payments p where p.organization_id = $1`,
    [shop.id],
  );
  await db.query(
    `insert into private.webhook_events (gateway, kind, reference_kind, reference, verified_by, status)
     select 'flow', 'payment', 'order', r.reference, 'hint', 'done' from private.payment_references r where r.organization_id = $1`,
    [shop.id],
  );
  await db.query("analyze private.payment_references");
  const { id } = await db.one<{ id: string }>(
    "select id from public.payments where organization_id = $1 and idempotency_key = 'many-1'",
    [shop.id],
  );
  return id;
}
