import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { listParkedSales, parkSale, takeParkedSale } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let seller: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  seller = await atWork(vista.seller);
});

const NOBODY = "00000000-0000-4000-8000-000000000000";

describe("a parked sale", () => {
  const cart = { lines: [], discountBp: 0 };
  const park = (who: Member, label = "Señora del abrigo rojo", key: string = randomUUID()) =>
    parkSale(who, { key, branchId: vista.branch, label, cart });

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
