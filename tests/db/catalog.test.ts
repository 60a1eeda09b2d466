import { beforeEach, describe, expect, test } from "vitest";
import {
  archiveProduct,
  createProduct,
  exportProducts,
  findProduct,
  getProduct,
  listPriceChanges,
  listProducts,
  type NewProduct,
  newProduct,
  productQuery,
  restoreProduct,
  suggestSkus,
  updateProduct,
} from "@/lib/catalog";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, stock, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let manager: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
});

const product = (fields: object = {}): NewProduct =>
  newProduct.parse({
    name: "Lenga 4021 negro",
    category: "frame",
    price: "59.990",
    tracksStock: "on",
    ...fields,
  });
const query = (fields: object = {}) => productQuery.parse(fields);
const names = (page: { rows: readonly { name: string }[] }) => page.rows.map(({ name }) => name);
const changed = async (id: string, fields: object) => {
  const { taxKind, ...known } = await getProduct(manager, id);
  return { ...known, exempt: taxKind === "exempt", ...fields };
};

describe("the catalogues of two shops", () => {
  test("a shop finds its own products and never a neighbour's", async () => {
    const id = await createProduct(manager, product({ sku: "LEN-1", barcode: "7800000000109" }));
    const theirs = await atWork(lumina.store_manager);

    for (const search of ["lenga", "LEN-1", "7800000000109"]) {
      expect((await listProducts(theirs, query({ search, state: "all" }))).rows).toEqual([]);
    }
    expect(await findProduct(theirs, id)).toBeNull();
    expect(await listPriceChanges(theirs, id)).toEqual([]);
    await expect(archiveProduct(theirs, id)).rejects.toMatchObject({ code: "product.not_found" });
    await expect(updateProduct(theirs, { ...(await changed(id, {})) })).rejects.toMatchObject({
      code: "product.not_found",
    });
    expect(await getProduct(manager, id)).toMatchObject({ archivedAt: null, version: 1 });
  });

  test("a code is unique in a shop, whatever its case, and two shops may use the same", async () => {
    const id = await createProduct(manager, product({ sku: "LEN-1", barcode: "7800000000109" }));
    await archiveProduct(manager, id);

    await expect(createProduct(manager, product({ sku: "len-1" }))).rejects.toMatchObject({
      code: "product.sku_taken",
      details: { conflictsWith: id },
      issues: [{ pointer: "/sku" }],
    });
    await expect(createProduct(manager, product({ barcode: "7800000000109" }))).rejects.toMatchObject({
      code: "product.barcode_taken",
      details: { conflictsWith: id },
      issues: [{ pointer: "/barcode" }],
    });
    const theirs = await atWork(lumina.store_manager);
    await expect(
      createProduct(theirs, product({ sku: "LEN-1", barcode: "7800000000109" })),
    ).resolves.toBeTypeOf("string");
  });
});

describe("a product without a code", () => {
  test("gets the next one of its category, also when two are made at once", async () => {
    await createProduct(manager, product({ sku: "ARM-0041" }));
    await createProduct(manager, product({ sku: "ARM-LEN-77" }));
    expect(await suggestSkus(manager)).toMatchObject({ frame: "ARM-0042", sunglasses: "SOL-0001" });

    const ids = await Promise.all([1, 2, 3].map(() => createProduct(manager, product())));
    const skus = await Promise.all(ids.map(async (id) => (await getProduct(manager, id)).sku));
    expect(skus.sort()).toEqual(["ARM-0042", "ARM-0043", "ARM-0044"]);
  });
});

describe("a change of a product", () => {
  test("is refused when somebody else changed it meanwhile", async () => {
    const id = await createProduct(manager, product());
    const first = await changed(id, { price: 64_990 });
    const second = await changed(id, { name: "Otro nombre" });
    await updateProduct(manager, first);
    await expect(updateProduct(manager, second)).rejects.toMatchObject({ code: "product.changed" });
    expect(await getProduct(manager, id)).toMatchObject({
      price: 64_990,
      name: "Lenga 4021 negro",
      version: 2,
    });
  });

  test("keeps the price that was, with who changed it", async () => {
    const id = await createProduct(manager, product());
    await updateProduct(manager, await changed(id, { price: 64_990, cost: 21_000 }));
    await updateProduct(manager, await changed(id, { name: "Lenga 4021 mate" }));
    expect(await listPriceChanges(manager, id)).toMatchObject([
      { before: 59_990, after: 64_990, actorName: vista.store_manager.name },
    ]);
    expect(await listPriceChanges(await atWork(vista.seller), id)).toEqual([]);
  });

  test("needs the right to write", async () => {
    const id = await createProduct(manager, product());
    const input = await changed(id, { price: 1 });
    for (const person of [vista.seller, vista.workshop, vista.optometrist]) {
      const member = await atWork(person);
      await expect(updateProduct(member, input)).rejects.toMatchObject({ code: "access.forbidden" });
      await expect(createProduct(member, product())).rejects.toMatchObject({ code: "access.forbidden" });
      await expect(exportProducts(member, query())).rejects.toMatchObject({ code: "access.forbidden" });
    }
    expect((await getProduct(manager, id)).price).toBe(59_990);
  });
});

