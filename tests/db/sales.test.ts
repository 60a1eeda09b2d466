import { describe, expect, test } from "vitest";
import { type Member, rollback, type Shop, twoShops } from "../fixtures";
import type { Rollback } from "../support/database";
import type { Session } from "../support/session";

type Sale = Record<string, unknown> & { lines: unknown[]; tenders: unknown[] };
type Answer = {
  orderId: string;
  receiptNumber: number;
  net: number;
  tax: number;
  total: number;
  change: number;
  cashRounding: number;
};

let keys = 0;
const key = () => `sale-key-${++keys}`;

async function sell(db: Session, sale: Sale, idempotencyKey = key()): Promise<Answer> {
  const { record_sale } = await db.one<{ record_sale: Answer }>("select private.record_sale($1, $2)", [
    idempotencyKey,
    JSON.stringify(sale),
  ]);
  return record_sale;
}

const openDrawer = (db: Session, shop: Shop) =>
  db.query("select private.open_cash_session($1, 20000)", [shop.branch]);
const cash = (amount: number) => ({ method: "cash", amount });
const card = (amount: number) => ({ method: "debit", amount });

/** A story at one till with its drawer open. */
const atTheTill = (
  story: (shop: Shop, till: Session, db: Rollback) => Promise<void>,
  who: (shop: Shop) => Member = (shop) => shop.seller,
) =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    const till = db.as(who(vista));
    await openDrawer(till, vista);
    await story(vista, till, db);
  });

