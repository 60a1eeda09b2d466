import { describe, expect, test } from "vitest";
import type { Rollback } from "../support/database";
import type { Session } from "../support/session";
import { manyEntries, manyPayments, reading, story } from "./console-many";

describe("among many payments", () => {
  test(
    "one of them reads what is about it: itself, its notices, its entries",
    story(async (db, root, vista) => {
      const id = await manyPayments(db, vista);
      await manyEntries(db, vista);
      await db.query(
        "insert into private.webhook_events (gateway, verified_by, status, payment_ref) values ('flow', 'sweep', 'done', $1)",
        [id],
      );
      let timeline: { kind: string; proof: string | null }[] = [];
      const page = async () => {
        const { detail } = await root.one<{ detail: { timeline: typeof timeline } }>(
          "select private.console_payment($1) as detail",
          [id],
        );
        timeline = detail.timeline;
      };
      for (const table of ["public.payments", "private.webhook_events", "public.audit_entries"])
        expect([table, await reading(db, table, page)]).toEqual([table, expect.toSatisfy((n) => n < 30)]);
      expect(timeline.map(({ kind, proof }) => proof ?? kind).sort()).toEqual(["hint", "opened", "sweep"]);
    }),
  );

  test(
    "the sweep looks up the names of those that wait",
    story(async (db, _root, vista) => {
      const id = await manyPayments(db, vista);
      await db.query(
        "update public.payments set status = 'pending', created_at = now() - interval '3 minutes' where id = $1",
        [id],
      );
      let asked = 0;
      const sweep = async () => {
        ({ asked } = await db.one<{ asked: number }>("select private.sweep_payments() as asked"));
      };
      expect(await reading(db, "private.payment_references", sweep)).toBeLessThan(30);
      expect(asked).toBe(1);
    }),
  );
});

describe("among many notices", () => {
  let db: Rollback;
  let root: Session;

  const withNotices = (tell: () => Promise<void>) =>
    story(async (transaction, caller) => {
      [db, root] = [transaction, caller];
      await db.query(
        `insert into private.webhook_events (gateway, reference, verified_by, status, received_at, payload_raw)
         select 'flow', 'n-' || n, 'hint', 'done', now() - make_interval(secs => 20000 - n), 'x' from generate_series(1, 12000) n`,
      );
      await tell();
    });

  test(
    "the log counts no further than people read",
    withNotices(async () => {
      let total = 0;
      const page = async (filter: object) => {
        const rows = await root.call<{ total: number }>("private.console_notices", filter, 25, 0);
        total = rows[0]?.total ?? 0;
      };
      expect(await reading(db, "private.webhook_events", () => page({}))).toBeLessThan(10_100);
      expect(total).toBe(10_001);
      expect(await reading(db, "private.webhook_events", () => page({ q: "n-77" }))).toBeLessThan(20);
      expect(total).toBe(1);
      for (const filter of [{ status: "dead" }, { proof: "return" }, { gateway: "paypal" }])
        expect(await reading(db, "private.webhook_events", () => page(filter))).toBeLessThan(20);
    }),
  );

  test(
    "the state of the inbox reads those that wait or are given up",
    withNotices(async () => {
      await db.query(
        "insert into private.webhook_events (gateway, verified_by, status) values ('paypal', 'signature', 'dead'), ('flow', 'sweep', 'received')",
      );
      let inbox: { gateway: string }[] = [];
      const look = async () => {
        inbox = await root.call<{ gateway: string }>("private.console_inbox");
      };
      expect(await reading(db, "private.webhook_events", look)).toBeLessThan(30);
      const { last } = await db.one<{ last: Date }>(
        "select max(received_at) as last from private.webhook_events where gateway = 'flow' and verified_by = 'hint'",
      );
      expect(inbox).toMatchObject([
        { gateway: "flow", waiting: 1, dead: 0, last_notice_at: last },
        { gateway: "paypal", waiting: 0, dead: 1 },
      ]);
    }),
  );

  test(
    "the nightly purge reads the old ones: payloads go, and what the sweep asked and settled",
    withNotices(async () => {
      await db.query(
        `insert into private.webhook_events (gateway, reference, verified_by, status, received_at, payload_raw)
         select 'flow', v || ':' || s || ':' || d, v, s, now() - make_interval(days => d), case v when 'hint' then 'y'::bytea else '' end
         from unnest(array['hint', 'sweep']) v, unnest(array['done', 'ignored', 'dead', 'received']) s, unnest(array[89, 91]) d`,
      );
      await db.query(
        "insert into private.webhook_events (gateway, verified_by, status, received_at, names_nobody) select 'flow', 'hint', 'ignored', now() - make_interval(days => d), true from unnest(array[6, 8]) d",
      );
      const purge = () => db.one<{ n: number }>("select private.purge_notice_payloads() as n");
      let n = 0;
      const night = async () => {
        ({ n } = await purge());
      };
      expect(await reading(db, "private.webhook_events", night)).toBeLessThan(60);
      // Four payloads of the gateway's, two settled questions of our own, and a hint that named nobody.
      expect(n).toBe(7);
      expect(await purge()).toEqual({ n: 0 });
      const left = await db.query<{ reference: string }>(
        "select reference from private.webhook_events where reference like 'sweep:%' order by 1",
      );
      expect(left.map(({ reference }) => reference)).toEqual(
        [89, 91]
          .flatMap((days) =>
            ["dead", "done", "ignored", "received"].map((status) => `sweep:${status}:${days}`),
          )
          .filter((reference) => !["sweep:done:91", "sweep:ignored:91"].includes(reference))
          .sort(),
      );
      const full = await db.one<{ n: number }>(
        "select count(*)::int as n from private.webhook_events where length(payload_raw) > 0 and received_at < now() - interval '90 days'",
      );
      expect(full.n).toBe(0);
    }),
  );
});
