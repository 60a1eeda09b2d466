import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { committed, database, type Member, type Shop, twoShops } from "@/tests/fixtures";
import { setCookie, signIn, signOut } from "@/tests/fixtures/at-work";

// Loaded after the fixture that stands in for the framework's cookies.
const { GET: search } = await import("@/app/api/search/route");
const { GET: searchGoods } = await import("@/app/api/search/goods/route");

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  await database().owner.query("update public.customers set phone = '+56912345678'");
  await committed(async (db) => {
    await db.as(vista.seller).query("select private.open_cash_session($1, 20000)", [vista.branch]);
    const sale = {
      branchId: vista.branch,
      customerId: vista.customer,
      lines: [{ productId: vista.frame, quantity: 1 }],
      tenders: [{ method: "debit", amount: 50_000 }],
    };
    await db
      .as(vista.seller)
      .query("select private.record_sale('clave-de-venta', $1)", [JSON.stringify(sale)]);
  });
});

interface Group {
  kind: string;
  label: string;
  items: { id: string; title: string; subtitle: string; href: string }[];
}

async function ask(person: Member, q: string): Promise<Group[]> {
  await signIn(person);
  const request = new NextRequest(`http://127.0.0.1:3000/api/search?${new URLSearchParams({ q })}`);
  const response = await search(request, { params: Promise.resolve({}) });
  expect(response.status).toBe(200);
  return ((await response.json()) as { groups: Group[] }).groups;
}

describe("the quick search", () => {
  test.each([
    "12.345.678-5",
    "123456785",
    "12345678-5",
    "nunez",
    "María Núñez",
    "ibanez maria",
    "9 1234 5678",
    "+56912345678",
  ])("finds a customer by %s", async (q) => {
    const [group] = await ask(vista.seller, q);
    expect(group).toMatchObject({
      kind: "customers",
      label: "Clientes",
      items: [
        {
          id: vista.customer,
          title: "María José Núñez Ibáñez",
          subtitle: "12.345.678-5 · +56 9 1234 5678",
          href: `/customers/${vista.customer}`,
        },
      ],
    });
  });

  test.each(["clasico", "ARM-1", "arm-1", "7800000000017"])("finds a product by %s", async (q) => {
    const groups = await ask(vista.workshop, q);
    expect(groups).toMatchObject([
      {
        kind: "products",
        items: [{ title: "Armazón clásico", subtitle: "ARM-1 · $50.000", href: `/products/${vista.frame}` }],
      },
    ]);
  });

  test.each(["1", "N° 1", "#1", "0001"])("finds a sale by %s", async (q) => {
    const orders = (await ask(vista.cashier, q)).find(({ kind }) => kind === "orders");
    expect(orders?.items).toHaveLength(1);
    expect(orders?.items[0]).toMatchObject({ title: "Venta N° 1, María José Núñez Ibáñez" });
    expect(orders?.items[0]?.subtitle).toMatch(/^Centro · .* · \$50\.000$/);
  });

  test("shows nobody what the role may not read, and nothing of a neighbour", async () => {
    const kinds = async (person: Member, q: string) => (await ask(person, q)).map(({ kind }) => kind);
    expect(await kinds(vista.optometrist, "1")).not.toContain("orders");
    expect(await kinds(vista.workshop, "núñez")).toEqual([]);
    const theirs = (await ask(lumina.owner, "12.345.678-5")).flatMap(({ items }) => items);
    expect(theirs.map(({ id }) => id)).toEqual([lumina.customer]);
    expect((await ask(lumina.owner, "1")).find(({ kind }) => kind === "orders")).toBeUndefined();
  });

  test("finds no sales for who works in no branch yet", async () => {
    await database().owner.query("delete from public.member_branches where member_id = $1", [
      vista.seller.memberId,
    ]);
    expect((await ask(vista.seller, "1")).map(({ kind }) => kind)).not.toContain("orders");
    expect(await ask(vista.seller, "clasico")).toHaveLength(1);
  });

  test("takes text for text", async () => {
    for (const q of ["%", "_", "'; drop table products; --", "\\", "(((", "x".repeat(100)])
      expect(await ask(vista.owner, q)).toEqual([]);
    expect(await ask(vista.owner, "  ")).toEqual([]);
  });

  test("names at most five of a kind", async () => {
    await database().owner.query(
      `insert into public.products (organization_id, sku, name, category, price)
       select $1, 'Z-' || n, 'Zafiro ' || n, 'frame', 1000 from generate_series(1, 9) n`,
      [vista.id],
    );
    expect((await ask(vista.owner, "zafiro"))[0]?.items).toHaveLength(5);
  });

  test("answers a problem to strangers and to a text without end", async () => {
    await signIn(vista.owner);
    const long = new NextRequest(`http://127.0.0.1:3000/api/search?q=${"x".repeat(101)}`);
    const refused = await search(long, { params: Promise.resolve({}) });
    expect([refused.status, refused.headers.get("content-type")]).toEqual([
      422,
      "application/problem+json; charset=utf-8",
    ]);
    signOut();
    const stranger = await search(new NextRequest("http://127.0.0.1:3000/api/search?q=a"), {
      params: Promise.resolve({}),
    });
    expect(stranger.status).toBe(401);
  });
});

describe("the search of goods", () => {
  const goods = async (person: Member, query: Record<string, string>) => {
    await signIn(person);
    return searchGoods(
      new NextRequest(`http://127.0.0.1:3000/api/search/goods?${new URLSearchParams(query)}`),
      {
        params: Promise.resolve({}),
      },
    );
  };

  test("answers a scanned code with the one product", async () => {
    const response = await goods(vista.store_manager, { branchId: vista.branch, q: "7800000000024" });
    expect(await response.json()).toMatchObject({ goods: [{ id: vista.cleaner, stock: 10, isExact: true }] });
  });

  test("needs a branch, a text and the right to see stock", async () => {
    const refused = await goods(vista.store_manager, { branchId: "x", q: "" });
    expect(refused.status).toBe(422);
    expect(
      ((await refused.json()) as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer),
    ).toEqual(["/branchId", "/q"]);
    expect((await goods(vista.optometrist, { branchId: vista.branch, q: "arm" })).status).toBe(403);
  });
});

test("a reader of English finds groups, sales and amounts written their way", async () => {
  await signIn(vista.seller);
  setCookie("locale", "en");
  const found = async (q: string) => {
    const request = new NextRequest(`http://127.0.0.1:3000/api/search?${new URLSearchParams({ q })}`);
    const response = await search(request, { params: Promise.resolve({}) });
    return ((await response.json()) as { groups: Group[] }).groups;
  };
  expect((await found("nunez")).map(({ label }) => label)).toContain("Customers");
  const [sale] = (await found("1")).filter(({ kind }) => kind === "orders");
  expect(sale?.label).toBe("Sales");
  expect(sale?.items[0]?.title).toContain("Sale no. 1");
  const [product] = (await found("ARM-1")).filter(({ kind }) => kind === "products");
  expect(product?.items[0]?.subtitle).toContain("$50,000");
});