describe("a sale", () => {
  test("splits the total into net and tax, rounds the cash part and gives change", () =>
    atTheTill(async (shop, till) => {
      const answer = await sell(till, {
        branchId: shop.branch,
        lines: [
          { productId: shop.frame, quantity: 1 },
          { productId: shop.cleaner, quantity: 1 },
        ],
        tenders: [card(30_000), cash(30_000)],
      });
      // 53 990 - 30 000 = 23 990 in cash: already on a ten.
      expect(answer).toMatchObject({
        receiptNumber: 1,
        total: 53_990,
        net: 45_370,
        tax: 8_620,
        change: 6_010,
        cashRounding: 0,
      });
    }));

  test("rounds 12 346 pesos of cash up to 12 350 and leaves the total alone", () =>
    atTheTill(async (shop, till, db) => {
      await db.update("public.products", { price: 12_346 }, { id: shop.cleaner });
      const answer = await sell(till, {
        branchId: shop.branch,
        lines: [{ productId: shop.cleaner, quantity: 1 }],
        tenders: [cash(20_000)],
      });
      expect(answer).toMatchObject({ total: 12_346, cashRounding: 4, change: 7_650 });
    }));

  test("keeps exempt services out of the tax", () =>
    atTheTill(async (shop, till) => {
      const answer = await sell(till, {
        branchId: shop.branch,
        lines: [{ productId: shop.exam, quantity: 1 }],
        tenders: [card(15_000)],
      });
      expect(answer).toMatchObject({ net: 0, tax: 0, total: 15_000 });
    }));

  test("takes stock and writes the ledger; levels are the sums of movements", () =>
    atTheTill(async (shop, till, db) => {
      await sell(till, {
        branchId: shop.branch,
        lines: [{ productId: shop.frame, quantity: 3 }],
        tenders: [card(150_000)],
      });
      const level = await db.one<{ quantity: number; sum: number }>(
        `select l.quantity, (select sum(m.quantity)::int from public.stock_movements m
          where m.organization_id = l.organization_id and m.branch_id = l.branch_id and m.product_id = l.product_id) as sum
         from public.stock_levels l where l.organization_id = $1 and l.product_id = $2 and l.branch_id = $3`,
        [shop.id, shop.frame, shop.branch],
      );
      expect(level).toEqual({ quantity: 7, sum: 7 });
    }));

  test("cannot take more than there is, counting the same product over several lines", () =>
    atTheTill(async (shop, till, db) => {
      const lines = [
        { productId: shop.frame, quantity: 6 },
        { productId: shop.frame, quantity: 5 },
      ];
      await expect(
        sell(till, { branchId: shop.branch, lines, tenders: [card(550_000)] }),
      ).rejects.toMatchObject({
        code: "OP001",
        message: "sale.insufficient_stock",
      });
      expect(await db.count("public.orders", { organization_id: shop.id })).toBe(0);
    }));

  test("may go below zero where the product allows it", () =>
    atTheTill(async (shop, till, db) => {
      await db.update("public.products", { allows_negative: true }, { id: shop.frame });
      await sell(till, {
        branchId: shop.branch,
        lines: [{ productId: shop.frame, quantity: 11 }],
        tenders: [card(550_000)],
      });
      expect(await db.count("public.stock_levels", { product_id: shop.frame, quantity: -1 })).toBe(1);
    }));

  test("answers the same again for the same key, and refuses another sale under it", () =>
    atTheTill(async (shop, till, db) => {
      const sale = {
        branchId: shop.branch,
        lines: [{ productId: shop.frame, quantity: 1 }],
        tenders: [card(50_000)],
      };
      const first = await sell(till, sale, "the-same-key");
      expect(await sell(till, sale, "the-same-key")).toEqual(first);
      expect(await db.count("public.orders", { organization_id: shop.id })).toBe(1);
      const other = { ...sale, lines: [{ productId: shop.frame, quantity: 2 }], tenders: [card(100_000)] };
      await expect(sell(till, other, "the-same-key")).rejects.toMatchObject({
        message: "idempotency.key_reused",
      });
    }));

  test.each([
    ["too little", [cash(40_000)]],
    ["more on the card than is due", [card(60_000)]],
    ["cash on top of a paid card", [card(50_000), cash(1_000)]],
  ])("is refused when the tenders do not pay it: %s", (_, tenders) =>
    atTheTill(async (shop, till) => {
      const sale = { branchId: shop.branch, lines: [{ productId: shop.frame, quantity: 1 }], tenders };
      await expect(sell(till, sale)).rejects.toMatchObject({ message: "sale.payment_mismatch" });
    }),
  );

  test("in cash needs an open drawer; by card it does not", () =>
    rollback(async (db) => {
      const { vista } = await twoShops(db);
      const till = db.as(vista.seller);
      const sale = { branchId: vista.branch, lines: [{ productId: vista.cleaner, quantity: 1 }] };
      await expect(sell(till, { ...sale, tenders: [cash(4_000)] })).rejects.toMatchObject({
        message: "cash_session.required",
      });
      await expect(sell(till, { ...sale, tenders: [card(3_990)] })).resolves.toMatchObject({ total: 3_990 });
    }));

  test("in a branch where the seller does not work is as unknown as one that does not exist", () =>
    rollback(async (db) => {
      const { vista, lumina } = await twoShops(db);
      const till = db.as(vista.seller);
      for (const branchId of [vista.secondBranch, lumina.branch, "00000000-0000-4000-8000-000000000000"]) {
        await expect(
          sell(till, {
            branchId,
            lines: [{ productId: vista.cleaner, quantity: 1 }],
            tenders: [card(3_990)],
          }),
        ).rejects.toMatchObject({ message: "branch.not_found" });
      }
    }));

  test("cannot take a neighbour's product or name a neighbour's customer", () =>
    rollback(async (db) => {
      const { vista, lumina } = await twoShops(db);
      const till = db.as(vista.seller);
      const sale = {
        branchId: vista.branch,
        lines: [{ productId: lumina.cleaner, quantity: 1 }],
        tenders: [card(3_990)],
      };
      await expect(sell(till, sale)).rejects.toMatchObject({ message: "product.not_found" });
      const named = {
        ...sale,
        lines: [{ productId: vista.cleaner, quantity: 1 }],
        customerId: lumina.customer,
      };
      await expect(sell(till, named)).rejects.toMatchObject({ message: "customer.not_found" });
    }));
});

