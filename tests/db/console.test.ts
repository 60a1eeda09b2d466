import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { furnish, rollback, type Shop, twoShops } from "../fixtures";
import { staff } from "./console-staff";

/** Every console function with arguments that would work. */
const calls = (shop: Shop, payment: string, notice = 1, coupon = ""): [string, unknown[]][] => [
  ["console_dashboard", []],
  ["console_organizations", ["", null, null, "newest", 50, 0]],
  ["console_organization", [shop.id]],
  [
    "console_create_organization",
    ["Óptica Nueva", "Centro", "America/Santiago", "duena@nueva.test", "pro", 14],
  ],
  ["console_invite_owner", [shop.id, "otra@duena.test"]],
  ["console_set_status", [shop.id, "suspended", "no paga hace meses"]],
  ["console_set_limit", [shop.id, "customers", 900, "acuerdo comercial"]],
  ["console_request_refund", ["refund-key-1", payment, 1_000, "cobro doble"]],
  ["console_approve_refund", [randomUUID(), true, null]],
  ["console_resolve_review", [payment, "reject", "no es de este comercio", null]],
  ["console_approve_review", [randomUUID(), true, null]],
  ["console_reconciliation", [14]],
  ["console_replay_notice", [1]],
  ["console_replay_dead_notices", ["flow"]],
  ["console_payments", [{}, 25, 0]],
  ["console_payment_totals", [{}]],
  ["console_note_export", [{}, 3]],
  ["console_note_organization_export", [{}, 3]],
  ["console_approvals", []],
  ["console_payment", [payment]],
  ["console_ask_gateway", [payment]],
  ["console_notices", [{}, 50, 0]],
  ["console_notice", [notice]],
  ["console_inbox", []],
  ["console_invariants", []],
  ["console_gateways", []],
  ["console_sealed_gateway", ["flow", "sandbox"]],
  ["console_save_gateway", ["flow", "sandbox", sealed, { apiKey: "abcd" }, false]],
  ["console_forget_gateway", ["flow", "sandbox"]],
  ["console_switch_gateway", ["flow", null, null, null]],
  ["console_pause_gateway", ["flow", true, "mantención avisada"]],
  ["console_extend_subscription", [shop.id, new Date(Date.now() + 300 * 86_400_000), "acuerdo comercial"]],
  ["console_remove_test_clock", [shop.id]],
  ["console_create_coupon", [{ code: "PRUEBA", percentBp: 2_500, duration: "once", note: "feria" }]],
  ["console_coupons", [{}, 25, 0]],
  ["console_coupon", [coupon]],
  ["console_retire_coupon", ["PRUEBA"]],
  ["console_subscriptions", [{}, 25, 0]],
  ["console_subscription_totals", [{}]],
  ["console_note_subscription_export", [{}, 3]],
  ["console_subscription", [shop.id]],
  ["console_change_plan", [shop.id, "premium", "month", "now", "acuerdo comercial"]],
  ["console_resume_subscription", [shop.id, "seguimos"]],
  ["console_cancel_subscription", [shop.id, "now", "cierra el local"]],
  ["console_play_test_clock", [shop.id, 1, null]],
  ["console_tiers", []],
  ["console_publish_tier", [newBasic]],
];
const newBasic = {
  code: "basic",
  replaces: 1,
  priceClpMonth: 49_000,
  priceClpYear: 490_000,
  priceUsdMonth: 5_900,
  priceUsdYear: 59_000,
  features: ["pos"],
};
const sealed = "v1.0123abcd.bm9uY2U.c2VhbGVk";
const writes = [
  "console_change_plan",
  "console_cancel_subscription",
  "console_resume_subscription",
  "console_play_test_clock",
  "console_publish_tier",
  "console_extend_subscription",
  "console_remove_test_clock",
  "console_create_coupon",
  "console_retire_coupon",
  "console_create_organization",
  "console_invite_owner",
  "console_set_status",
  "console_set_limit",
  "console_request_refund",
  "console_approve_refund",
  "console_resolve_review",
  "console_approve_review",
  "console_replay_notice",
  "console_replay_dead_notices",
  "console_ask_gateway",
  "console_sealed_gateway",
  "console_save_gateway",
  "console_forget_gateway",
  "console_switch_gateway",
  "console_pause_gateway",
];

