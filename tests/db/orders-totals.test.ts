import fc from "fast-check";
import { expect, test } from "vitest";
import { type PricedLine, saleTotals, settle, type Tender } from "@/lib/sales/totals";
import { aProduct, committed, database, rollback, type Shop, twoShops } from "@/tests/fixtures";

// What a till shows is what the server will charge: the two are written twice, so they are held together here.

const line = fc.record({
  unitPrice: fc.oneof(
    fc.integer({ min: 0, max: 300_000 }),
    fc.constantFrom(1, 995, 33_333, 99_999_999, 100_000_000),
  ),
  quantity: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(9_999)),
  discountBp: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 10_000 }),
    fc.constantFrom(1, 333, 9_999, 10_000),
  ),
  taxKind: fc.constantFrom("taxable" as const, "exempt" as const),
});
const cart = fc.array(line, { minLength: 1, maxLength: 6 });
/** Parts of a total by card and by transfer, and how much more than due is handed over in cash. */
const payment = fc.record({
  card: fc.double({ min: 0, max: 1.05, noNaN: true }),
  transfer: fc.double({ min: 0, max: 1, noNaN: true }),
  handed: fc.integer({ min: -1_000, max: 20_000 }),
});

type Answer = Record<"net" | "tax" | "exempt" | "total" | "change" | "cashRounding", number>;

test("the totals that a till shows are those of the database, on any cart", () =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    await db.as(vista.owner).query("select private.open_cash_session($1, 0)", [vista.branch]);
    const till = db.as(vista.owner);
    let sales = 0;
    await fc.assert(
      fc.asyncProperty(cart, payment, async (lines, wish) => {
        const sale = await asSale(db, vista, lines);
        const totals = saleTotals(lines);
        const tenders = tendersOf(totals.total, wish);
        const { settled, change, cashRounding } = settle(totals.total, tenders);
        const attempt = till.one<{ answer: Answer }>("select private.record_sale($1, $2) as answer", [
          `property-${++sales}`,
          JSON.stringify({ ...sale, tenders, expectedTotal: totals.total }),
        ]);
        if (!settled) {
          await expect(attempt).rejects.toMatchObject({ message: "sale.payment_mismatch" });
          return;
        }
        const { net, tax, exempt, total } = totals;
        expect((await attempt).answer).toMatchObject({ net, tax, exempt, total, change, cashRounding });
        const stored = await db.one(
          'select gross, discount, item_count as "itemCount" from public.orders order by receipt_number desc limit 1',
        );
        expect(stored).toEqual({
          gross: totals.gross,
          discount: totals.discount,
          itemCount: totals.itemCount,
        });
      }),
      { numRuns: 60 },
    );
  }));

async function asSale(
  db: Parameters<Parameters<typeof rollback>[0]>[0],
  shop: Shop,
  lines: readonly PricedLine[],
) {
  const products: string[] = [];
  for (const { unitPrice, taxKind } of lines) {
    const sku = `P-${Math.random().toString(36).slice(2)}`;
    products.push(
      await aProduct(db, shop.id, {
        sku,
        name: sku,
        category: "service",
        price: unitPrice,
        tax_kind: taxKind,
        tracks_stock: false,
      }),
    );
  }
  return {
    branchId: shop.branch,
    lines: lines.map(({ quantity, discountBp }, index) => ({
      productId: products[index],
      quantity,
      ...(discountBp > 0 && { discountPercent: discountBp / 100 }),
    })),
  };
}

function tendersOf(total: number, wish: { card: number; transfer: number; handed: number }): Tender[] {
  const debit = Math.round(total * wish.card);
  const transfer = Math.round((total - debit) * wish.transfer);
  const tenders: Tender[] = [
    { method: "debit", amount: Math.max(0, debit) },
    { method: "transfer", amount: Math.max(0, transfer) },
  ];
  const { cashDue, cashRounding } = settle(total, tenders);
  const cash = Math.max(0, cashDue + cashRounding + (cashDue > 0 ? wish.handed : 0));
  return [...tenders, { method: "cash", amount: cash }];
}

test("a price that changed after the till showed its total sells nothing", async () => {
  const { vista } = await committed(twoShops);
  const sale = {
    branchId: vista.branch,
    lines: [{ productId: vista.frame, quantity: 1 }],
    tenders: [{ method: "debit", amount: 50_000 }],
    expectedTotal: 49_990,
  };
  const attempt = committed((db) =>
    db.as(vista.seller).query("select private.record_sale('one-key-of-it', $1)", [JSON.stringify(sale)]),
  );
  await expect(attempt).rejects.toMatchObject({
    code: "OP001",
    message: "sale.price_changed",
    detail: '{"total": 50000}',
  });
  const { rowCount } = await database().owner.query("select from public.orders where organization_id = $1", [
    vista.id,
  ]);
  expect(rowCount).toBe(0);
});
