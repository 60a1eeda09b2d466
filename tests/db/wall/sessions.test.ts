import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { furnish, rollback, twoShops } from "../../fixtures";
import { tenantTables } from "./tables";

const UPDATE_MEMBER = "select private.update_member($1, $2, $3, false, '{}', '{}', '{}')";

describe("a token that is still alive", () => {
  test.each(["removed", "suspended"])(
    "reads nothing and writes nothing from the statement after its member was %s",
    (status) =>
      rollback(async (db) => {
        const { vista } = await twoShops(db);
        await furnish(db, vista);
        const seller = db.as(vista.seller);
        expect(await seller.count("public.customers")).toBeGreaterThan(0);
        await db.as(vista.owner).query(UPDATE_MEMBER, [vista.seller.memberId, "seller", status]);
        for (const table of await tenantTables(db)) {
          const rows = await seller.query(`select ${table.tenantColumn} from public.${table.name}`);
          expect(`${table.name}: ${rows.length}`).toBe(`${table.name}: 0`);
        }
        const { context } = await seller.one<{ context: object }>(
          "select private.session_context() as context",
        );
        expect(context).not.toHaveProperty("member");
        const sale = JSON.stringify({ branchId: vista.branch, lines: [], tenders: [] });
        await expect(
          seller.query("select private.record_sale('some-key-1', $1)", [sale]),
        ).rejects.toMatchObject({ message: "access.forbidden" });
      }),
  );

  test("is dead after signing out, and after signing out everywhere", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await db.as(vista.seller).query("select private.revoke_session()");
      expect(await db.as(vista.seller).count("public.customers")).toBe(0);
      const earlier = { ...vista.cashier, claims: { iat: Math.floor(Date.now() / 1000) - 60 } };
      const other = { ...earlier, sessionId: randomUUID() };
      expect(await db.as(other).count("public.customers")).toBe(1);
      await db.as(earlier).query("select private.revoke_all_sessions()");
      expect(await db.as(other).count("public.customers")).toBe(0);
    }));

  test("of a suspended shop sees the debt and nothing else", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await furnish(db, vista);
      await db.update("public.organizations", { status: "suspended" }, { id: vista.id });
      const owner = db.as(vista.owner);
      const seen: string[] = [];
      for (const table of await tenantTables(db)) {
        if ((await owner.query(`select ${table.tenantColumn} from public.${table.name}`)).length > 0)
          seen.push(table.name);
      }
      expect(seen).toEqual([
        "auto_renewals",
        "invoices",
        "limit_overrides",
        "organizations",
        "payments",
        "refunds",
        "subscriptions",
        "usage_counters",
      ]);
    }));

  test("of a shop whose subscription is suspended sees nothing, except the owner, who reads, exports and pays", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await furnish(db, vista);
      await db.update("public.subscriptions", { status: "suspended" }, { organization_id: vista.id });
      for (const member of [vista.store_manager, vista.seller, vista.cashier]) {
        for (const table of await tenantTables(db)) {
          if (["organizations", "usage_counters"].includes(table.name)) continue; // the notice names the shop
          expect(
            await db.as(member).query(`select ${table.tenantColumn} from public.${table.name}`),
            table.name,
          ).toEqual([]);
        }
        expect(await db.as(member).one("select private.has_permission('customers.read') as may")).toEqual({
          may: false,
        });
      }
      const owner = db.as(vista.owner);
      expect(await owner.count("public.customers")).toBe(1);
      expect(
        await owner.one(
          "select private.has_permission('customers.export') as export, private.has_permission('billing.manage') as pay, private.has_permission('customers.write') as write",
        ),
      ).toEqual({ export: true, pay: true, write: false });
      await db.update(
        "public.subscriptions",
        { status: "active", current_period_end: new Date() },
        { organization_id: vista.id },
      );
      expect(await db.as(vista.seller).count("public.customers")).toBe(1);
    }));

  test("of a person in two shops sees only the chosen one, and none while none is chosen", () =>
    rollback(async (db) => {
      const { vista, lumina } = await twoShops(db);
      await db.insert("public.admin_users", {
        organization_id: lumina.id,
        user_id: vista.seller.userId,
        email: vista.seller.email,
        full_name: "En dos ópticas",
        role: "seller",
      });
      const organizations = async (organizationId: string | null) =>
        (
          await db
            .as({ ...vista.seller, organizationId })
            .query<{ organization_id: string }>("select organization_id from public.customers")
        ).map((row) => row.organization_id);
      expect(await organizations(vista.id)).toEqual([vista.id]);
      expect(await organizations(lumina.id)).toEqual([lumina.id]);
      expect(await organizations(null)).toEqual([]);
      expect(await organizations(randomUUID())).toEqual([]);
    }));

  test("of a shop whose trial ended reads, exports and pays, but writes nothing", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await db.update(
        "public.subscriptions",
        { status: "trialing", trial_ends_at: new Date(Date.now() - 1000) },
        { organization_id: vista.id },
      );
      const owner = db.as(vista.owner);
      expect(await owner.count("public.customers")).toBe(1);
      await expect(owner.insert("public.customers", { surnames: "Rojas Soto" })).rejects.toMatchObject({
        code: "42501",
      });
      await expect(
        owner.query("select private.open_cash_session($1, 0)", [vista.branch]),
      ).rejects.toMatchObject({ message: "organization.read_only" });
      expect(await owner.one("select private.has_permission('billing.manage') as may")).toEqual({
        may: true,
      });
    }));
});

