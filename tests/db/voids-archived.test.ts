import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { closeDrawer, openDrawer } from "@/lib/cash-register";
import { archiveBranch, restoreBranch } from "@/lib/organizations";
import { getOrder, recordSale, voidOrder } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, stock, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let manager: Member;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
});

const REASON = "cobro doble";
const open = (who: Member) => openDrawer(who, { branchId: vista.secondBranch, float: 20_000 });
const close = (who: Member, sessionId: string, cash: number) =>
  closeDrawer(who, { sessionId, cash, debit: 0, credit: 0, transfer: 0, note: "" });

/** A lens cleaner for 3 990 pesos. */
async function sell(who: Member, method: "cash" | "debit") {
  const lines = [{ productId: vista.cleaner, quantity: 1 }];
  const tenders = [{ method, amount: method === "cash" ? 4_000 : 3_990 }];
  return (await recordSale(who, { branchId: vista.secondBranch, lines, tenders }, randomUUID())).orderId;
}

describe("a sale of an archived branch", () => {
  /** A branch that has sold all it had, for money that went into a drawer or into none. */
  async function soldOut(method: "cash" | "debit"): Promise<string> {
    await committed((db) => stock(db, vista.id, vista.secondBranch, vista.cleaner, 1));
    const drawer = method === "cash" ? await open(manager) : null;
    const orderId = await sell(manager, method);
    if (drawer) await close(manager, drawer, 23_990);
    await archiveBranch(await atWork(vista.owner), vista.secondBranch);
    return orderId;
  }

  test.each(["cash", "debit"] as const)(
    "that was paid by %s is voided once it is restored",
    async (method) => {
      const orderId = await soldOut(method);
      const voiding = { orderId, reason: REASON };
      manager = await atWork(vista.store_manager);
      expect((await getOrder(manager, orderId)).branchArchivedAt).toBeInstanceOf(Date);
      await expect(voidOrder(manager, voiding)).rejects.toMatchObject({
        code: "branch.archived",
        status: 409,
      });
      expect((await getOrder(manager, orderId)).status).toBe("completed");

      await restoreBranch(await atWork(vista.owner), vista.secondBranch);
      manager = await atWork(vista.store_manager);
      if (method === "cash") await open(manager);
      await voidOrder(manager, voiding);
      expect(await getOrder(manager, orderId)).toMatchObject({ status: "voided", branchArchivedAt: null });
    },
  );

  test("that gives back neither goods nor cash is voided as any other", async () => {
    const lines = [{ productId: vista.exam, quantity: 1 }];
    const tenders = [{ method: "debit" as const, amount: 15_000 }];
    const { orderId } = await recordSale(
      manager,
      { branchId: vista.secondBranch, lines, tenders },
      randomUUID(),
    );
    await archiveBranch(await atWork(vista.owner), vista.secondBranch);
    manager = await atWork(vista.store_manager);
    await voidOrder(manager, { orderId, reason: REASON });
    expect((await getOrder(manager, orderId)).status).toBe("voided");
  });

  test("that is archived while its sale is voided is archived no more: its goods came back", async () => {
    const owner = await atWork(vista.owner);
    await committed((db) => stock(db, vista.id, vista.secondBranch, vista.cleaner, 1));
    const orderId = await sell(owner, "debit");
    const archiving = await committed(async (db) => {
      await db.as(vista.owner).query("select private.void_order($1, $2)", [orderId, REASON]);
      const begun = Promise.allSettled([archiveBranch(owner, vista.secondBranch)]);
      await expect
        .poll(async () => (await database().owner.query("select from pg_locks where not granted")).rowCount)
        .toBe(1);
      return { begun };
    });
    expect((await archiving.begun)[0]).toMatchObject({
      status: "rejected",
      reason: { code: "branch.has_stock" },
    });
  });
});
