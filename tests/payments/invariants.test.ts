import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkInvariants, verifyAuditTrails } from "@/lib/payments/invariants";
import { database, type Rollback, rollback } from "@/tests/support/database";
import { twoShops } from "../fixtures";
import { pay } from "./support/checkout";
import { flowInHand } from "./support/flow";
import { aShop, count, row } from "./support/shops";

const flow = flowInHand();

/** What was found broken, and for what people were called. */
async function look(db: Rollback): Promise<{ broken: string[]; alerts: string[] }> {
  const before = await db.one<{ id: number }>("select coalesce(max(id), 0) as id from private.outbox");
  await db.query("select private.verify_audit_chains(100000)");
  const broken = await db.query<{ name: string }>(
    "select v.name from unnest(private.invariant_names()) n cross join lateral private.check_invariant(n) v",
  );
  const alerts = await db.query<{ rule: string }>(
    "select payload ->> 'rule' as rule from private.outbox where name = 'alert.raise' and id > $1 order by id",
    [before.id],
  );
  return { broken: broken.map(({ name }) => name), alerts: alerts.map(({ rule }) => rule) };
}

/** A payment as the database would hold it had nobody posted it. */
async function aPaymentRow(
  db: Rollback,
  organization: string,
  change: Record<string, unknown> = {},
): Promise<string> {
  const { id } = await db.one<{ id: string }>(
    `insert into public.payments (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval,
       expires_at, idempotency_key, request_hash, payer_email, created_by)
     values ($1, 'flow', 'pending', 99000, 'CLP', 'pro', 1, 'month', now(), gen_random_uuid(), 'h', 'a@b.test', gen_random_uuid()) returning id`,
    [organization],
  );
  if (Object.keys(change).length > 0) await db.update("public.payments", change, { id });
  return id;
}

