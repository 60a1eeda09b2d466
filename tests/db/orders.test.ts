import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import {
  approveDiscount,
  getOrder,
  listApprovers,
  listOrders,
  listParkedSales,
  orderQuery,
  parkSale,
  recordSale,
  takeParkedSale,
  voidOrder,
} from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let seller: Member;
let owner: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  owner = await atWork(vista.owner);
  seller = await atWork(vista.seller);
});

const NOBODY = "00000000-0000-4000-8000-000000000000";
const query = (wish: Record<string, unknown> = {}) => orderQuery.parse(wish);

function sell(who: Member, change: Record<string, unknown> = {}) {
  const sale = {
    branchId: vista.branch,
    lines: [{ productId: vista.exam, quantity: 1 }],
    tenders: [{ method: "debit" as const, amount: 15_000 }],
    ...change,
  };
  return recordSale(who, sale, randomUUID());
}

/** Moves sales back in time, one by one, the newest first. */
async function spread(orderIds: readonly string[], hours: number): Promise<void> {
  for (const [index, id] of orderIds.entries()) {
    await database().owner.query(
      `update public.orders set created_at = now() - make_interval(hours => $2),
         business_date = (now() - make_interval(hours => $2))::date where id = $1`,
      [id, index * hours],
    );
  }
}

describe("the list of sales", () => {
  test("shows the newest first, page after page, there and back again", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 60; n++) ids.unshift((await sell(seller)).orderId);
    // Many within the same instant: the id decides between them.
    await database().owner.query("update public.orders set created_at = date_trunc('second', created_at)");
    const first = await listOrders(seller, query());
    const second = await listOrders(seller, query({ after: first.next }));
    const third = await listOrders(seller, query({ after: second.next }));
    expect([first.rows.length, second.rows.length, third.rows.length]).toEqual([25, 25, 10]);
    expect(new Set([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id)))).toEqual(
      new Set(ids),
    );
    expect([first.previous, third.next]).toEqual([null, null]);
    const back = await listOrders(seller, query({ before: third.previous }));
    expect(back.rows).toEqual(second.rows);
    expect((await listOrders(seller, query({ before: back.previous }))).rows).toEqual(first.rows);
    expect(first).toMatchObject({ count: 60, total: 60 * 15_000 });
  });

  test("sums what was not voided, and counts everything", async () => {
    const { orderId } = await sell(seller);
    await sell(seller);
    await voidOrder(owner, { orderId, reason: "error de digitación" });
    expect(await listOrders(owner, query())).toMatchObject({ count: 2, total: 15_000 });
    expect(await listOrders(owner, query({ status: "voided" }))).toMatchObject({
      count: 1,
      total: 0,
      rows: [{ id: orderId }],
    });
  });

  test.each([
    ["2", ["second"]],
    ["N° 2", ["second"]],
    ["00000002", ["second"]],
    ["maria nunez", ["first"]],
    ["IBAÑEZ maria", ["first"]],
    ["12.345.678-5", ["first"]],
    ["pérez", []],
    ["%", []],
  ])("finds by %s", async (search, expected) => {
    const first = (await sell(seller, { customerId: vista.customer })).orderId;
    const second = (await sell(seller)).orderId;
    const names: Record<string, string> = { [first]: "first", [second]: "second" };
    const { rows } = await listOrders(seller, query({ search }));
    expect(rows.map(({ id }) => names[id])).toEqual(expected);
  });

  test("narrows to days and to a branch", async () => {
    const ids = [(await sell(owner)).orderId, (await sell(owner)).orderId, (await sell(owner)).orderId];
    await spread(ids, 48);
    await sell(owner, { branchId: vista.secondBranch });
    const day = async (id: string) => {
      const { rows } = await database().owner.query<{ on: string }>(
        'select business_date as "on" from public.orders where id = $1',
        [id],
      );
      return rows[0]?.on ?? "";
    };
    const middle = await day(ids[1] ?? "");
    expect((await listOrders(owner, query({ from: middle, to: middle }))).rows.map(({ id }) => id)).toEqual([
      ids[1],
    ]);
    expect((await listOrders(owner, query({ branchId: vista.secondBranch }))).rows).toMatchObject([
      { branchName: "Mall" },
    ]);
    expect(await listOrders(owner, query({ branchId: lumina.branch }))).toMatchObject({
      rows: [],
      count: 0,
      total: 0,
    });
  });

  test("ends at the branches in which somebody works, and at the neighbour", async () => {
    await sell(owner, { branchId: vista.secondBranch });
    const { orderId } = await sell(owner);
    expect((await listOrders(seller, query())).rows.map(({ id }) => id)).toEqual([orderId]);
    const stranger = await atWork(lumina.owner);
    expect(await listOrders(stranger, query())).toMatchObject({ rows: [], count: 0 });
    expect((await listOrders(stranger, query({ after: orderId }))).rows).toEqual([]);
  });

  test("falls back to everything where its address makes no sense", () => {
    expect(
      query({
        status: "lost",
        from: "yesterday",
        after: "x",
        size: "9",
        branchId: "y",
        search: "z".repeat(500),
      }),
    ).toEqual({
      status: null,
      from: null,
      to: null,
      after: null,
      before: null,
      size: 25,
      branchId: null,
      search: "",
    });
  });
});

