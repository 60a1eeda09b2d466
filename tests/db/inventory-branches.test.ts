import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { exportProducts, listProducts, productQuery } from "@/lib/catalog";
import { listStock, receiveStock, stockQuery, stockSheetColumns, transferStock } from "@/lib/inventory";
import { archiveBranch, restoreBranch } from "@/lib/organizations";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, stock, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let owner: Member;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  owner = await atWork(vista.owner);
});

const goTo = (from: string, to: string, quantity: number) =>
  transferStock(owner, {
    key: randomUUID(),
    branchId: from,
    toBranchId: to,
    note: null,
    lines: [{ productId: vista.frame, quantity }],
  });

describe("a branch with goods on its shelves", () => {
  test("is not archived before they have gone elsewhere, and says how many units they are", async () => {
    await goTo(vista.branch, vista.secondBranch, 4);
    await expect(archiveBranch(owner, vista.secondBranch)).rejects.toMatchObject({
      code: "branch.has_stock",
      status: 409,
      details: { units: 4 },
    });
    await goTo(vista.secondBranch, vista.branch, 4);
    await expect(archiveBranch(owner, vista.secondBranch)).resolves.toBeUndefined();
  });

  test("is archived all the same when nobody can move them any more, or some are owed", async () => {
    await goTo(vista.branch, vista.secondBranch, 4);
    await database().owner.query("update public.products set archived_at = now() where id = $1", [
      vista.frame,
    ]);
    await committed((db) => stock(db, vista.id, vista.secondBranch, vista.cleaner, -2));
    await expect(archiveBranch(owner, vista.secondBranch)).resolves.toBeUndefined();
  });

  test("that is being archived takes nothing in: what waited for it is told that it is gone", async () => {
    const arrivals = [
      () => goTo(vista.branch, vista.secondBranch, 1),
      () =>
        receiveStock(owner, {
          key: randomUUID(),
          branchId: vista.secondBranch,
          note: null,
          lines: [{ productId: vista.frame, quantity: 1, unitCost: null }],
        }),
    ];
    for (const arrive of arrivals) {
      const other = await database().owner.connect();
      try {
        await other.query("begin");
        await other.query("update public.branches set archived_at = now() where id = $1", [
          vista.secondBranch,
        ]);
        const arriving = arrive();
        arriving.catch(() => undefined);
        await expect
          .poll(async () => (await database().owner.query("select from pg_locks where not granted")).rowCount)
          .toBe(1);
        await other.query("commit");
        await expect(arriving).rejects.toMatchObject({ code: "branch.not_found" });
      } finally {
        await other.query("rollback").catch(() => undefined);
        other.release();
      }
      await restoreBranch(owner, vista.secondBranch);
    }
  });
});

describe("what stands in a branch that was archived with its goods, before that was refused", () => {
  beforeEach(async () => {
    await committed((db) => stock(db, vista.id, vista.secondBranch, vista.frame, 4));
    await database().owner.query("alter table public.branches disable trigger branches_guard_archiving");
    await database().owner.query("update public.branches set archived_at = now() where id = $1", [
      vista.secondBranch,
    ]);
    await database().owner.query("alter table public.branches enable trigger branches_guard_archiving");
    owner = await atWork(vista.owner);
  });

  test("is in no sum of the catalogue, on the page or in its file", async () => {
    const query = productQuery.parse({ search: "ARM-1" });
    expect((await listProducts(owner, query)).rows).toMatchObject([{ stock: 10, stockEverywhere: 10 }]);
    for await (const rows of await exportProducts(owner, query))
      expect(rows).toMatchObject([{ stock: 10, stockEverywhere: 10 }]);
  });

  test("is in no sum of the inventory's file, which has no column for that branch", async () => {
    const { rows } = await listStock(owner, stockQuery.parse({ search: "ARM-1" }));
    const columns = stockSheetColumns(
      Object.assign((key: string) => key, { has: () => true }),
      owner.branches,
    );
    expect(rows.map((row) => columns.slice(-2).map((column) => column.value(row)))).toEqual([[10, 10]]);
  });
});
