import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { findTill, listParkedSales, parkSale, takeParkedSale } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let seller: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  seller = await atWork(vista.seller);
});

const NOBODY = "00000000-0000-4000-8000-000000000000";

const cart = { lines: [], discountBp: 0 };
const park = (who: Member, label = "Señora del abrigo rojo", key: string = randomUUID()) =>
  parkSale(who, { key, branchId: vista.branch, label, cart });

describe("a parked sale", () => {
  test("is taken up by any till of the branch, and by one of two that reach for it", async () => {
    await park(seller);
    const cashier = await atWork(vista.cashier);
    const [parked] = await listParkedSales(cashier, vista.branch);
    expect(parked).toMatchObject({ label: "Señora del abrigo rojo", cart });
    const id = parked?.id ?? "";
    const results = await Promise.allSettled([
      takeParkedSale(seller, { id }),
      takeParkedSale(cashier, { id }),
    ]);
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
    await expect(takeParkedSale(stranger, { id: parked?.id ?? "" })).rejects.toMatchObject({
      code: "parked_sale.not_found",
    });
    for (const branchId of [vista.secondBranch, lumina.branch, NOBODY]) {
      await expect(parkSale(seller, { key: randomUUID(), branchId, label: "x", cart })).rejects.toMatchObject(
        {
          code: "branch.not_found",
        },
      );
    }
    expect(await listParkedSales(seller, vista.branch)).toHaveLength(1);
  });

  test("is bounded: a cart is no place for other things", async () => {
    const huge = {
      key: randomUUID(),
      branchId: vista.branch,
      label: "x",
      cart: { note: Array.from({ length: 40_000 }, () => randomUUID()).join("") },
    };
    await expect(parkSale(seller, huge)).rejects.toMatchObject({ code: "input.invalid" });
  });

  test("is one although its till heard no answer and asked again, even at the same moment", async () => {
    const key = randomUUID();
    await Promise.all(Array.from({ length: 4 }, () => park(seller, "Señora del abrigo rojo", key)));
    expect(await park(seller, "Señora del abrigo azul", key)).toBe("Señora del abrigo rojo");
    expect(await listParkedSales(seller, vista.branch)).toMatchObject([{ label: "Señora del abrigo rojo" }]);
    expect(await park(seller, "Don Luis")).toBe("Don Luis");
    expect(await listParkedSales(seller, vista.branch)).toHaveLength(2);
  });

  test("does not mind that a neighbour has the same key", async () => {
    const key = randomUUID();
    await park(seller, "Don Luis", key);
    const stranger = await atWork(lumina.seller);
    await parkSale(stranger, { key, branchId: lumina.branch, label: "Doña Eva", cart });
    expect(await listParkedSales(stranger, lumina.branch)).toMatchObject([{ label: "Doña Eva" }]);
  });

  test("of another branch does not answer for a key that was used there", async () => {
    const key = randomUUID();
    const owner = await atWork(vista.owner);
    await parkSale(owner, { key, branchId: vista.secondBranch, label: "Don Luis", cart });
    await expect(park(seller, "Doña Eva", key)).rejects.toMatchObject({ code: "idempotency.key_reused" });
  });
});

describe("a parked sale that was taken up", () => {
  const gone = { code: "parked_sale.not_found" };
  let cashier: Member;
  let id: string;
  beforeEach(async () => {
    cashier = await atWork(vista.cashier);
    await park(seller, "Don Luis", "espera-de-don-luis");
    id = (await listParkedSales(seller, vista.branch))[0]?.id ?? "";
  });

  test("comes again to the till whose answer was lost, and is out of every list", async () => {
    const key = randomUUID();
    expect(await takeParkedSale(seller, { id, key })).toEqual(cart);
    expect(await takeParkedSale(seller, { id, key })).toEqual(cart);
    expect(await listParkedSales(cashier, vista.branch)).toEqual([]);
    expect(await findTill(cashier, vista.branch)).toMatchObject({ parkedCount: 0 });
  });

  test("is not sold at a second till whose first request never arrived", async () => {
    await takeParkedSale(cashier, { id, key: randomUUID() });
    const again = { id, key: randomUUID() };
    await expect(takeParkedSale(seller, again)).rejects.toMatchObject(gone);
    await expect(takeParkedSale(seller, again)).rejects.toMatchObject(gone);
    await expect(takeParkedSale(seller, { id })).rejects.toMatchObject(gone);
  });

  test("is parked no second time by the till that did not hear that it was parked", async () => {
    await takeParkedSale(cashier, { id, key: randomUUID() });
    expect(await park(seller, "Don Luis", "espera-de-don-luis")).toBe("Don Luis");
    expect(await listParkedSales(seller, vista.branch)).toEqual([]);
  });

  test("without a key, by a till of before there were any, is nobody's any more", async () => {
    expect(await takeParkedSale(seller, { id })).toEqual(cart);
    await expect(takeParkedSale(seller, { id })).rejects.toMatchObject(gone);
  });

  test("is not taken by a version of before, which deletes what it takes", async () => {
    await takeParkedSale(cashier, { id, key: randomUUID() });
    await park(seller, "Doña Eva");
    const deleted = await committed((db) => db.as(vista.seller).affected("delete from public.parked_sales"));
    expect(deleted).toBe(1);
  });

  test("is forgotten after a week, when somebody of the branch parks another", async () => {
    await takeParkedSale(cashier, { id, key: randomUUID() });
    const { owner } = database();
    const left = async () => {
      await park(seller, "Doña Eva");
      return (await owner.query("select from public.parked_sales where id = $1", [id])).rowCount;
    };
    await owner.query("update public.parked_sales set taken_at = now() - interval '6 days' where id = $1", [
      id,
    ]);
    expect(await left()).toBe(1);
    await owner.query("update public.parked_sales set taken_at = now() - interval '8 days' where id = $1", [
      id,
    ]);
    expect(await left()).toBe(0);
  });
});
