import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { closeDrawer, getSession, listVoidDrawers, moveCash, openDrawer } from "@/lib/cash-register";
import { getOrder, recordSale, voidOrder } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let seller: Member;
let manager: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
  seller = await atWork(vista.seller);
});

const NOBODY = "00000000-0000-4000-8000-000000000000";
const REASON = "cobro doble";
const open = (who: Member, float = 20_000, branchId = vista.branch) => openDrawer(who, { branchId, float });
const close = (who: Member, sessionId: string, counted: Record<string, number>) =>
  closeDrawer(who, { sessionId, cash: 0, debit: 0, credit: 0, transfer: 0, note: "", ...counted });
const takeOut = (who: Member, sessionId: string, amount: number) =>
  moveCash(who, { key: randomUUID(), sessionId, kind: "paid_out", amount, reason: "retiro a banco" });

/** A lens cleaner for 3 990 pesos. */
async function sell(who: Member, method: "cash" | "debit" | "transfer", branchId = vista.branch) {
  const lines = [{ productId: vista.cleaner, quantity: 1 }];
  const tenders = [{ method, amount: method === "cash" ? 4_000 : 3_990 }];
  return (await recordSale(who, { branchId, lines, tenders }, randomUUID())).orderId;
}

/** What comes of an act that begins while the owner is voiding a sale and has not finished. */
async function whileVoiding(orderId: string, act: () => Promise<void>): Promise<unknown> {
  const acting = await committed(async (db) => {
    await db.as(vista.owner).query("select private.void_order($1, $2)", [orderId, REASON]);
    const begun = Promise.allSettled([act()]);
    await expect.poll(somebodyWaits).toBe(true);
    return { begun };
  });
  return (await acting.begun)[0];
}

/** Whether a session of this database, one that looked into drawers, waits for another. */
async function somebodyWaits(): Promise<boolean> {
  const { rowCount } = await database().owner.query(
    `select from pg_locks waiting join pg_locks held on held.pid = waiting.pid
     where not waiting.granted and held.relation = 'public.cash_sessions'::regclass
       and held.database = (select oid from pg_database where datname = current_database())`,
  );
  return rowCount !== 0;
}

/** A seller whom the owner lets void, and who may not look into other drawers. */
async function sellerWhoVoids(): Promise<Member> {
  await database().owner.query(
    "update public.admin_users set granted_permissions = '{orders.void}' where id = $1",
    [vista.cashier.memberId],
  );
  return atWork(vista.cashier);
}

describe("a voided sale that was paid by card", () => {
  test("leaves the drawer that took it, as long as that is open, and not the drawer of whoever voids", async () => {
    const [theirs, own] = [await open(seller), await open(manager, 0)];
    const orderId = await sell(seller, "debit");
    await sell(seller, "debit");
    await voidOrder(manager, { orderId, reason: REASON });
    expect((await close(manager, own, {})).expected).toEqual({ cash: 0, debit: 0, credit: 0, transfer: 0 });
    expect((await close(seller, theirs, { cash: 20_000, debit: 3_990 })).expected).toMatchObject({
      debit: 3_990,
    });
  });

  test("counts in the voider's drawer once its own is closed, which then never expects less than nothing", async () => {
    const [theirs, own] = [await open(seller), await open(manager, 0)];
    const orderId = await sell(seller, "transfer");
    await close(seller, theirs, { cash: 20_000, transfer: 3_990 });
    await voidOrder(manager, { orderId, reason: REASON });
    expect((await close(manager, own, {})).expected).toMatchObject({ transfer: 0 });
    expect((await getSession(manager, own)).sums?.tenders[3]).toMatchObject({ sold: 0, voided: -3_990 });
  });

  test("takes nothing out of any drawer when it went into none", async () => {
    const orderId = await sell(seller, "debit");
    const own = await open(manager);
    await sell(manager, "debit");
    await voidOrder(manager, { orderId, reason: REASON });
    expect((await close(manager, own, { cash: 20_000, debit: 3_990 })).expected).toMatchObject({
      debit: 3_990,
    });
  });
});