async function aNotice(db: Rollback, change: Record<string, unknown>): Promise<void> {
  const { id } = await db.one<{ id: number }>(
    "insert into private.webhook_events (gateway, reference, verified_by) values ('flow', 'x', 'hint') returning id",
  );
  await db.update("private.webhook_events", change, { id });
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

type Plant = (db: Rollback, organization: string) => Promise<unknown>;

/** One way to break each invariant. */
const violations: Record<string, Plant> = {
  subscription_covered: (db, organization) =>
    db.update(
      "public.subscriptions",
      {
        status: "active",
        current_period_start: minutesAgo(60 * 24 * 40),
        current_period_end: minutesAgo(60 * 24 + 5),
      },
      { organization_id: organization },
    ),
  one_subscription: async (db, organization) => {
    await db.query("drop index public.subscriptions_current");
    await db.query(
      "insert into public.subscriptions (organization_id, tier_code, tier_version, status) values ($1, 'basic', 1, 'pending_payment')",
      [organization],
    );
  },
  ledger_balanced: async (db, organization) => {
    const { id } = await db.one<{ id: string }>(
      "insert into private.ledger_transactions (organization_id, kind, source, currency, at) values ($1, 'test_posting', $2, 'CLP', now()) returning id",
      [organization, randomUUID()],
    );
    await db.query("insert into private.ledger_entries values ($1, 1, $2, 'CLP', 'rounding', 1)", [
      id,
      organization,
    ]);
  },
  payments_posted: (db, organization) =>
    aPaymentRow(db, organization, { status: "succeeded", paid_at: new Date() }),
  payments_equal_ledger: async (db, organization) => {
    const id = await aPaymentRow(db, organization, { status: "succeeded", paid_at: new Date() });
    await db.query(
      "select private.post_payment(p, 'gateway:flow', now()) from public.payments p where id = $1",
      [id],
    );
    await db.update("public.payments", { refunded_amount: 1, status: "partially_refunded" }, { id });
  },
  accounts_not_overdrawn: (db, organization) =>
    db.query(
      "select private.post_ledger($1, 'test_posting', $2, 'EUR', private.ledger_move('revenue', 'gateway:flow', 5))",
      [organization, randomUUID()],
    ),
  credits_equal_ledger: (db, organization) =>
    db.query(
      "insert into private.account_credits (organization_id, currency, balance) values ($1, 'CLP', 5)",
      [organization],
    ),
  usage_counted: (db, organization) =>
    db.query(
      "update public.usage_counters set n = n + 1 where organization_id = $1 and metric = 'customers'",
      [organization],
    ),
  inbox_moves: (db) => aNotice(db, { next_attempt_at: minutesAgo(6) }),
  leases_end: (db) =>
    aNotice(db, { locked_by: "worker-gone", locked_until: minutesAgo(16), next_attempt_at: minutesAgo(1) }),
  audit_chain: async (db, organization) => {
    await db.query(
      "select private.append_audit($1, 'system', 'x', 'thing.done', 'things', null, null, '{}')",
      [organization],
    );
    await db.query("alter table public.audit_entries disable trigger user");
    await db.query("update public.audit_entries set reason = 'another' where organization_id = $1", [
      organization,
    ]);
  },
};

describe("an invariant", () => {
  test.each(Object.keys(violations))("%s calls people when it breaks, for that alone, and once", (name) =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      expect(await look(db)).toEqual({ broken: [], alerts: [] });
      await violations[name]?.(db, vista.id);
      expect(await look(db)).toEqual({ broken: [name], alerts: [`invariant.${name}`] });
      expect(await look(db), "ten minutes later").toEqual({ broken: [name], alerts: [] });
    }),
  );

  test("has a way to break it in this list", () =>
    rollback(async (db) => {
      await look(db);
      const known = await db.query<{ name: string }>("select name from private.invariants order by name");
      expect(known.map(({ name }) => name)).toEqual(Object.keys(violations).sort());
    }));

  test("that breaks further, or for a day, calls people again", () =>
    rollback(async (db) => {
      const { vista, lumina } = await twoShops(db);
      const drift = (id: string) => violations["usage_counted"]?.(db, id);
      await drift(vista.id);
      expect((await look(db)).alerts).toHaveLength(1);
      await drift(lumina.id);
      expect((await look(db)).alerts).toHaveLength(1);
      await db.query(
        "update private.invariants set alerted_at = now() - interval '25 hours' where violations > 0",
      );
      expect((await look(db)).alerts).toHaveLength(1);
      await db.query(
        "update public.usage_counters set n = n - 1 where metric = 'customers' and organization_id = any ($1)",
        [[vista.id, lumina.id]],
      );
      expect(await look(db)).toEqual({ broken: [], alerts: [] });
    }));

  test("that cannot be looked at keeps nobody from the others", async () => {
    const { owner } = database();
    await aShop();
    const { definition } = await row<{ definition: string }>(
      "select pg_get_functiondef('private.usage_now'::regproc) as definition",
    );
    await owner.query(`create or replace function private.usage_now() returns table (organization_id uuid, metric text, n bigint)
      language plpgsql as $$ begin raise exception 'too slow'; end $$`);
    try {
      await owner.query("update private.invariants set checked_at = '-infinity'");
      await expect(checkInvariants()).rejects.toThrow(AggregateError);
      const known = await count("unnest(private.invariant_names())");
      expect(await count("private.invariants where checked_at > now() - interval '1 minute'")).toBe(
        known - 1,
      );
    } finally {
      await owner.query(definition);
    }
  });
});