describe("a discount", () => {
  const discounted = (shop: Shop, percent: number, amount: number, approvalId?: string): Sale => ({
    branchId: shop.branch,
    lines: [{ productId: shop.frame, quantity: 1, discountPercent: percent }],
    tenders: [card(amount)],
    ...(approvalId && { approvalId }),
  });

  test("within the role's ceiling needs nobody", () =>
    atTheTill(async (shop, till) => {
      expect(await sell(till, discounted(shop, 10, 45_000))).toMatchObject({ total: 45_000 });
    }));

  test("above it needs a manager's code at the till, and the approval serves once", () =>
    atTheTill(async (shop, till, db) => {
      await expect(sell(till, discounted(shop, 20, 40_000))).rejects.toMatchObject({
        message: "sale.discount_not_allowed",
      });
      await db.as(shop.store_manager).query("select private.set_approval_pin('4711')");
      const approve = (pin: string) =>
        till.one<{ a: { approvalId?: string; problem?: string } }>(
          "select private.approve_discount($1, $2, $3, 2000, 12500) as a",
          [shop.branch, shop.store_manager.memberId, pin],
        );
      expect((await approve("0000")).a).toEqual({ problem: "sale.approval_invalid" });
      const { approvalId } = (await approve("4711")).a;
      await expect(sell(till, discounted(shop, 25, 37_500, approvalId))).rejects.toMatchObject({
        message: "sale.approval_invalid",
      });
      expect(await sell(till, discounted(shop, 20, 40_000, approvalId))).toMatchObject({ total: 40_000 });
      await expect(sell(till, discounted(shop, 20, 40_000, approvalId))).rejects.toMatchObject({
        message: "sale.approval_invalid",
      });
    }));

  test("five wrong codes close the approver for a quarter of an hour", () =>
    atTheTill(async (shop, till, db) => {
      await db.as(shop.owner).query("select private.set_approval_pin('4711')");
      const approve = async (pin: string) =>
        (
          await till.one<{ a: Record<string, unknown> }>(
            "select private.approve_discount($1, $2, $3, 2000, 10000) as a",
            [shop.branch, shop.owner.memberId, pin],
          )
        ).a;
      for (let i = 0; i < 5; i++) expect(await approve("1111")).toEqual({ problem: "sale.approval_invalid" });
      expect(await approve("4711")).toMatchObject({ problem: "rate.limited" });
    }));
});

describe("a voided sale", () => {
  test("gives the stock back, takes the cash out of a drawer and stays in the books", () =>
    atTheTill(async (shop, till, db) => {
      const { orderId } = await sell(till, {
        branchId: shop.branch,
        lines: [{ productId: shop.frame, quantity: 2 }],
        tenders: [cash(100_000)],
      });
      await expect(
        till.query("select private.void_order($1, 'error de digitación')", [orderId]),
      ).rejects.toMatchObject({ message: "access.forbidden" });
      const manager = db.as(shop.store_manager);
      await manager.query("select private.void_order($1, 'error de digitación')", [orderId]);
      expect(
        await db.count("public.stock_levels", {
          product_id: shop.frame,
          branch_id: shop.branch,
          quantity: 10,
        }),
      ).toBe(1);
      expect(
        await db.one("select sum(amount)::int as left from public.order_payments where order_id = $1", [
          orderId,
        ]),
      ).toEqual({ left: 0 });
      expect(await db.count("public.audit_entries", { object_id: orderId, action: "order.voided" })).toBe(1);
      await expect(
        manager.query("select private.void_order($1, 'otra vez')", [orderId]),
      ).rejects.toMatchObject({ message: "sale.already_voided" });
    }));
});

describe("a drawer", () => {
  test("closes with what was counted, what should be there and the difference", () =>
    atTheTill(async (shop, till, db) => {
      const { id } = await db.one<{ id: string }>(
        "select id from public.cash_sessions where organization_id = $1",
        [shop.id],
      );
      await sell(till, {
        branchId: shop.branch,
        lines: [{ productId: shop.frame, quantity: 1 }],
        tenders: [card(20_000), cash(40_000)],
      });
      await till.query("select private.move_cash('movement-1', $1, 'paid_out', 5000, 'compra de café')", [
        id,
      ]);
      await till.query("select private.move_cash('movement-1', $1, 'paid_out', 5000, 'compra de café')", [
        id,
      ]);
      const { close } = await till.one<{ close: unknown }>(
        `select private.close_cash_session($1, '{"cash": 44000, "debit": 20000, "credit": 0, "transfer": 0}', null) as close`,
        [id],
      );
      // 20 000 float + 30 000 sold in cash - 5 000 paid out once, although it was sent twice.
      expect(close).toMatchObject({
        expected: { cash: 45_000, debit: 20_000, credit: 0, transfer: 0 },
        cashDifference: -1_000,
      });
      await expect(
        till.query("select private.move_cash('movement-2', $1, 'paid_in', 1000, 'cambio')", [id]),
      ).rejects.toMatchObject({
        message: "cash_session.not_open",
      });
    }));

  test("is opened once per branch and member", () =>
    atTheTill(async (shop, till) => {
      await expect(openDrawer(till, shop)).rejects.toMatchObject({ message: "cash_session.already_open" });
    }));
});
