import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { findDocument, receiveStock } from "@/lib/inventory";
import { committed, database, type Member, type Shop, twoShops } from "@/tests/fixtures";
import { atWork, signIn } from "@/tests/fixtures/at-work";

// Loaded after the fixture that stands in for the framework's cookies.
const { GET: exportProducts } = await import("@/app/api/exports/products/route");

let vista: Shop;
let paper: string;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  await database().owner.query("update public.products set cost = 12345 where id = $1", [vista.frame]);
  const reception = {
    key: randomUUID(),
    branchId: vista.branch,
    note: "Guía 12",
    lines: [{ productId: vista.frame, quantity: 5, unitCost: 12_345 }],
  };
  paper = (await receiveStock(await atWork(vista.owner), reception)) ?? "";
});

async function grant(person: Member, ...permissions: string[]): Promise<void> {
  await database().owner.query("update public.admin_users set granted_permissions = $2 where id = $1", [
    person.memberId,
    permissions,
  ]);
}

describe("what goods cost the shop, on the paper with which they came in,", () => {
  const lines = async (person: Member) => (await findDocument(await atWork(person), paper))?.lines;

  test.each(["owner", "store_manager"] as const)("is read by the %s", async (role) => {
    expect(await lines(vista[role])).toMatchObject([{ quantity: 5, unitCost: 12_345 }]);
  });

  test.each(["seller", "cashier", "workshop"] as const)(
    "is not told to the %s, who reads the rest",
    async (role) => {
      expect(await lines(vista[role])).toMatchObject([{ quantity: 5, balanceAfter: 15, unitCost: null }]);
    },
  );

  test("is read by whoever takes goods in, who writes it down", async () => {
    await grant(vista.workshop, "inventory.receive");
    expect(await lines(vista.workshop)).toMatchObject([{ unitCost: 12_345 }]);
  });
});

describe("what products cost the shop, in the file of the catalogue,", () => {
  async function fileOf(person: Member): Promise<string> {
    await signIn(person);
    const request = new NextRequest("http://127.0.0.1:3000/api/exports/products");
    const response = await exportProducts(request, { params: Promise.resolve({}) });
    expect(response.status).toBe(200);
    return response.text();
  }

  test("has its column for who keeps the catalogue", async () => {
    const file = await fileOf(vista.store_manager);
    expect(file).toContain("Precio con IVA;Costo neto;Impuesto");
    expect(file).toContain(";50000;12345;Afecto a IVA;");
  });

  test("is left out for a seller who was granted the file alone", async () => {
    await grant(vista.seller, "products.export");
    const file = await fileOf(vista.seller);
    expect(file).toContain("Precio con IVA;Impuesto");
    expect(file).toContain(";50000;Afecto a IVA;");
    expect(file).not.toContain("12345");
  });
});
