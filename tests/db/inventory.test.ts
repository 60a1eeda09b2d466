import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import {
  adjustStock,
  findDocument,
  findGoods,
  findGoodsById,
  listDocuments,
  listMovements,
  listStock,
  receiveStock,
  transferStock,
} from "@/lib/inventory";
import type { Member } from "@/lib/security/member";
import { aProduct, committed, database, type Shop, stock, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let manager: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
});

const reception = (fields: object = {}) => ({
  key: randomUUID(),
  branchId: vista.branch,
  note: "Guía 12",
  lines: [{ productId: vista.frame, quantity: 5, unitCost: 12_000 }],
  ...fields,
});
const transfer = (fields: object = {}) => ({
  key: randomUUID(),
  branchId: vista.branch,
  toBranchId: vista.secondBranch,
  note: null,
  lines: [{ productId: vista.frame, quantity: 3 }],
  ...fields,
});
const adjustment = (fields: object = {}) => ({
  key: randomUUID(),
  branchId: vista.branch,
  productId: vista.frame,
  book: 10,
  counted: 7,
  reason: "Conteo de inventario",
  ...fields,
});

async function level(branch: string, product: string): Promise<number> {
  const { rows } = await database().owner.query<{ quantity: number }>(
    "select quantity from public.stock_levels where branch_id = $1 and product_id = $2",
    [branch, product],
  );
  return rows[0]?.quantity ?? 0;
}

/** Levels that are not the sums of their movements, or balances that do not follow from the entry before. */
async function contradictions(organization: string): Promise<unknown[]> {
  const { rows } = await database().owner.query<{ product_id: string }>(
    `select l.product_id from public.stock_levels l
     full join (select organization_id, branch_id, product_id, sum(quantity) as quantity from public.stock_movements group by 1, 2, 3) m
       using (organization_id, branch_id, product_id)
     where organization_id = $1 and l.quantity is distinct from m.quantity`,
    [organization],
  );
  return rows;
}