describe("archiving", () => {
  test("frees a place of the tier, and coming back takes it again", async () => {
    const id = await createProduct(manager, product());
    const used = async () => (await listProducts(manager, query())).total;
    const before = await used();
    await archiveProduct(manager, id);
    await archiveProduct(manager, id);
    expect(await used()).toBe(before - 1);
    expect(names(await listProducts(manager, query({ state: "archived" })))).toEqual(["Lenga 4021 negro"]);

    await database().owner.query(
      "update public.usage_counters set max_count = $2 where organization_id = $1 and metric = 'products'",
      [vista.id, before - 1],
    );
    await expect(restoreProduct(manager, id)).rejects.toMatchObject({
      code: "tier.limit_exceeded",
      details: { metric: "products", used: before - 1, max: before - 1 },
    });
    await expect(createProduct(manager, product())).rejects.toMatchObject({ code: "tier.limit_exceeded" });
  });
});

describe("the list", () => {
  test("finds words of name, brand, code and barcode in any order, accents and case ignored", async () => {
    await createProduct(
      manager,
      product({ name: "Vértice Titanio óptico", brand: "Ñandú", barcode: "7800000000208" }),
    );
    for (const search of ["vertice", "TITANIO vert", "nandu titanio", "0000208", "  óptico  "]) {
      expect(names(await listProducts(manager, query({ search })))).toEqual(["Vértice Titanio óptico"]);
    }
    for (const search of ["%", "vertice_titanio", "'"]) {
      expect((await listProducts(manager, query({ search }))).rows).toEqual([]);
    }
  });

  test("walks forwards and back over every row once, in each order", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = null where organization_id = $1",
      [vista.id],
    );
    await database().owner.query(
      `insert into public.products (organization_id, sku, name, category, price)
       select $1, 'X-' || n, 'Ítem ' || lpad((n % 40)::text, 3, '0'), 'accessory', (n % 7) * 1000 from generate_series(1, 120) n`,
      [vista.id],
    );
    for (const column of ["name", "sku", "price", "stock"]) {
      for (const direction of ["asc", "desc"]) {
        const order = { column, direction };
        const pages = [await listProducts(manager, query(order))];
        for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
          pages.push(await listProducts(manager, query({ ...order, after: next })));
        }
        const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
        expect(ids).toHaveLength(123);
        expect(new Set(ids).size).toBe(123);
        const last = pages.at(-1);
        const back = await listProducts(manager, query({ ...order, before: last?.previous }));
        expect(back.rows.map(({ id }) => id)).toEqual(pages.at(-2)?.rows.map(({ id }) => id));
      }
    }
  });

  test("shows the stock of the branch and of all branches, low ones on demand", async () => {
    await committed((db) => stock(db, vista.id, vista.secondBranch, vista.frame, 4));
    await database().owner.query("update public.products set low_stock_at = 10 where id = $1", [vista.frame]);
    const page = await listProducts(manager, query({ stock: "low" }));
    expect(page).toMatchObject({ total: 1, rows: [{ id: vista.frame, stock: 10, stockEverywhere: 14 }] });

    // A seller of one branch knows nothing of the other; an optometrist of no stock at all.
    const seller = await atWork(vista.seller);
    expect((await listProducts(seller, query({ search: "ARM-1" }))).rows[0]).toMatchObject({
      stock: 10,
      stockEverywhere: 10,
    });
    const optometrist = await atWork(vista.optometrist);
    expect((await listProducts(optometrist, query({ search: "ARM-1" }))).rows[0]).toMatchObject({
      stock: null,
      stockEverywhere: null,
    });
  });

  test("has no stock for who works in no branch yet", async () => {
    await database().owner.query("delete from public.member_branches where member_id = $1", [
      vista.seller.memberId,
    ]);
    const member = await atWork(vista.seller);
    expect(member.branch).toBeNull();
    const { rows } = await listProducts(member, query({ column: "stock", search: "ARM-1" }));
    expect(rows[0]).toMatchObject({ stock: 0, stockEverywhere: 0 });
    expect((await listProducts(member, query({ stock: "low" }))).rows).toEqual([]);
  });

  test("leaves as a file with all filtered rows, and the trail says so", async () => {
    const rows = [];
    for await (const batch of await exportProducts(manager, query({ category: "frame" })))
      rows.push(...batch);
    expect(rows.map(({ sku }) => sku)).toEqual(["ARM-1"]);
    const trail = await database().owner.query(
      "select changes from public.audit_entries where organization_id = $1 and action = 'products.exported'",
      [vista.id],
    );
    expect(trail.rows).toEqual([{ changes: { rows: 1 } }]);
  });
});