describe("the console", () => {
  test("knows every function that calls itself the console's", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      const named = await db.query<{ name: string }>(
        "select proname as name from pg_proc where pronamespace = 'private'::regnamespace and proname like 'console\\_%' order by 1",
      );
      expect(named.map((row) => row.name)).toEqual(
        calls(vista, "")
          .map(([name]) => name)
          .sort(),
      );
    }));

  test("is closed to owners, to staff before the second factor, to former staff; and support may only look", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      const former = await staff(db, "super_admin");
      await db.update("public.platform_admins", { disabled_at: new Date() }, { user_id: former.userId });
      const early = await staff(db, "super_admin", false);
      const support = await staff(db, "support");
      await furnish(db, vista);
      const payment = await db.one<{ id: string }>(
        "select id from public.payments where organization_id = $1",
        [vista.id],
      );
      const { id: notice } = await db.one<{ id: number }>(
        "insert into private.webhook_events (gateway, verified_by) values ('flow', 'hint') returning id",
      );
      const coupon = { code: "LISTA", percent_bp: 1_000, duration: "once", note: "feria" };
      await db.insert("private.coupons", coupon);
      for (const [name, values] of calls(vista, payment.id, notice, coupon.code)) {
        await expect(db.as(vista.owner).call(`private.${name}`, ...values)).rejects.toMatchObject({
          message: "access.forbidden",
        });
        await expect(db.as(former).call(`private.${name}`, ...values)).rejects.toMatchObject({
          message: "access.forbidden",
        });
        await expect(db.as(early).call(`private.${name}`, ...values)).rejects.toMatchObject({
          message: "access.step_up_required",
        });
        await expect(db.anonymous().call(`private.${name}`, ...values)).rejects.toMatchObject({
          code: "42501",
        });
        const looking = db.undone(() => db.as(support).call(`private.${name}`, ...values));
        if (writes.includes(name))
          await expect(looking).rejects.toMatchObject({ message: "access.forbidden" });
        else await expect(looking).resolves.toBeDefined();
      }
    }));

  test("counts what is there: organizations, tiers, monthly value, sales, conversions", () =>
    rollback(async (db) => {
      const root = await staff(db);
      const figures = async () =>
        (await db.as(root).one<{ console_dashboard: Dashboard }>("select private.console_dashboard()"))
          .console_dashboard;
      const before = await figures();
      const { vista, lumina } = await twoShops(db);
      await furnish(db, vista);
      await db.update(
        "public.subscriptions",
        { tier_code: "premium", billing_interval: "year" },
        { organization_id: lumina.id },
      );
      const after = await figures();
      expect(after.organizations.active - before.organizations.active).toBe(2);
      // Pro pays 99 000 a month; premium 2 990 000 a year, a twelfth of which is 249 167.
      expect(after.revenue.mrr - before.revenue.mrr).toBe(99_000 + 249_167);
      expect(after.revenue.arr).toBe(after.revenue.mrr * 12);
      expect(after.engagement.orders30Days - before.engagement.orders30Days).toBe(2);
      expect(after.revenue.byMonth).toHaveLength(12);
    }));

  test("makes a shop once, with a branch, a trial and an invitation, however often the form is sent", () =>
    rollback(async (db) => {
      const root = db.as(await staff(db));
      const make = async () =>
        (
          await root.one<{ id: string }>(
            "select private.console_create_organization('Óptica Sur', 'Osorno', 'America/Santiago', 'Duena@Sur.test', 'pro', 14) as id",
          )
        ).id;
      const id = await make();
      expect(await make()).toBe(id);
      expect(await db.count("public.branches", { organization_id: id })).toBe(1);
      expect(
        await db.count("public.invitations", { organization_id: id, email: "duena@sur.test", role: "owner" }),
      ).toBe(1);
      expect(await db.count("public.audit_entries", { organization_id: id, via: "console" })).toBe(2);
      expect(await db.count("private.outbox", { name: "mail.invitation" })).toBe(1);
    }));

  test("suspends with a reason, at once, and gives back", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      const root = db.as(await staff(db));
      const set = (status: string, reason: string) =>
        root.query("select private.console_set_status($1, $2, $3)", [vista.id, status, reason]);
      await expect(set("suspended", " ")).rejects.toMatchObject({ message: "input.invalid" });
      await set("suspended", "uso indebido");
      expect(await db.as(vista.seller).count("public.customers")).toBe(0);
      await expect(set("suspended", "otra vez")).rejects.toMatchObject({ message: "conflict" });
      await set("active", "todo aclarado");
      expect(await db.as(vista.seller).count("public.customers")).toBe(1);
      expect(
        await db.count("public.audit_entries", {
          organization_id: vista.id,
          action: "organization.suspended",
          reason: "uso indebido",
        }),
      ).toBe(1);
    }));
});

interface Dashboard {
  organizations: { active: number };
  revenue: { mrr: number; arr: number; byMonth: unknown[] };
  engagement: { orders30Days: number };
}