describe("a stock document", () => {
  test("takes goods in once, however often the form is sent", async () => {
    const form = reception();
    const ids = await Promise.all([1, 2, 3].map(() => receiveStock(manager, form)));
    expect(new Set(ids).size).toBe(1);
    expect(await level(vista.branch, vista.frame)).toBe(15);

    const paper = await findDocument(manager, ids[0] ?? "");
    expect(paper).toMatchObject({
      kind: "receive",
      note: "Guía 12",
      createdByName: vista.store_manager.name,
      lines: [{ sku: "ARM-1", quantity: 5, balanceAfter: 15, unitCost: 12_000 }],
    });
  });

  test("moves goods between branches, and leaves both as they were when there are too few", async () => {
    await transferStock(manager, transfer());
    expect([await level(vista.branch, vista.frame), await level(vista.secondBranch, vista.frame)]).toEqual([
      7, 3,
    ]);

    const tooMany = transfer({
      lines: [
        { productId: vista.cleaner, quantity: 1 },
        { productId: vista.frame, quantity: 8 },
      ],
    });
    await expect(transferStock(manager, tooMany)).rejects.toMatchObject({
      code: "stock.insufficient",
      details: { product: "Armazón clásico", available: 7 },
      issues: [{ pointer: "/lines/1/quantity", values: { available: 7 } }],
    });
    expect(await level(vista.branch, vista.cleaner)).toBe(10);
    expect(
      (await listDocuments(manager, { kind: "transfer", after: null, before: null, size: 25 })).total,
    ).toBe(1);
  });

  test("sets what was counted, with its reason in ledger and trail", async () => {
    await adjustStock(manager, adjustment());
    expect(await level(vista.branch, vista.frame)).toBe(7);
    const [entry] = await listMovements(manager, vista.frame);
    expect(entry).toMatchObject({
      kind: "adjust",
      quantity: -3,
      balanceAfter: 7,
      reason: "Conteo de inventario",
    });
    const { rows } = await database().owner.query(
      "select reason, changes -> 'quantity' as quantity from public.audit_entries where organization_id = $1 and action = 'stock.adjusted'",
      [vista.id],
    );
    expect(rows).toEqual([{ reason: "Conteo de inventario", quantity: [10, 7] }]);
  });

  test("takes no services and no neighbour's goods, and goes to no neighbour's branch", async () => {
    for (const productId of [vista.exam, lumina.frame]) {
      const lines = [{ productId, quantity: 1, unitCost: null }];
      await expect(receiveStock(manager, reception({ lines }))).rejects.toMatchObject({
        code: "product.not_found",
      });
      await expect(adjustStock(manager, adjustment({ productId }))).rejects.toMatchObject({
        code: "product.not_found",
      });
    }
    for (const branchId of [lumina.branch, randomUUID()]) {
      await expect(receiveStock(manager, reception({ branchId }))).rejects.toMatchObject({
        code: "branch.not_found",
      });
      await expect(transferStock(manager, transfer({ toBranchId: branchId }))).rejects.toMatchObject({
        code: "branch.not_found",
      });
    }
    expect(await contradictions(lumina.id)).toEqual([]);
    expect(await level(lumina.branch, lumina.frame)).toBe(10);
  });

  test("needs the right to it", async () => {
    for (const person of [vista.seller, vista.cashier, vista.workshop, vista.optometrist]) {
      const member = await atWork(person);
      await expect(receiveStock(member, reception())).rejects.toMatchObject({ code: "access.forbidden" });
      await expect(transferStock(member, transfer())).rejects.toMatchObject({ code: "access.forbidden" });
      await expect(adjustStock(member, adjustment())).rejects.toMatchObject({ code: "access.forbidden" });
    }
    expect(await level(vista.branch, vista.frame)).toBe(10);
  });

  test("is unknown to a neighbour, and to who does not work in its branch", async () => {
    const id = await receiveStock(manager, reception({ branchId: vista.secondBranch }));
    for (const person of [lumina.owner, vista.workshop]) {
      expect(await findDocument(await atWork(person), id ?? "")).toBeNull();
    }
    expect(await findDocument(manager, randomUUID())).toBeNull();
    expect(await findDocument(manager, "x")).toBeNull();
    expect(
      (await listDocuments(await atWork(vista.workshop), { kind: null, after: null, before: null, size: 25 }))
        .total,
    ).toBe(0);
  });
});