describe("a voided sale that was paid in cash", () => {
  test("is given back out of the drawer that took it, unless somebody says another", async () => {
    const theirs = await open(seller);
    const first = await sell(seller, "cash");
    const second = await sell(seller, "cash");
    await voidOrder(manager, { orderId: first, reason: REASON }); // without a drawer of one's own
    const own = await open(manager, 50_000);
    await voidOrder(manager, { orderId: second, reason: REASON, sessionId: own });
    expect(await close(seller, theirs, { cash: 23_990 })).toMatchObject({ cashDifference: 0 });
    expect(await close(manager, own, { cash: 46_010 })).toMatchObject({ cashDifference: 0 });
  });

  test("comes out of the voider's drawer once its own is closed, and waits where there is none", async () => {
    const theirs = await open(seller);
    const orderId = await sell(seller, "cash");
    await close(seller, theirs, { cash: 23_990 });
    await expect(voidOrder(manager, { orderId, reason: REASON })).rejects.toMatchObject({
      code: "cash_session.required",
      issues: [{ pointer: "/sessionId" }],
    });
    expect((await getOrder(manager, orderId)).status).toBe("completed");
    const own = await open(manager);
    await voidOrder(manager, { orderId, reason: REASON });
    expect(await close(manager, own, { cash: 16_010 })).toMatchObject({ cashDifference: 0 });
  });

  test("is not given back out of a drawer that holds less", async () => {
    const theirs = await open(seller, 0);
    const orderId = await sell(seller, "cash");
    await takeOut(seller, theirs, 1_000);
    await expect(voidOrder(manager, { orderId, reason: REASON })).rejects.toMatchObject({
      code: "cash_session.not_enough_cash",
      issues: [{ pointer: "/sessionId" }],
    });
    expect((await getOrder(manager, orderId)).status).toBe("completed");
    await voidOrder(manager, { orderId, reason: REASON, sessionId: await open(manager, 10_000) });
    expect(await close(seller, theirs, { cash: 2_990 })).toMatchObject({ cashDifference: 0 });
  });

  test("is given back out of the shop's only drawer once the missing money was brought in", async () => {
    const only = await open(seller, 0);
    const orderId = await sell(seller, "cash");
    await takeOut(seller, only, 3_000);
    const voiding = { orderId, reason: REASON };
    await expect(voidOrder(manager, voiding)).rejects.toMatchObject({
      issues: [{ pointer: "/sessionId", key: "drawers.short" }],
    });
    const broughtIn = {
      key: randomUUID(),
      sessionId: only,
      kind: "paid_in",
      reason: "para devolver",
    } as const;
    await moveCash(seller, { ...broughtIn, amount: 3_000 });
    await voidOrder(manager, voiding);
    expect(await close(seller, only, { cash: 0 })).toMatchObject({ cashDifference: 0 });
  });

  test("is given back once by two who void at the same moment what the drawer can give once", async () => {
    const theirs = await open(seller, 0);
    const [first, second] = [await sell(seller, "cash"), await sell(seller, "cash")];
    await takeOut(seller, theirs, 3_990);
    const late = await whileVoiding(first, () => voidOrder(manager, { orderId: second, reason: REASON }));
    expect(late).toMatchObject({ status: "rejected", reason: { code: "cash_session.not_enough_cash" } });
    expect((await close(seller, theirs, {})).expected.cash).toBe(0);
  });

  test("comes out of one's own drawer alone for whoever may void and not review", async () => {
    const voider = await sellerWhoVoids();
    const theirs = await open(seller);
    const orderId = await sell(seller, "cash");
    const voiding = { orderId, reason: REASON };
    await expect(voidOrder(voider, voiding)).rejects.toMatchObject({ code: "cash_session.required" });
    await expect(voidOrder(voider, { ...voiding, sessionId: theirs })).rejects.toMatchObject({
      code: "cash_session.not_found",
    });
    const own = await open(voider);
    await voidOrder(voider, voiding);
    expect((await close(voider, own, { cash: 16_010 })).expected.cash).toBe(16_010);
  });

  test("comes out of no neighbour's drawer, none of another branch and none that is closed", async () => {
    const theirs = await open(seller);
    const orderId = await sell(seller, "cash");
    const elsewhere = await open(manager, 20_000, vista.secondBranch);
    const strangers = await open(await atWork(lumina.owner), 20_000, lumina.branch);
    await close(seller, theirs, { cash: 23_990 });
    for (const [sessionId, code] of [
      [strangers, "cash_session.not_found"],
      [NOBODY, "cash_session.not_found"],
      [elsewhere, "cash_session.not_found"],
      [theirs, "cash_session.not_open"],
    ] as const) {
      await expect(voidOrder(manager, { orderId, reason: REASON, sessionId })).rejects.toMatchObject({
        code,
      });
    }
    expect((await getOrder(manager, orderId)).status).toBe("completed");
  });

  test("is in the trail with the money and with whose drawer gave it", async () => {
    await open(seller);
    const orderId = await sell(seller, "cash");
    await voidOrder(manager, { orderId, reason: REASON });
    const { rows } = await database().owner.query(
      "select changes from public.audit_entries where object_id = $1 and action = 'order.voided'",
      [orderId],
    );
    expect(rows).toEqual([
      { changes: { receiptNumber: 1, total: 3_990, cash: 3_990, drawer: vista.seller.name } },
    ]);
  });
});

