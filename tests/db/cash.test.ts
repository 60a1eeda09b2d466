import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import {
  cashMovement,
  closeDrawer,
  drawerClosing,
  drawerOpening,
  findOwnDrawer,
  getSession,
  listSessions,
  moveCash,
  openDrawer,
  sessionQuery,
} from "@/lib/cash-register";
import { findTill, recordSale, voidOrder } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let seller: Member;
let cashier: Member;
let manager: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
  cashier = await atWork(vista.cashier);
  seller = await atWork(vista.seller);
});

const open = (who: Member, float = 20_000) => openDrawer(who, { branchId: vista.branch, float });
const move = (sessionId: string, kind: "paid_in" | "paid_out", amount: number, key: string = randomUUID()) =>
  ({ key, sessionId, kind, amount, reason: "compra de café" }) as const;
const count = (sessionId: string, cash: number, change: Record<string, number> = {}) => ({
  sessionId,
  cash,
  debit: 0,
  credit: 0,
  transfer: 0,
  note: "",
  ...change,
});
const query = (wish: Record<string, unknown> = {}) => sessionQuery.parse(wish);

function sell(who: Member, tenders: { method: "cash" | "debit"; amount: number }[]) {
  return recordSale(
    who,
    { branchId: vista.branch, lines: [{ productId: vista.cleaner, quantity: 1 }], tenders },
    randomUUID(),
  );
}

describe("one's own drawer", () => {
  test("is there once it is open, for this person in this branch alone", async () => {
    expect(await findOwnDrawer(seller, vista.branch)).toBeNull();
    const id = await open(seller);
    expect(await findOwnDrawer(seller, vista.branch)).toMatchObject({ id, openingFloat: 20_000 });
    expect(await findOwnDrawer(cashier, vista.branch)).toBeNull();
    expect(await findOwnDrawer(seller, vista.secondBranch)).toBeNull();
    expect(await findTill(seller, vista.branch)).toEqual({ drawerId: id, parkedCount: 0 });
    await expect(open(seller)).rejects.toMatchObject({ code: "cash_session.already_open" });
  });

  test("opens in no strange branch and for nobody without the right", async () => {
    for (const branchId of [vista.secondBranch, lumina.branch]) {
      await expect(openDrawer(seller, { branchId, float: 0 })).rejects.toMatchObject({
        code: "branch.not_found",
      });
    }
    await expect(open(await atWork(vista.optometrist))).rejects.toMatchObject({ code: "access.forbidden" });
  });

  test("does not tell what it should hold until it was counted", async () => {
    const id = await open(seller);
    await sell(seller, [{ method: "cash", amount: 4_000 }]);
    for (const who of [seller, manager]) {
      const report = await getSession(who, id);
      expect(report).toMatchObject({ status: "open", expected: null, sums: null, cashDifference: null });
    }
  });

  test("moves money once for one key, and gives out no more than there is", async () => {
    const id = await open(seller);
    const movement = move(id, "paid_out", 5_000);
    await Promise.all(Array.from({ length: 8 }, () => moveCash(seller, movement)));
    await moveCash(seller, move(id, "paid_in", 1_000));
    expect((await getSession(seller, id)).movements).toMatchObject([
      { kind: "paid_out", amount: 5_000, reason: "compra de café" },
      { kind: "paid_in", amount: 1_000 },
    ]);
    await expect(moveCash(seller, move(id, "paid_out", 16_001))).rejects.toMatchObject({
      code: "cash_session.not_enough_cash",
    });
    await expect(moveCash(cashier, move(id, "paid_out", 1))).rejects.toMatchObject({
      code: "cash_session.not_found",
    });
    await expect(moveCash(await atWork(lumina.owner), move(id, "paid_out", 1))).rejects.toMatchObject({
      code: "cash_session.not_found",
    });
  });
});