describe("the audit trails", () => {
  const ENTRIES = 5;

  /** Two shops with a trail each, whose turn comes before those of other stories. */
  const story = (tell: (db: Rollback, shops: { first: string; second: string }) => Promise<void>) => () =>
    rollback(async (db) => {
      const { vista, lumina } = await twoShops(db);
      for (const { id } of [vista, lumina])
        for (let n = 0; n < ENTRIES; n += 1)
          await db.query(
            "select private.append_audit($1, 'system', 'x', 'thing.done', 'things', null, null, '{}')",
            [id],
          );
      await db.query(
        `insert into private.audit_verifications (organization_id, looked_at)
         select id, 'infinity' from public.organizations where id <> all ($1)
         on conflict (organization_id) do update set looked_at = excluded.looked_at`,
        [[vista.id, lumina.id]],
      );
      const [first = "", second = ""] = [vista.id, lumina.id].sort();
      await tell(db, { first, second });
    });
  const lookAt = (db: Rollback, entries: number) =>
    db.query("select private.verify_audit_chains($1)", [entries]);
  const known = (db: Rollback, { first, second }: { first: string; second: string }) =>
    db.query(
      `select organization_id as id, seq, verified_at is not null as verified, broken_at as broken from private.audit_verifications
       where organization_id in ($1, $2) order by 1`,
      [first, second],
    );
  const change = async (db: Rollback, id: string, seq: number) => {
    await db.query("alter table public.audit_entries disable trigger user");
    await db.query(
      "update public.audit_entries set reason = 'another' where organization_id = $1 and seq = $2",
      [id, seq],
    );
  };

  test(
    "are read on from where the last look stopped, in turns, and from the beginning after the end",
    story(async (db, shops) => {
      const { first, second } = shops;
      await lookAt(db, 2);
      expect(await known(db, shops)).toEqual([{ id: first, seq: 2, verified: false, broken: null }]);
      await lookAt(db, 4);
      await lookAt(db, 2);
      expect(await known(db, shops)).toEqual([
        { id: first, seq: 4, verified: false, broken: null },
        { id: second, seq: 4, verified: false, broken: null },
      ]);
      await lookAt(db, 100);
      expect(await known(db, shops)).toEqual([
        { id: first, seq: 0, verified: true, broken: null },
        { id: second, seq: 0, verified: true, broken: null },
      ]);
      await change(db, first, 1);
      await lookAt(db, 100);
      expect(await known(db, shops)).toMatchObject([{ broken: 1 }, { broken: null }]);
    }),
  );

  test(
    "that are broken stay so until they were read through again",
    story(async (db, shops) => {
      const { first } = shops;
      await lookAt(db, 2);
      await change(db, first, 4);
      await lookAt(db, 100);
      const broken = { id: first, verified: true, broken: 4 };
      expect(await known(db, shops)).toContainEqual({ ...broken, seq: 0 });
      await db.query("update public.audit_entries set reason = null where organization_id = $1 and seq = 4", [
        first,
      ]);
      for (let look = 0; look < 2; look += 1) await lookAt(db, 2);
      expect(await known(db, shops)).toContainEqual({ ...broken, seq: 2 });
      await lookAt(db, 100);
      expect(await known(db, shops)).toContainEqual({ ...broken, seq: 0, broken: null });
    }),
  );

  test(
    "that were cut are broken where they end, with their head or without",
    story(async (db, shops) => {
      const { first, second } = shops;
      await db.query("alter table public.audit_entries disable trigger user");
      await db.query("delete from public.audit_entries where organization_id = $1 and seq = 5", [first]);
      await db.query("delete from private.audit_heads where organization_id = $1", [second]);
      await lookAt(db, 100);
      expect(await known(db, shops)).toMatchObject([
        { id: first, broken: 5 },
        { id: second, broken: 6 },
      ]);
    }),
  );

  test("are verified by a job of their own", async () => {
    const { id } = await aShop();
    await verifyAuditTrails();
    expect(
      await count("private.audit_verifications where organization_id = $1 and broken_at is null", [id]),
    ).toBe(1);
  });
});

test("a shop that pays breaks nothing", async () => {
  await pay(flow, await aShop());
  expect(await checkInvariants()).toEqual([]);
  expect(await count("private.invariants where violations > 0")).toBe(0);
});
