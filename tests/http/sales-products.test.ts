import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { aProduct, committed, database, type Member, type Shop, twoShops } from "@/tests/fixtures";
import { cookieHeader, signIn } from "@/tests/fixtures/at-work";
import { aSale, type Refusal, send } from "./sales-till";

const { GET } = await import("@/app/api/pos/products/route");

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

async function ask(person: Member, question: Record<string, string>) {
  await signIn(person);
  const address = `http://127.0.0.1:3000/api/pos/products?${new URLSearchParams(question)}`;
  const response = await GET(new NextRequest(address, { headers: { cookie: cookieHeader() } }), {
    params: Promise.resolve({}),
  });
  return {
    status: response.status,
    body: (await response.json()) as { products: { id: string }[] } & Refusal,
  };
}

const found = async (person: Member, question: Record<string, string>) =>
  (await ask(person, { branchId: vista.branch, ...question })).body.products.map(({ id }) => id);

describe("a till asks for products", () => {
  test("by the code that was scanned, and hears all that it must know", async () => {
    const { body } = await ask(vista.seller, { branchId: vista.branch, code: "7800000000017" });
    expect(body.products).toEqual([
      {
        id: vista.frame,
        sku: "ARM-1",
        barcode: "7800000000017",
        name: "Armazón clásico",
        brand: null,
        category: "frame",
        price: 50_000,
        taxKind: "taxable",
        tracksStock: true,
        allowsNegative: false,
        stock: 10,
      },
    ]);
  });

  test.each([
    [{ code: "arm-1" }, ["frame"]],
    [{ code: "780000000001" }, []],
    [{ q: "CLASICO" }, ["frame"]],
    [{ q: "armazon clas" }, ["frame"]],
    [{ q: "100%" }, []],
    [{ category: "accessory" }, ["cleaner"]],
    [{ category: "service", q: "examen" }, ["exam"]],
    [{ category: "frame", q: "examen" }, []],
  ] as const)("with %o", async (question, names) => {
    expect(await found(vista.cashier, question)).toEqual(names.map((name) => vista[name]));
  });

  test("and sees the stock of its own branch", async () => {
    const { body } = await ask(vista.owner, {
      branchId: vista.secondBranch,
      ids: `${vista.frame},${vista.exam}`,
    });
    expect(body.products).toMatchObject([{ stock: 0 }, { stock: null }]);
  });

  test("by best sellers once there are any, and by name until then", async () => {
    expect(await found(vista.seller, {})).toEqual([vista.frame, vista.exam, vista.cleaner]);
    const products = await committed(async (db) => {
      const made: string[] = [];
      for (let n = 0; n < 13; n++) {
        const row = {
          sku: `S-${n}`,
          name: `Servicio ${n}`,
          category: "service",
          price: 1_000,
          tracks_stock: false,
        };
        made.push(await aProduct(db, vista.id, row));
      }
      return made;
    });
    const lines = products.map((productId, n) => ({ productId, quantity: n + 1 }));
    const sale = aSale(vista, { lines, tenders: [{ method: "debit", amount: 91_000 }] });
    expect((await send(vista.seller, sale)).status).toBe(201);
    expect(await found(vista.seller, {})).toEqual(products.toReversed());
  });

  test("and never finds what was archived", async () => {
    await database().owner.query("update public.products set archived_at = now() where id = $1", [
      vista.frame,
    ]);
    expect(await found(vista.seller, { code: "ARM-1" })).toEqual([]);
    expect(await found(vista.seller, { ids: vista.frame })).toEqual([]);
  });

  test("and sees none of a neighbour's, nor its stock", async () => {
    expect(await found(lumina.seller, { ids: vista.frame })).toEqual([]);
    const { body } = await ask(lumina.seller, { branchId: vista.branch, q: "armazón" });
    expect(body.products).toMatchObject([{ id: lumina.frame, stock: 0 }]);
  });

  test.each([
    [{}, "/branchId"],
    [{ branchId: "centro" }, "/branchId"],
    [{ branchId: "b", ids: "1,2" }, "/branchId"],
    [{ category: "hats" }, "/category"],
    [{ q: "q".repeat(81) }, "/q"],
    [{ code: " " }, "/code"],
    [{ price: "1" }, "/price"],
  ])("badly with %o, and hears where", async (question, pointer) => {
    const { status, body } = await ask(vista.seller, {
      ...(pointer === "/branchId" ? {} : { branchId: vista.branch }),
      ...question,
    });
    expect(status).toBe(422);
    expect(body.errors?.map((error) => error.pointer)).toContain(pointer);
  });
});