describe("a sale in detail", () => {
  test("shows its lines, payments and stock, before and after it was voided", async () => {
    const sale = {
      lines: [{ productId: vista.frame, quantity: 2, discountPercent: 10 }],
      tenders: [{ method: "credit" as const, amount: 90_000 }],
    };
    const { orderId } = await sell(seller, sale);
    expect(await getOrder(seller, orderId)).toMatchObject({
      status: "completed",
      total: 90_000,
      items: [
        { productName: "Armazón clásico", quantity: 2, discountBp: 1_000, discount: 10_000, total: 90_000 },
      ],
      payments: [{ kind: "payment", method: "credit", amount: 90_000, handedOver: null }],
      movements: [{ kind: "sale", quantity: -2, balanceAfter: 8 }],
    });
    await voidOrder(owner, { orderId, reason: "el cliente se arrepintió" });
    const voided = await getOrder(owner, orderId);
    expect(voided).toMatchObject({
      status: "voided",
      voidReason: "el cliente se arrepintió",
      voidedByName: vista.owner.name,
    });
    expect(voided.payments.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    expect(voided.movements).toMatchObject([
      { quantity: -2 },
      { kind: "void", quantity: 2, balanceAfter: 10 },
    ]);
    await expect(voidOrder(owner, { orderId, reason: "otra vez" })).rejects.toMatchObject({
      code: "sale.already_voided",
    });
  });

  test("is not found where it is a neighbour's, in another branch, or nobody's", async () => {
    const { orderId } = await sell(owner, { branchId: vista.secondBranch });
    const stranger = await atWork(lumina.owner);
    for (const [who, id] of [
      [seller, orderId],
      [stranger, orderId],
      [owner, NOBODY],
    ] as const) {
      await expect(getOrder(who, id)).rejects.toMatchObject({ code: "order.not_found" });
    }
    await expect(voidOrder(stranger, { orderId, reason: "no es mía" })).rejects.toMatchObject({
      code: "order.not_found",
    });
    await expect(voidOrder(seller, { orderId, reason: "no puedo" })).rejects.toMatchObject({
      code: "access.forbidden",
    });
    expect((await getOrder(owner, orderId)).status).toBe("completed");
  });
});

describe("a parked sale", () => {
  const cart = { lines: [], discountBp: 0 };
  const park = (who: Member, label = "Señora del abrigo rojo") =>
    parkSale(who, { branchId: vista.branch, label, cart });

  test("is taken up by any till of the branch, and by one of two that reach for it", async () => {
    await park(seller);
    const cashier = await atWork(vista.cashier);
    const [parked] = await listParkedSales(cashier, vista.branch);
    expect(parked).toMatchObject({ label: "Señora del abrigo rojo", cart });
    const id = parked?.id ?? "";
    const results = await Promise.allSettled([takeParkedSale(seller, id), takeParkedSale(cashier, id)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({
      code: "parked_sale.not_found",
    });
    expect(await listParkedSales(seller, vista.branch)).toEqual([]);
  });

  test("is nobody's from outside, and goes to no strange branch", async () => {
    await park(seller);
    const [parked] = await listParkedSales(seller, vista.branch);
    const stranger = await atWork(lumina.owner);
    expect(await listParkedSales(stranger, vista.branch)).toEqual([]);
    await expect(takeParkedSale(stranger, parked?.id ?? "")).rejects.toMatchObject({
      code: "parked_sale.not_found",
    });
    for (const branchId of [vista.secondBranch, lumina.branch, NOBODY]) {
      await expect(parkSale(seller, { branchId, label: "x", cart })).rejects.toMatchObject({
        code: "branch.not_found",
      });
    }
    expect(await listParkedSales(seller, vista.branch)).toHaveLength(1);
  });

  test("is bounded: a cart is no place for other things", async () => {
    const huge = {
      branchId: vista.branch,
      label: "x",
      cart: { note: Array.from({ length: 40_000 }, () => randomUUID()).join("") },
    };
    await expect(parkSale(seller, huge)).rejects.toMatchObject({ code: "input.invalid" });
  });
});

describe("an approval at the till", () => {
  const pin = (code: string) =>
    committed((db) => db.as(vista.store_manager).query("select private.set_approval_pin($1)", [code]));
  const approve = (code: string) =>
    approveDiscount(seller, {
      branchId: vista.branch,
      approverId: vista.store_manager.memberId,
      pin: code,
      discountBp: 2_000,
    });

  test("is asked of those who may and have a code", async () => {
    expect(await listApprovers(seller, vista.branch)).toEqual([]);
    await pin("4711");
    expect(await listApprovers(seller, vista.branch)).toEqual([
      { memberId: vista.store_manager.memberId, fullName: vista.store_manager.name },
    ]);
    expect(await listApprovers(await atWork(lumina.seller), vista.branch)).toEqual([]);
  });

  test("opens one sale to the discount", async () => {
    await pin("4711");
    const approvalId = await approve("4711");
    const lines = [{ productId: vista.exam, quantity: 1, discountPercent: 20 }];
    const tenders = [{ method: "debit", amount: 12_000 }];
    await expect(sell(seller, { lines, tenders })).rejects.toMatchObject({
      code: "sale.discount_not_allowed",
    });
    expect(await sell(seller, { lines, tenders, approvalId })).toMatchObject({ total: 12_000 });
    await expect(sell(seller, { lines, tenders, approvalId })).rejects.toMatchObject({
      code: "sale.approval_invalid",
    });
  });

  test("with a wrong code is refused at the field, and closed after five", async () => {
    await pin("4711");
    for (let n = 0; n < 5; n++) {
      await expect(approve("0000")).rejects.toMatchObject({
        code: "sale.approval_invalid",
        issues: [{ pointer: "/pin" }],
      });
    }
    await expect(approve("4711")).rejects.toMatchObject({
      code: "rate.limited",
      details: { retryAfterSeconds: expect.any(Number) as number },
    });
  });
});