describe("closing", () => {
  test("shows what was counted against what sales, voided sales, rounding and movements left", async () => {
    const id = await open(seller);
    await sell(seller, [{ method: "cash", amount: 5_000 }]); // 3 990 stay
    await sell(seller, [
      { method: "debit", amount: 2_000 },
      { method: "cash", amount: 2_000 },
    ]); // 1 990 stay
    const { orderId } = await sell(seller, [{ method: "cash", amount: 4_000 }]);
    const own = await open(manager, 50_000);
    await voidOrder(manager, { orderId, reason: "cobro doble", sessionId: own });
    await moveCash(seller, move(id, "paid_in", 10_000));
    await moveCash(seller, move(id, "paid_out", 3_000));

    const closed = await closeDrawer(seller, count(id, 36_000, { debit: 2_000 }));
    // 20 000 + 3 990 + 1 990 + 3 990 + 10 000 - 3 000; the void came out of the manager's drawer.
    expect(closed).toEqual({
      expected: { cash: 36_970, debit: 2_000, credit: 0, transfer: 0 },
      counted: { cash: 36_000, debit: 2_000, credit: 0, transfer: 0 },
      cashDifference: -970,
    });
    const report = await getSession(seller, id);
    expect(report).toMatchObject({
      status: "closed",
      saleCount: 3,
      voidCount: 0,
      cashDifference: -970,
      note: null,
    });
    expect(report.sums?.tenders).toMatchObject([
      { method: "cash", sold: 9_970, voided: 0, payments: 3 },
      { method: "debit", sold: 2_000, voided: 0, payments: 1 },
      { method: "credit", sold: 0 },
      { method: "transfer", sold: 0 },
    ]);
    await closeDrawer(manager, count(own, 46_010));
    const theirs = await getSession(manager, own);
    expect(theirs).toMatchObject({ saleCount: 0, voidCount: 1 });
    expect(theirs.sums?.tenders[0]).toMatchObject({ sold: 0, voided: -3_990 });
  });

  test("is final, and done once", async () => {
    const id = await open(seller);
    const results = await Promise.allSettled([
      closeDrawer(seller, count(id, 20_000)),
      closeDrawer(seller, count(id, 1)),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({
      code: "cash_session.not_open",
    });
    expect(await findOwnDrawer(seller, vista.branch)).toBeNull();
  });

  test("of somebody else's drawer is for whoever reviews", async () => {
    const id = await open(seller);
    await expect(closeDrawer(cashier, count(id, 0))).rejects.toMatchObject({
      code: "cash_session.not_found",
    });
    await expect(closeDrawer(await atWork(lumina.owner), count(id, 0))).rejects.toMatchObject({
      code: "cash_session.not_found",
    });
    expect(await closeDrawer(manager, { ...count(id, 20_000), note: "Se fue sin cerrar" })).toMatchObject({
      cashDifference: 0,
    });
    expect(await getSession(seller, id)).toMatchObject({ status: "closed", note: "Se fue sin cerrar" });
  });
});

describe("the list of drawers", () => {
  test("is one's own, and everybody's for whoever reviews", async () => {
    const [mine, theirs] = [await open(seller), await open(cashier)];
    const ids = async (who: Member) => (await listSessions(who, query())).rows.map(({ id }) => id).toSorted();
    expect(await ids(seller)).toEqual([mine]);
    expect(await ids(manager)).toEqual([mine, theirs].toSorted());
    expect(await ids(await atWork(lumina.owner))).toEqual([]);
    await expect(getSession(seller, theirs)).rejects.toMatchObject({ code: "cash_session.not_found" });
    expect(await getSession(manager, theirs)).toMatchObject({ memberName: vista.cashier.name });
  });

  test("pages there and back, and narrows to a state", async () => {
    for (let n = 0; n < 30; n++) {
      const id = await open(seller, n);
      if (n < 29) await closeDrawer(seller, count(id, n));
    }
    const first = await listSessions(seller, query());
    const second = await listSessions(seller, query({ after: first.next }));
    expect([first.count, first.rows.length, second.rows.length, second.next]).toEqual([30, 25, 5, null]);
    expect(first.rows[0]).toMatchObject({ status: "open", openingFloat: 29 });
    expect((await listSessions(seller, query({ before: second.previous }))).rows).toEqual(first.rows);
    expect(await listSessions(seller, query({ status: "open" }))).toMatchObject({
      count: 1,
      rows: [{ openingFloat: 29 }],
    });
  });
});

describe("what people type", () => {
  const pointers = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) =>
    result.error?.issues.map(({ path }) => path.join("/"));

  test.each([
    ["20000", 20_000],
    [" 0 ", 0],
    [15_000, 15_000],
  ])("%o is a float of %i pesos", (float, pesos) => {
    expect(drawerOpening.parse({ branchId: vista.branch, float })).toMatchObject({ float: pesos });
  });

  test.each(["", "20.000", "1e3", "-5", "12,5", 1.5, "100000001", null])("%o is no float", (float) => {
    expect(pointers(drawerOpening.safeParse({ branchId: vista.branch, float }))).toEqual(["float"]);
  });

  test("nothing counted is not zero counted", () => {
    const typed = { sessionId: vista.branch, cash: "", debit: "0", credit: "0", transfer: "0" };
    expect(pointers(drawerClosing.safeParse(typed))).toEqual(["cash"]);
  });

  test("money moves with a reason and a key, and never by nothing", () => {
    const typed = { key: "k", sessionId: "s", kind: "lost", amount: "0", reason: "x" };
    expect(pointers(cashMovement.safeParse(typed))?.toSorted()).toEqual([
      "amount",
      "key",
      "kind",
      "reason",
      "sessionId",
    ]);
  });
});