describe("many people at once", () => {
  test("two transfers in opposite directions do not wait for each other for ever", async () => {
    const others = await Promise.all(
      [1, 2, 3].map((n) =>
        committed((db) =>
          aProduct(db, vista.id, { sku: `P-${n}`, name: `P ${n}`, category: "frame", price: 1000 }),
        ),
      ),
    );
    const products = [vista.frame, vista.cleaner, ...others];
    await committed(async (db) => {
      for (const product of products) await stock(db, vista.id, vista.secondBranch, product, 100);
      for (const product of others) await stock(db, vista.id, vista.branch, product, 100);
    });
    const lines = products.map((productId) => ({ productId, quantity: 1 }));
    const results = await Promise.allSettled(
      Array.from({ length: 16 }, (_, n) =>
        transferStock(
          manager,
          n % 2 === 0
            ? transfer({ lines })
            : transfer({ branchId: vista.secondBranch, toBranchId: vista.branch, lines: lines.toReversed() }),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(await level(vista.branch, vista.frame)).toBe(10);
    expect(await contradictions(vista.id)).toEqual([]);
  });

  test("levels stay the sums of their movements, whatever happens in whatever order", async () => {
    const act = fc.record({
      what: fc.constantFrom("receive", "adjust", "transfer", "back", "sale", "void"),
      quantity: fc.integer({ min: 1, max: 9 }),
      product: fc.constantFrom("frame", "cleaner"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), fc.boolean(), async (acts, atOnce) => {
        const steps = acts.map(
          ({ what, quantity, product }) =>
            () =>
              perform(what, quantity, vista[product as "frame"]),
        );
        if (atOnce) await Promise.all(steps.map((step) => step()));
        else for (const step of steps) await step();
        expect(await contradictions(vista.id)).toEqual([]);
        const { rows } = await database().owner.query("select from public.stock_levels where quantity < 0");
        expect(rows).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});

/** Does something to the stock; what is refused changes nothing. */
async function perform(what: string, quantity: number, productId: string): Promise<void> {
  const lines = [{ productId, quantity, unitCost: null }];
  const acts: Record<string, () => Promise<unknown>> = {
    receive: () => receiveStock(manager, reception({ lines })),
    adjust: async () => {
      const book = await level(vista.branch, productId);
      return adjustStock(manager, adjustment({ productId, book, counted: quantity }));
    },
    transfer: () => transferStock(manager, transfer({ lines })),
    back: () =>
      transferStock(manager, transfer({ branchId: vista.secondBranch, toBranchId: vista.branch, lines })),
    sale: () => sell(productId, quantity),
    void: voidLastSale,
  };
  await acts[what]?.().catch((error: unknown) => {
    const refusals = [
      "stock.insufficient",
      "stock.changed",
      "sale.insufficient_stock",
      "sale.already_voided",
    ];
    if (!refusals.includes((error as { code: string }).code)) throw error;
  });
}

function sell(productId: string, quantity: number): Promise<unknown> {
  return manager.transaction(async (db) => {
    const { sql } = await import("@/lib/db");
    const { rows } = await sql<{
      price: number;
    }>`select price from public.products where id = ${productId}::uuid`.execute(db);
    const sale = {
      branchId: vista.branch,
      lines: [{ productId, quantity }],
      tenders: [{ method: "debit", amount: (rows[0]?.price ?? 0) * quantity }],
    };
    await sql`select private.record_sale(${randomUUID()}, ${JSON.stringify(sale)}::jsonb)`.execute(db);
  });
}

async function voidLastSale(): Promise<void> {
  const { sql } = await import("@/lib/db");
  await manager.transaction(async (db) => {
    await sql`select private.void_order(o.id, 'error al digitar')
      from (select id from public.orders where status = 'completed' order by created_at desc limit 1) o`.execute(
      db,
    );
  });
}

describe("the shelves", () => {
  test("show what runs out at the branch first, with the units of each branch", async () => {
    await database().owner.query("update public.products set low_stock_at = 20 where id = $1", [
      vista.cleaner,
    ]);
    await committed((db) => stock(db, vista.id, vista.secondBranch, vista.cleaner, 40));
    const query = { search: "", category: null, stock: "any", after: null, before: null, size: 25 } as const;
    const page = await listStock(manager, query);
    expect(page).toMatchObject({ total: 2, low: 1 });
    expect(page.rows[0]).toMatchObject({
      name: "Limpiador",
      isLow: true,
      levels: { [vista.branch]: 10, [vista.secondBranch]: 40 },
    });
    expect((await listStock(manager, { ...query, stock: "low" })).rows).toHaveLength(1);
    expect((await listStock(await atWork(vista.seller), query)).rows[0]?.levels).toEqual({
      [vista.branch]: 10,
    });
    expect(
      (await listStock(await atWork(lumina.owner), { ...query, search: "limpiador" })).rows[0]?.levels,
    ).toEqual({
      [lumina.branch]: 10,
    });
  });

  test("are found by a scanned code alone, or by words", async () => {
    const found = await findGoods(manager, { branchId: vista.branch, q: "7800000000017" });
    expect(found).toMatchObject([{ id: vista.frame, stock: 10, isExact: true }]);
    expect(await findGoods(manager, { branchId: vista.branch, q: "clasico armaz" })).toMatchObject([
      { id: vista.frame, isExact: false },
    ]);
    expect(await findGoods(manager, { branchId: vista.branch, q: "examen" })).toEqual([]);
    expect(await findGoods(await atWork(lumina.owner), { branchId: vista.branch, q: "ARM-1" })).toMatchObject(
      [{ id: lumina.frame, stock: 0 }],
    );
    expect(await findGoodsById(manager, vista.branch, vista.frame)).toMatchObject({
      sku: "ARM-1",
      stock: 10,
    });
    for (const id of [lumina.frame, vista.exam, "x"]) {
      expect(await findGoodsById(manager, vista.branch, id)).toBeNull();
    }
  });
});