describe("the drawers that a voided sale can be given back from", () => {
  test("begin with the one that took it, then one's own, then the others of the branch", async () => {
    await open(await atWork(vista.cashier));
    const [theirs, own] = [await open(seller), await open(manager)];
    await open(manager, 0, vista.secondBranch);
    const order = await getOrder(manager, await sell(seller, "cash"));
    const drawers = await listVoidDrawers(manager, order);
    expect(drawers.map(({ id }) => id).slice(0, 2)).toEqual([theirs, own]);
    expect(drawers.map(({ memberName }) => memberName)).toEqual([
      vista.seller.name,
      vista.store_manager.name,
      vista.cashier.name,
    ]);
    expect(drawers.map(({ isOwn, tookSale }) => [isOwn, tookSale])).toEqual([
      [false, true],
      [true, false],
      [false, false],
    ]);
  });

  test("are one's own alone for whoever may void and not review", async () => {
    const voider = await sellerWhoVoids();
    await open(seller);
    const order = await getOrder(voider, await sell(seller, "cash"));
    expect(await listVoidDrawers(voider, order)).toEqual([]);
    const own = await open(voider);
    expect(await listVoidDrawers(voider, order)).toMatchObject([{ id: own, isOwn: true }]);
  });
});

test("a sale is voided with a reason as long as a story", async () => {
  const orderId = await sell(seller, "debit");
  await voidOrder(manager, { orderId, reason: "r".repeat(500) });
  const order = await getOrder(manager, orderId);
  expect([order.voidReason?.length, order.movements?.length]).toEqual([500, 2]);
});

test("the report of a closed drawer stays as it was printed when one of its sales is voided later", async () => {
  const theirs = await open(seller);
  await database().owner.query("update public.products set price = 3994 where id = $1", [vista.cleaner]);
  const orderId = await sell(seller, "cash"); // 3 994 pesos: 3 990 in cash
  await close(seller, theirs, { cash: 23_990 });
  const printed = await getSession(seller, theirs);
  expect(printed).toMatchObject({ saleCount: 1, voidCount: 0, sums: { rounding: -4 } });

  const own = await open(manager);
  await voidOrder(manager, { orderId, reason: REASON });
  expect(await getSession(seller, theirs)).toEqual(printed);
  await close(manager, own, { cash: 16_010 });
  expect(await getSession(manager, own)).toMatchObject({
    saleCount: 0,
    voidCount: 1,
    sums: { rounding: 4 },
    cashDifference: 0,
  });
});
