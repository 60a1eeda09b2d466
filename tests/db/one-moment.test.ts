import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { getSession } from "@/lib/cash-register";
import { getOrder } from "@/lib/sales";
import { committed, database, type Shop, twoShops } from "../fixtures";
import { atWork } from "../fixtures/at-work";
import { readWhile } from "../support/meanwhile";
import type { Session } from "../support/session";

let vista: Shop;
let drawer: string;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  await committed((db) =>
    db.as(vista.seller).query("select private.open_cash_session($1, 20000)", [vista.branch]),
  );
  const { rows } = await database().owner.query<{ id: string }>(
    "select id from public.cash_sessions where organization_id = $1 and status = 'open' and member_id = $2",
    [vista.id, vista.seller.memberId],
  );
  drawer = rows[0]?.id ?? "";
});

/** A frame for 50 000 pesos by card, at the seller's till. */
async function sell(db: Session): Promise<string> {
  const sale = {
    branchId: vista.branch,
    lines: [{ productId: vista.frame, quantity: 1 }],
    tenders: [{ method: "debit", amount: 50_000 }],
  };
  const { record_sale } = await db.one<{ record_sale: { orderId: string } }>(
    "select private.record_sale($1, $2)",
    [randomUUID(), JSON.stringify(sale)],
  );
  return record_sale.orderId;
}

const aSale = () => committed((db) => sell(db.as(vista.seller)));

/** Voiding takes an open drawer of whoever voids. */
async function voidIt(db: Session, orderId: string): Promise<void> {
  await db.query("select private.void_order($1, 'Se equivocó de armazón')", [orderId]);
}

describe("a sale that is voided while somebody opens its page", () => {
  test("is whole: not voided, with its payment and what left the shelf, and nothing that came back", async () => {
    const orderId = await aSale();
    const manager = await atWork(vista.store_manager);
    await committed((db) =>
      db.as(vista.store_manager).query("select private.open_cash_session($1, 0)", [vista.branch]),
    );
    const seen = await readWhile(
      "public.order_payments",
      () => getOrder(manager, orderId),
      (db) => voidIt(db.as(vista.store_manager), orderId),
    );
    expect(seen).toMatchObject({ status: "completed", voidedAt: null });
    expect(seen.payments.map(({ kind }) => kind)).toEqual(["payment"]);
    expect(seen.movements?.map(({ kind }) => kind)).toEqual(["sale"]);
    const after = await getOrder(manager, orderId);
    expect(after.status).toBe("voided");
    expect(after.payments.map(({ kind }) => kind)).toEqual(["payment", "void"]);
    expect(after.movements?.map(({ kind }) => kind)).toEqual(["sale", "void"]);
  });
});

describe("a drawer that is at work while somebody looks into it", () => {
  test("shows what was in it at one moment: neither the sale nor the money that came afterwards", async () => {
    await aSale();
    const seller = await atWork(vista.seller);
    const seen = await readWhile(
      "public.cash_movements",
      () => getSession(seller, drawer),
      async (db) => {
        const till = db.as(vista.seller);
        await sell(till);
        await till.query("select private.move_cash($1, $2, 'paid_in', 5000, 'Sencillo')", [
          randomUUID(),
          drawer,
        ]);
      },
    );
    expect([seen.status, seen.saleCount, seen.movements.length]).toEqual(["open", 1, 0]);
    const after = await getSession(seller, drawer);
    expect([after.status, after.saleCount, after.movements.length]).toEqual(["open", 2, 1]);
  });
});
