import { expect, test } from "vitest";
import { furnish, twoShops } from "@/tests/fixtures";
import { rollback } from "@/tests/support/database";

const ours = ["payments", "refunds"] as const;

test("a shop reads its own payments and refunds and never a neighbour's", () =>
  rollback(async (db) => {
    const { vista, lumina } = await twoShops(db);
    await furnish(db, vista);
    for (const table of ours) {
      const visible = `select organization_id from public.${table}`;
      const seen = await db.as(vista.owner).query<{ organization_id: string }>(visible);
      expect(new Set(seen.map((row) => row.organization_id))).toEqual(new Set([vista.id]));
      expect(await db.as(lumina.owner).query(visible)).toEqual([]);
    }
  }));

test("only who may see the bills sees them", () =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    await furnish(db, vista);
    for (const member of [
      vista.store_manager,
      vista.seller,
      vista.cashier,
      vista.workshop,
      vista.optometrist,
    ]) {
      expect(await db.as(member).query("select id from public.payments")).toEqual([]);
      expect(await db.as(member).query("select id from public.refunds")).toEqual([]);
    }
  }));

test("nobody in a shop writes a payment, whatever the column", () =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    await furnish(db, vista);
    const owner = db.as(vista.owner);
    for (const change of [
      "status = 'succeeded'",
      "amount = 1",
      "refunded_amount = 0",
      "tier_code = 'premium'",
      "paid_at = now()",
      "redirect_url = 'x'",
    ]) {
      await expect(owner.query(`update public.payments set ${change}`), change).rejects.toMatchObject({
        code: "42501",
      });
    }
    for (const statement of [
      "delete from public.payments",
      "truncate public.payments",
      "insert into public.refunds (amount) values (1)",
    ]) {
      await expect(owner.query(statement), statement).rejects.toMatchObject({ code: "42501" });
    }
  }));

test("neither keys, hashes nor the payer's address are readable, and the inbox is out of reach", () =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    const owner = db.as(vista.owner);
    for (const column of ["idempotency_key", "request_hash", "payer_email"]) {
      await expect(owner.query(`select ${column} from public.payments`)).rejects.toMatchObject({
        code: "42501",
      });
    }
    for (const table of ["webhook_events", "payment_references", "payment_ledger", "payment_counters"]) {
      await expect(owner.query(`select * from private.${table}`), table).rejects.toMatchObject({
        code: "42501",
      });
    }
  }));

test("what moves money cannot be called by a tenant or a visitor", () =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    const calls = [
      `private.apply_payment_state('${vista.id}', gen_random_uuid(), '{"normalized":"succeeded"}', now(), '{}')`,
      `private.apply_refund_state('${vista.id}', gen_random_uuid(), '{}', now(), '{}')`,
      `private.record_checkout('${vista.id}', gen_random_uuid(), 'https://evil.test', 'GET', '[]', now())`,
      `private.fail_checkout('${vista.id}', gen_random_uuid(), 'x')`,
      "private.claim_notices('me', 10, interval '1 minute')",
      "private.sweep_payments()",
      "private.apply_due_periods()",
    ];
    for (const who of [db.as(vista.owner), db.anonymous()]) {
      for (const call of calls)
        await expect(who.query(`select ${call}`), call).rejects.toMatchObject({ code: "42501" });
    }
    await expect(
      db.anonymous().query("select private.open_payment('k', 'flow', 'CLP', 'pro', 'month', 'h', 'es')"),
    ).rejects.toMatchObject({ code: "42501" });
  }));

test("a removed owner's living token opens no payment", () =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    await db.update("public.admin_users", { status: "removed" }, { id: vista.owner.memberId });
    const opening = db
      .as(vista.owner)
      .query("select private.open_payment('a-key-12', 'flow', 'CLP', 'pro', 'month', 'h', 'es')");
    await expect(opening).rejects.toMatchObject({ code: "OP001", message: "access.forbidden" });
  }));
