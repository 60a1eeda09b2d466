import { describe, expect, test } from "vitest";
import type { Shop } from "../fixtures";
import type { Rollback } from "../support/database";
import type { Session } from "../support/session";
import { MANY, manyEntries, manyPayments, reading, story } from "./console-many";

/** Sales of long ago, one a minute; the last of them is as many days old as told. */
const manySales = (db: Rollback, shop: Shop, daysOld: number) =>
  db.query(
    `insert into public.orders (organization_id, branch_id, receipt_number, member_id, sold_by_name, business_date, item_count, gross,
       discount, net, tax, exempt, total, idempotency_key, request_hash, created_at)
     select $1, $2, n, $3, 'Ana', current_date, 1, 119, 0, 100, 19, 0, 119, 'sale-of-many-' || n, '',
       now() - make_interval(days => $4) - make_interval(mins => n - 1) from generate_series(1, $5::int) n`,
    [shop.id, shop.branch, shop.seller.memberId, daysOld, MANY],
  );

describe("of a shop with many entries in its trail", () => {
  test(
    "its page reads the last ones",
    story(async (db, root, vista) => {
      await db.query(
        "select private.append_audit($1, 'shop', 'Ana', 'order.recorded', 'orders', null, null, '{}') from generate_series(1, 500)",
        [vista.id],
      );
      const page = () => root.call("private.console_organization", vista.id);
      expect(await reading(db, "public.audit_entries", page)).toBeLessThan(100);
    }),
  );

  test(
    "the history of its subscription reads what is about that, and knows of its clock",
    story(async (db, root, vista, lumina) => {
      await db.query(
        "select private.append_audit($1, 'console', 'Raíz', 'subscription.clock_set', 'organizations', $1, null, '{}')",
        [vista.id],
      );
      await db.query(
        "select private.append_audit($1, 'console', 'Raíz', 'organization.renamed', 'organizations', $1, null, '{}')",
        [vista.id],
      );
      await db.query(
        "select private.append_audit($1, 'system', 'billing', 'auto_renewal.review', 'auto_renewals', null, null, '{}')",
        [vista.id],
      );
      await manyEntries(db, vista);
      // Most shops have many such entries, as far as the planner knows: this one has few.
      await manyEntries(db, lumina, "subscriptions");
      let history: string[] = [];
      const page = async () => {
        const { detail } = await root.one<{ detail: { history: { action: string }[] } }>(
          "select private.console_subscription($1) as detail",
          [vista.id],
        );
        history = detail.history.map(({ action }) => action);
      };
      expect(await reading(db, "public.audit_entries", page)).toBeLessThan(100);
      expect(history).toEqual(["auto_renewal.review", "subscription.clock_set"]);
    }),
  );
});

describe("of a shop with many sales", () => {
  const looks: [string, (root: Session, shop: Shop) => Promise<unknown>][] = [
    [
      "the list",
      (root) => root.call("private.console_organizations", "vista.test", null, null, "newest", 50, 0),
    ],
    ["its page", (root, { id }) => root.call("private.console_organization", id)],
  ];

  test.each(looks)("%s reads the last one, and those of a month", (_, look) =>
    story(async (db, root, vista) => {
      await manySales(db, vista, 31);
      expect(await reading(db, "public.orders", () => look(root, vista))).toBeLessThan(20);
    })(),
  );
});

describe("among many payments", () => {
  test(
    "the dashboard adds up the year's revenue without reading them",
    story(async (db, root, vista) => {
      await manyPayments(db, vista);
      await db.query(
        `insert into private.ledger_transactions (id, organization_id, kind, source, currency, payment_id, at)
         select p.id, p.organization_id, 'payment', p.id, 'CLP', p.id, p.created_at from public.payments p where p.organization_id = $1`,
        [vista.id],
      );
      await db.query(
        `insert into private.ledger_entries (transaction_id, line, organization_id, currency, account, amount)
         select t.id, l.line, t.organization_id, t.currency, l.account, l.amount from private.ledger_transactions t
         cross join (values (1, 'gateway:flow', 1000), (2, 'revenue', -1000)) l (line, account, amount) where t.organization_id = $1`,
        [vista.id],
      );
      let revenue = 0;
      const look = async () => {
        const { figures } = await root.one<{ figures: { revenue: { byMonth: { amount: number }[] } } }>(
          "select private.console_dashboard() as figures",
        );
        revenue = figures.revenue.byMonth.reduce((sum, { amount }) => sum + amount, 0);
      };
      expect(await reading(db, "public.payments", look)).toBeLessThan(50);
      expect(revenue).toBe(MANY * 1_000);
    }),
  );

  test(
    "a page of them reads that page, wherever it begins",
    story(async (db, root, vista) => {
      const newest = await manyPayments(db, vista);
      const page = (after: string | null) => () =>
        root.query("select id from private.console_payments('{}', 25, 0, $1)", [after]);
      for (const after of [null, newest])
        expect(await reading(db, "public.payments", page(after))).toBeLessThan(60);
    }),
  );
});
