import { beforeEach, describe, expect, test } from "vitest";
import {
  archiveProduct,
  createProduct,
  getProduct,
  type NewProduct,
  newProduct,
  suggestSkus,
  updateProduct,
} from "@/lib/catalog";
import { findGoods } from "@/lib/inventory";
import { findProducts } from "@/lib/sales";
import { searchEverything } from "@/lib/search";
import type { Member } from "@/lib/security/member";
import { committed, database, rollback, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

const EAN = "7800000000109";

let vista: Shop;
let lumina: Shop;
let manager: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
});

const product = (fields: object = {}): NewProduct =>
  newProduct.parse({ name: "Lenga 4021", category: "frame", price: "59.990", tracksStock: "on", ...fields });
const create = (fields: object, member = manager) => createProduct(member, product(fields));
const change = async (id: string, fields: object) => {
  const { taxKind, ...known } = await getProduct(manager, id);
  await updateProduct(manager, { ...known, exempt: taxKind === "exempt", ...fields });
};

/** Two products that shared a code before a code meant one product. */
async function anOldPair(): Promise<[string, string]> {
  await database().owner.query("alter table public.products disable trigger user");
  const { rows } = await database().owner.query<{ id: string }>(
    `insert into public.products (organization_id, sku, barcode, name, category, price)
     values ($1, $2, null, 'A Código propio', 'frame', 1000), ($1, 'VIEJO-2', $2, 'B Código impreso', 'frame', 2000) returning id`,
    [vista.id, EAN],
  );
  await database().owner.query("alter table public.products enable trigger user");
  return [rows[0]?.id ?? "", rows[1]?.id ?? ""];
}

