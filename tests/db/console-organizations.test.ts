import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { rollback, type Shop, twoShops } from "../fixtures";
import type { Rollback } from "../support/database";
import type { Session } from "../support/session";
import { staff } from "./console-staff";

interface Line {
  id: string;
  orders_30_days: number;
  last_order_at: Date | null;
}

/** The first page of what a search finds. */
const listed = (root: Session, search: string) =>
  root.call<Line>("private.console_organizations", search, null, null, "newest", 50, 0);

const rename = (db: Rollback, shop: Shop, name: string, slug: string, rut: string) =>
  db.update("public.organizations", { name, slug, rut }, { id: shop.id });

describe("the search for a shop", () => {
  test("finds by name without accents, by RUT with dots and by a member's address, and nothing by a wildcard", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await rename(db, vista, "Óptica Ñuñoa 100%", "nunoa", "76086428-5");
      const root = db.as(await staff(db));
      const ids = async (search: string) => (await listed(root, search)).map(({ id }) => id);
      for (const search of ["nunoa", "76.086.428-5", "owner@vista.test", "100%"])
        expect(await ids(search)).toContain(vista.id);
      expect(await ids("%_%")).toEqual([]);
    }));

  test("compares RUTs with what looks like one, and no name's digits or K", () =>
    rollback(async (db) => {
      const { vista, lumina } = await twoShops(db);
      await rename(db, vista, "Óptica Look", "look", "11222333-9");
      await rename(db, lumina, "Vista 2", "dos", "76086420-K");
      const root = db.as(await staff(db));
      const found = async (search: string) => {
        const rows = await listed(root, search);
        return [vista, lumina].map(({ id }) => rows.some((row) => row.id === id));
      };
      expect(await found("Óptica Look")).toEqual([true, false]);
      expect(await found("Vista 2")).toEqual([false, true]);
      expect(await found("2")).toEqual([false, true]);
      for (const search of ["864", "0-k", "calle 6086", "6086x"])
        expect([search, ...(await found(search))]).toEqual([search, false, false]);
      for (const search of ["76.086.420-k", "76086420K", "7608 6420", "420-K", "6086"])
        expect([search, ...(await found(search))]).toEqual([search, false, true]);
    }));
});

describe("what a shop sold", () => {
  test("leaves voided sales out, in the list, on its page and on the dashboard; and there test shops too", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      await sellFrames(db, vista, 2);
      const root = db.as(await staff(db));
      const voided = (where: string) =>
        db.query(
          `update public.orders set status = 'voided', voided_at = now(), void_reason = 'error de caja' where ${where}`,
        );
      expect(await sales(root, vista)).toEqual({ counts: [2, 2, 2, 1], isSold: [true, true] });
      await voided("id = (select id from public.orders limit 1)");
      expect(await sales(root, vista)).toEqual({ counts: [1, 1, 1, 1], isSold: [true, true] });
      await voided("true");
      expect(await sales(root, vista)).toEqual({ counts: [0, 0, 0, 0], isSold: [false, false] });
      await db.query("update public.orders set status = 'completed', voided_at = null, void_reason = null");
      await db.update("public.organizations", { is_test: true }, { id: vista.id });
      expect((await sales(root, vista)).counts).toEqual([2, 2, 0, 0]);
    }));
});

async function sellFrames(db: Rollback, shop: Shop, times: number): Promise<void> {
  await db.as(shop.owner).query("select private.open_cash_session($1, 20000)", [shop.branch]);
  const sale = {
    branchId: shop.branch,
    lines: [{ productId: shop.frame, quantity: 1 }],
    tenders: [{ method: "cash", amount: 50_000 }],
  };
  for (let nth = 0; nth < times; nth += 1)
    await db
      .as(shop.owner)
      .query("select private.record_sale($1, $2)", [`key-${randomUUID()}`, JSON.stringify(sale)]);
}

/** Sales of the last 30 days in the list, on the page and on the dashboard, and shops that sold this week. */
async function sales(root: Session, shop: Shop) {
  const [line] = await listed(root, shop.owner.email ?? "");
  const { page, engagement } = await root.one<{
    page: { orders30Days: number; lastOrderAt: string | null };
    engagement: { orders30Days: number; soldIn7Days: number };
  }>(
    "select private.console_organization($1) as page, private.console_dashboard() -> 'engagement' as engagement",
    [shop.id],
  );
  return {
    counts: [line?.orders_30_days, page.orders30Days, engagement.orders30Days, engagement.soldIn7Days],
    isSold: [line?.last_order_at, page.lastOrderAt].map((at) => at !== null),
  };
}
