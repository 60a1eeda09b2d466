import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { adjustStock, findGoodsById, listDocuments, receiveStock, transferStock } from "@/lib/inventory";
import { archiveBranch } from "@/lib/organizations";
import type { Member } from "@/lib/security/member";
import { aProduct, committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let manager: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
});

const slip = (fields: object = {}) => ({
  key: randomUUID(),
  branchId: vista.branch,
  note: "Guía 12",
  lines: [{ productId: vista.frame, quantity: 5, unitCost: 12_000 }],
  ...fields,
});
const count = (fields: object = {}) => ({
  key: randomUUID(),
  branchId: vista.branch,
  productId: vista.frame,
  book: 10,
  counted: 9,
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

async function papers(): Promise<number> {
  return (await listDocuments(manager, { kind: null, after: null, before: null, size: 25 })).total;
}

/** One frame over the counter, by card. */
async function sellOne(): Promise<void> {
  const sale = {
    branchId: vista.branch,
    lines: [{ productId: vista.frame, quantity: 1 }],
    tenders: [{ method: "debit", amount: 50_000 }],
  };
  await committed((db) =>
    db
      .as(vista.seller)
      .query("select private.record_sale($1, $2)", [`key-${randomUUID()}`, JSON.stringify(sale)]),
  );
}

describe("a stock form whose answer was lost", () => {
  test("finds its document when it is sent again as it was", async () => {
    const form = slip();
    const first = await receiveStock(manager, form);
    expect(await receiveStock(manager, form)).toBe(first);
    expect(await level(vista.branch, vista.frame)).toBe(15);
  });

  test("is refused when it was changed meanwhile, with the document that was saved", async () => {
    const form = slip();
    const saved = await receiveStock(manager, form);
    for (const changed of [
      { lines: [{ productId: vista.frame, quantity: 6, unitCost: 12_000 }] },
      { lines: [...form.lines, { productId: vista.cleaner, quantity: 1, unitCost: null }] },
      { note: "Guía 13" },
      { branchId: vista.secondBranch },
    ]) {
      await expect(receiveStock(manager, { ...form, ...changed })).rejects.toMatchObject({
        code: "stock.already_saved",
        status: 409,
        details: { conflictsWith: saved },
      });
    }
    expect(await level(vista.branch, vista.frame)).toBe(15);
    expect(await papers()).toBe(1);
  });

  test("moves nothing twice between branches, and adjusts nothing twice", async () => {
    const lines = [{ productId: vista.frame, quantity: 3 }];
    const form = {
      key: randomUUID(),
      branchId: vista.branch,
      toBranchId: vista.secondBranch,
      note: null,
      lines,
    };
    const moved = await transferStock(manager, form);
    await expect(
      transferStock(manager, { ...form, lines: [{ productId: vista.frame, quantity: 4 }] }),
    ).rejects.toMatchObject({ code: "stock.already_saved", details: { conflictsWith: moved } });

    const counted = count({ book: 7, counted: 6 });
    const adjusted = await adjustStock(manager, counted);
    await expect(adjustStock(manager, { ...counted, counted: 5 })).rejects.toMatchObject({
      code: "stock.already_saved",
      details: { conflictsWith: adjusted },
    });
    expect([await level(vista.branch, vista.frame), await level(vista.secondBranch, vista.frame)]).toEqual([
      6, 3,
    ]);
  });

  test("acts once for two of the shop that send it under one key, and for each shop by itself", async () => {
    const form = slip();
    await receiveStock(manager, form);
    await expect(receiveStock(await atWork(vista.owner), form)).rejects.toMatchObject({
      code: "stock.already_saved",
    });
    const theirs = {
      ...form,
      branchId: lumina.branch,
      lines: [{ productId: lumina.frame, quantity: 1, unitCost: null }],
    };
    await expect(receiveStock(await atWork(lumina.owner), theirs)).resolves.toBeTruthy();
    expect(await level(lumina.branch, lumina.frame)).toBe(11);
  });

  test("is told to be saved although the branch is gone since, the product archived or the work there over", async () => {
    const received = slip({ branchId: vista.secondBranch, lines: [{ productId: vista.frame, quantity: 1 }] });
    const back = {
      key: randomUUID(),
      branchId: vista.secondBranch,
      toBranchId: vista.branch,
      note: null,
      lines: received.lines,
    };
    const there = { ...back, key: randomUUID(), branchId: vista.branch, toBranchId: vista.secondBranch };
    const counted = count({ branchId: vista.secondBranch, book: 1, counted: 0 });
    const send = async () => [
      await receiveStock(manager, received),
      await transferStock(manager, back),
      await transferStock(manager, there),
      await adjustStock(manager, counted),
    ];
    const saved = await send();
    await archiveBranch(await atWork(vista.owner), vista.secondBranch);
    await database().owner.query("update public.products set archived_at = now() where id = $1", [
      vista.frame,
    ]);
    manager = await atWork(vista.store_manager);
    expect(await send()).toEqual(saved);
    await expect(
      transferStock(manager, { ...there, lines: [{ productId: vista.frame, quantity: 2 }] }),
    ).rejects.toMatchObject({ code: "stock.already_saved" });
    await expect(transferStock(manager, { ...there, key: randomUUID() })).rejects.toMatchObject({
      code: "branch.not_found",
    });
  });

  test("that was refused may be put right and sent again", async () => {
    const form = { key: randomUUID(), branchId: vista.branch, toBranchId: vista.secondBranch, note: null };
    const send = (quantity: number) =>
      transferStock(manager, { ...form, lines: [{ productId: vista.frame, quantity }] });
    await expect(send(11)).rejects.toMatchObject({ code: "stock.insufficient" });
    await expect(send(10)).resolves.toBeTruthy();
  });

  test("of before there were marks of what a document says is taken for the same", async () => {
    const form = slip();
    const saved = await receiveStock(manager, form);
    await database().owner.query("update public.stock_documents set request_hash = null where id = $1", [
      saved,
    ]);
    expect(await receiveStock(manager, form)).toBe(saved);
    expect(await level(vista.branch, vista.frame)).toBe(15);
  });
});

describe("a count", () => {
  test("does not undo a sale that was made while the form was open", async () => {
    const form = count();
    await sellOne();
    await expect(adjustStock(manager, form)).rejects.toMatchObject({
      code: "stock.changed",
      status: 409,
      details: { available: 9 },
      issues: [{ pointer: "/counted", key: "inventory.refusals.changed", values: { available: 9 } }],
    });
    expect(await level(vista.branch, vista.frame)).toBe(9);
    expect(await papers()).toBe(0);
  });

  test("is kept once the person has seen what the books say now, under the same key", async () => {
    const form = count({ counted: 8 });
    await sellOne();
    await expect(adjustStock(manager, form)).rejects.toMatchObject({ code: "stock.changed" });
    await expect(adjustStock(manager, { ...form, book: 9 })).resolves.toBeTruthy();
    expect(await level(vista.branch, vista.frame)).toBe(8);
  });

  test("whose answer was lost is not held against a sale made after it", async () => {
    const form = count();
    const saved = await adjustStock(manager, form);
    await sellOne();
    expect(await adjustStock(manager, form)).toBe(saved);
    expect(await level(vista.branch, vista.frame)).toBe(8);
  });

  test("begins with what a branch never had, and with what is sold before it comes in", async () => {
    const seen = await findGoodsById(manager, vista.secondBranch, vista.frame);
    expect(seen?.stock).toBe(0);
    const first = count({ branchId: vista.secondBranch, book: seen?.stock, counted: 4 });
    await adjustStock(manager, first);
    expect(await level(vista.secondBranch, vista.frame)).toBe(4);

    const owed = await committed((db) =>
      aProduct(db, vista.id, {
        sku: "ENC-1",
        name: "A pedido",
        category: "lens",
        price: 1000,
        allows_negative: true,
      }),
    );
    await database().owner.query(
      "insert into public.stock_levels (organization_id, branch_id, product_id, quantity) values ($1, $2, $3, -2)",
      [vista.id, vista.branch, owed],
    );
    await adjustStock(manager, count({ productId: owed, book: -2, counted: 0 }));
    expect(await level(vista.branch, owed)).toBe(0);
  });

  test("waits for a sale that is being rung up, and then sees it", async () => {
    const till = await database().owner.connect();
    try {
      await till.query("begin");
      await till.query(
        "update public.stock_levels set quantity = quantity - 1 where branch_id = $1 and product_id = $2",
        [vista.branch, vista.frame],
      );
      const counting = adjustStock(manager, count());
      counting.catch(() => undefined);
      await expect
        .poll(async () => (await database().owner.query("select from pg_locks where not granted")).rowCount)
        .toBe(1);
      await till.query("commit");
      await expect(counting).rejects.toMatchObject({ code: "stock.changed", details: { available: 9 } });
    } finally {
      await till.query("rollback").catch(() => undefined);
      till.release();
    }
  });
});