describe("nobody", () => {
  test("can make themselves platform staff, whatever the token says", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      const claims = {
        ...vista.owner.claims,
        app_metadata: { role: "super_admin" },
        user_metadata: { role: "super_admin" },
        aal: "aal2",
      };
      const owner = db.as({ ...vista.owner, claims });
      const row = {
        user_id: vista.owner.userId,
        email: "owner@vista.test",
        full_name: "Yo",
        role: "super_admin",
      };
      await expect(owner.insert("public.platform_admins", row)).rejects.toMatchObject({ code: "42501" });
      expect(await owner.one("select private.platform_role() as role")).toEqual({ role: null });
      await expect(owner.update("public.admin_users", { role: "owner" })).rejects.toMatchObject({
        code: "42501",
      });
      await expect(owner.update("public.subscriptions", { status: "active" })).rejects.toMatchObject({
        code: "42501",
      });
      await expect(owner.update("public.organizations", { status: "active" })).rejects.toMatchObject({
        code: "42501",
      });
    }));

  test("of the platform sees anything without the second factor, nor any shop's rows with it", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      const root = {
        userId: randomUUID(),
        sessionId: randomUUID(),
        email: "root@opttius.test",
        organizationId: vista.id,
      };
      await db.insert("public.platform_admins", {
        user_id: root.userId,
        email: root.email,
        full_name: "Raíz",
        role: "super_admin",
      });
      expect(await db.as(root).one("select private.platform_role() as role")).toEqual({ role: null });
      expect(await db.as(root).count("public.platform_admins")).toBe(0);
      await db.insert("private.step_ups", { session_id: root.sessionId, user_id: root.userId });
      expect(await db.as(root).one("select private.platform_role() as role")).toEqual({
        role: "super_admin",
      });
      expect(await db.as(root).count("public.platform_admins")).toBe(1);
      expect(await db.as(root).count("public.customers")).toBe(0);
    }));

  test("with a second factor of their own reads their shop before giving it", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await db.insert("private.two_factor", {
        user_id: vista.seller.userId,
        secret_encrypted: "x",
        secret_digest: Buffer.from("x"),
        confirmed_at: new Date(),
      });
      expect(await db.as(vista.seller).count("public.customers")).toBe(0);
      await db.insert("private.step_ups", {
        session_id: vista.seller.sessionId,
        user_id: vista.seller.userId,
      });
      expect(await db.as(vista.seller).count("public.customers")).toBe(1);
    }));
});

describe("a seller who was trusted with the people", () => {
  test("cannot make or invite somebody who may more than they do", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await db.update(
        "public.admin_users",
        { granted_permissions: ["users.read", "users.manage"] },
        { organization_id: vista.id, id: vista.seller.memberId },
      );
      const seller = db.as(vista.seller);
      const promote = (role: string) => seller.query(UPDATE_MEMBER, [vista.cashier.memberId, role, "active"]);
      const invite = (role: string) =>
        seller.query("select private.invite_member('nueva@vista.test', $1, false, '{}')", [role]);
      for (const role of ["owner", "store_manager"]) {
        await expect(promote(role)).rejects.toMatchObject({ message: "access.forbidden" });
        await expect(invite(role)).rejects.toMatchObject({ message: "access.forbidden" });
      }
      await promote("workshop");
      await invite("cashier");
    }));
});

describe("the audit trail", () => {
  test("cannot be changed by anyone, and shows where it was broken", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await furnish(db, vista);
      const broken = () =>
        db.one<{ seq: number | null }>("select private.first_broken_audit($1) as seq", [vista.id]);
      expect(await broken()).toEqual({ seq: null });
      await expect(db.as(vista.owner).update("public.audit_entries", { action: "x" })).rejects.toMatchObject({
        code: "42501",
      });
      await expect(db.update("public.audit_entries", { action: "x" })).rejects.toMatchObject({
        code: "42501",
      });
      await expect(db.query("truncate public.audit_entries")).rejects.toMatchObject({ code: "42501" });
      await db.query("alter table public.audit_entries disable trigger user");
      await db.undone(async () => {
        await db.query(
          "update public.audit_entries set reason = 'otra' where organization_id = $1 and seq = 3",
          [vista.id],
        );
        expect(await broken()).toEqual({ seq: 3 });
      });
      const last = await db.one<{ n: number }>(
        "select max(seq) as n from public.audit_entries where organization_id = $1",
        [vista.id],
      );
      await db.query("delete from public.audit_entries where organization_id = $1 and seq = $2", [
        vista.id,
        last.n,
      ]);
      expect(await broken()).toEqual({ seq: last.n });
    }));
});
