import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { closeDrawer, getSession, moveCash, openDrawer } from "@/lib/cash-register";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let seller: Member;
let cashier: Member;
let manager: Member;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
  cashier = await atWork(vista.cashier);
  seller = await atWork(vista.seller);
});

const open = (who: Member) => openDrawer(who, { branchId: vista.branch, float: 20_000 });
const move = (sessionId: string, kind: "paid_in" | "paid_out", amount: number, key: string = randomUUID()) =>
  ({ key, sessionId, kind, amount, reason: "compra de café" }) as const;
const count = (sessionId: string, cash: number) =>
  ({ sessionId, cash, debit: 0, credit: 0, transfer: 0, note: "" }) as const;

describe("a withdrawal that is sent again under its key", () => {
  const key = "retiro-de-las-cinco";
  const first = (sessionId: string) => move(sessionId, "paid_out", 5_000, key);

  test.each([
    ["another amount", { amount: 8_000 }],
    ["another reason", { reason: "retiro a banco" }],
    ["money that comes in", { kind: "paid_in" as const }],
  ])("and now is %s is refused, with the one that stands", async (_, change) => {
    const id = await open(seller);
    await moveCash(seller, first(id));
    await expect(moveCash(seller, { ...first(id), ...change })).rejects.toMatchObject({
      code: "idempotency.key_reused",
      details: { kind: "paid_out", amount: 5_000 },
      issues: [{ pointer: "/key", key: "cash.alreadyPaidOut", values: { amount: 5_000 } }],
    });
    expect((await getSession(seller, id)).movements).toMatchObject([{ amount: 5_000 }]);
  });

  test("and now is of another drawer is refused too", async () => {
    const [mine, theirs] = [await open(seller), await open(cashier)];
    await moveCash(seller, first(mine));
    await expect(moveCash(cashier, first(theirs))).rejects.toMatchObject({ code: "idempotency.key_reused" });
    expect((await getSession(cashier, theirs)).movements).toEqual([]);
  });

  test("is told to have been recorded although the drawer was closed meanwhile, and with what, if it changed", async () => {
    const id = await open(seller);
    await moveCash(seller, first(id));
    await closeDrawer(manager, count(id, 15_000));
    await expect(moveCash(seller, first(id))).resolves.toBeUndefined();
    await expect(moveCash(seller, { ...first(id), amount: 8_000 })).rejects.toMatchObject({
      code: "idempotency.key_reused",
      details: { kind: "paid_out", amount: 5_000 },
    });
    expect((await getSession(seller, id)).movements).toMatchObject([{ amount: 5_000 }]);
    await expect(moveCash(seller, move(id, "paid_out", 5_000))).rejects.toMatchObject({
      code: "cash_session.not_open",
    });
    await expect(moveCash(cashier, first(id))).rejects.toMatchObject({ code: "cash_session.not_found" });
  });

  test("is the same one when nothing changed, a space around the reason included", async () => {
    const id = await open(seller);
    await moveCash(seller, first(id));
    await moveCash(seller, { ...first(id), reason: " compra de café " });
    expect((await getSession(seller, id)).movements).toHaveLength(1);
  });
});

describe("a closing that is sent again", () => {
  test("is told once more to whoever sends the same count again, and to nobody else", async () => {
    const id = await open(seller);
    const counted = { ...count(id, 19_000), note: " faltan mil " };
    const closed = await closeDrawer(seller, counted);
    expect(closed).toMatchObject({ cashDifference: -1_000 });
    expect(await closeDrawer(seller, counted)).toEqual(closed);
    for (const [who, change] of [
      [seller, { cash: 20_000 }],
      [seller, { note: "" }],
      [manager, {}],
    ] as const)
      await expect(closeDrawer(who, { ...counted, ...change })).rejects.toMatchObject({
        code: "cash_session.not_open",
      });
    const { rowCount } = await database().owner.query(
      "select from public.audit_entries where action = 'cash_session.closed' and object_id = $1",
      [id],
    );
    expect(rowCount).toBe(1);
  });
});