describe("a code means one product of a shop", () => {
  test("so a barcode is refused that another product has as its code", async () => {
    const id = await create({ sku: EAN });
    await expect(create({ barcode: EAN })).rejects.toMatchObject({
      code: "product.barcode_taken",
      details: { conflictsWith: id },
      issues: [{ pointer: "/barcode", key: "products.refusals.barcodeIsSku" }],
    });
  });

  test("so a code is refused that another product has as its barcode", async () => {
    const id = await create({ barcode: "LEN-77a" });
    await expect(create({ sku: "len-77A" })).rejects.toMatchObject({
      code: "product.sku_taken",
      details: { conflictsWith: id },
      issues: [{ pointer: "/sku", key: "products.refusals.skuIsBarcode" }],
    });
  });

  test("so a barcode is refused that differs from another in its case alone", async () => {
    const id = await create({ barcode: "Len-77a" });
    await expect(create({ barcode: "LEN-77A" })).rejects.toMatchObject({
      code: "product.barcode_taken",
      details: { conflictsWith: id },
      issues: [{ pointer: "/barcode", key: "products.refusals.barcodeTaken" }],
    });
  });

  test("also when the code comes with a change", async () => {
    const holder = await create({ sku: EAN, barcode: "IMPRESO-1" });
    const other = await create({});
    for (const [field, value] of [
      ["barcode", EAN],
      ["sku", "impreso-1"],
    ] as const) {
      await expect(change(other, { [field]: value })).rejects.toMatchObject({
        code: `product.${field}_taken`,
        details: { conflictsWith: holder },
        issues: [{ pointer: `/${field}` }],
      });
    }
    expect(await getProduct(manager, other)).toMatchObject({ barcode: null, version: 1 });
  });

  test("and an archived product keeps its own", async () => {
    const id = await create({ barcode: EAN });
    await archiveProduct(manager, id);
    await expect(create({ sku: EAN })).rejects.toMatchObject({ details: { conflictsWith: id } });
  });

  test("which may have it twice, as its code and as its barcode", async () => {
    const id = await create({ sku: "EAN-1", barcode: "ean-1" });
    await change(id, { barcode: "EAN-1" });
    expect(await getProduct(manager, id)).toMatchObject({ sku: "EAN-1", barcode: "EAN-1" });
  });

  test("and the neighbour may give it to another", async () => {
    await create({ sku: EAN });
    await expect(create({ barcode: EAN }, await atWork(lumina.store_manager))).resolves.toBeTypeOf("string");
  });

  test("also when several people give it at once", async () => {
    for (let round = 0; round < 6; round++) {
      const code = `AL-MISMO-TIEMPO-${round}`;
      const outcomes = await Promise.allSettled(
        [{ sku: code }, { barcode: code }, { barcode: code.toLowerCase() }, { sku: code.toLowerCase() }].map(
          (fields) => create(fields),
        ),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
    const { rows } = await database().owner.query(
      `select a.id from public.products a join public.products b on b.organization_id = a.organization_id and b.id <> a.id
       where lower(b.barcode) in (lower(a.sku), lower(a.barcode))`,
    );
    expect(rows).toEqual([]);
  });

  test("also when a list is taken over while somebody else gives the code", async () => {
    const list = await database().owner.connect();
    try {
      await list.query("begin");
      const row = "insert into public.products (organization_id, sku, barcode, name, category, price)";
      await list.query(`${row} values ($1, 'LISTA-1', $2, 'De la lista', 'frame', 1000)`, [vista.id, EAN]);
      const other = database().owner.query(`${row} values ($1, $2, null, 'Otro', 'frame', 1000)`, [
        vista.id,
        EAN,
      ]);
      const refused = expect(other).rejects.toThrow("product.sku_taken");
      await expect
        .poll(async () => {
          const waiting = `select from pg_locks where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`;
          return (await database().owner.query(waiting)).rowCount;
        })
        .toBe(1);
      await list.query("commit");
      await refused;
    } finally {
      await list.query("rollback").catch(() => undefined);
      list.release();
    }
  });

  test("also within one list", async () => {
    await expect(
      database().owner.query(
        `insert into public.products (organization_id, sku, barcode, name, category, price)
         values ($1, 'LISTA-1', $2, 'A', 'frame', 1000), ($1, $2, null, 'B', 'frame', 1000)`,
        [vista.id, EAN],
      ),
    ).rejects.toThrow(/product\.(sku|barcode)_taken/);
  });

  test("also for who may write products and not read them", () =>
    rollback(async (db) => {
      const shop = (await twoShops(db)).vista;
      await db.update(
        "public.admin_users",
        { revoked_permissions: ["products.read"] },
        { id: shop.store_manager.memberId },
      );
      const row = { sku: "7800000000017", name: "Otro", category: "frame", price: 1_000 };
      await expect(db.as(shop.store_manager).insert("public.products", row)).rejects.toMatchObject({
        message: "product.sku_taken",
      });
    }));
});

describe("the next free code", () => {
  test("is none that is printed on another product", async () => {
    await create({ sku: "ARM-0041" });
    await create({ sku: "OTRO-1", barcode: "arm-0042" });
    expect(await suggestSkus(manager)).toMatchObject({ frame: "ARM-0043" });
    expect(await getProduct(manager, await create({ sku: "" }))).toMatchObject({ sku: "ARM-0043" });
  });
});

describe("two products that shared a code before", () => {
  test("can be changed in all else, and part when one of them gets a code of its own", async () => {
    const [first, second] = await anOldPair();
    await change(first, { price: 1_500 });
    await change(second, { name: "Código impreso" });
    await expect(create({ barcode: EAN })).rejects.toMatchObject({ code: "product.barcode_taken" });
    await change(first, { sku: "PROPIO-1" });
    await expect(change(first, { sku: EAN })).rejects.toMatchObject({
      code: "product.sku_taken",
      details: { conflictsWith: second },
    });
  });

  test("are told apart by a scan: it means the one on which the code is printed", async () => {
    const [, printed] = await anOldPair();
    const found = await findProducts(await atWork(vista.seller), { branchId: vista.branch, code: EAN });
    expect(found[0]).toMatchObject({ id: printed });
    expect(await findGoods(manager, { branchId: vista.branch, q: EAN })).toMatchObject([{ id: printed }]);
  });
});

describe("a code in any case", () => {
  test("is read by the till, the inventory and the quick search alike", async () => {
    const id = await create({ sku: "len-9", barcode: "Ab-90c" });
    for (const code of ["AB-90C", "ab-90c", "LEN-9"]) {
      const atTill = await findProducts(await atWork(vista.seller), { branchId: vista.branch, code });
      expect(atTill.map((row) => row.id)).toEqual([id]);
      expect(await findGoods(manager, { branchId: vista.branch, q: code })).toMatchObject([
        { id, isExact: true },
      ]);
      expect((await searchEverything(manager, code)).products).toMatchObject([{ id }]);
    }
  });

  test("puts its product before those that merely contain it", async () => {
    await create({ name: "Aaa con ab-90c en el nombre" });
    const id = await create({ name: "Zeta", barcode: "Ab-90c" });
    expect((await searchEverything(manager, "AB-90C")).products[0]).toMatchObject({ id });
    const [first] = await findProducts(await atWork(vista.seller), { branchId: vista.branch, q: "ab-90C" });
    expect(first).toMatchObject({ id });
  });
});
