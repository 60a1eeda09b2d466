import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { mailReceipt } from "@/lib/receipts";
import { getOrder, listOrders, orderQuery, recordSale, voidOrder } from "@/lib/sales";
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

describe("a receipt that is mailed", () => {
  const trail = async () => {
    const { rows } = await database().owner.query(
      "select actor_name, object_id, changes from public.audit_entries where action = 'order.receipt_mailed' and organization_id = $1",
      [vista.id],
    );
    return rows as unknown[];
  };

  test.each([
    ["maria.jose@correo.cl", "m…@correo.cl"],
    ["ANA@Correo.cl", "a…@correo.cl"],
    ["x@correo.cl", "x…@correo.cl"],
  ])("to %s is in the trail as %s", async (email, shown) => {
    const { orderId } = await sell(seller);
    await mailReceipt(seller, { orderId, email });
    expect(await trail()).toEqual([
      { actor_name: vista.seller.name, object_id: orderId, changes: { receiptNumber: 1, email: shown } },
    ]);
  });

  test("of a neighbour's sale leaves nothing behind", async () => {
    const { orderId } = await sell(seller);
    const stranger = await atWork(lumina.owner);
    await expect(mailReceipt(stranger, { orderId, email: "ana@correo.cl" })).rejects.toMatchObject({
      code: "order.not_found",
    });
    expect(await trail()).toEqual([]);
  });
});
