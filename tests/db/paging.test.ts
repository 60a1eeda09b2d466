import { beforeEach, describe, expect, test } from "vitest";
import { archiveProduct, listProducts, productQuery } from "@/lib/catalog";
import { listStock, stockQuery } from "@/lib/inventory";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let manager: Member;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
  await database().owner.query(
    "update public.products set archived_at = now() where organization_id = $1 and id <> $2",
    [vista.id, vista.exam],
  );
});

/** Goods called `Ítem 001`, `Ítem 002` …, each with as many units at the first branch as its number, low up to `low`. */
async function fill(count: number, low = 0): Promise<void> {
  await database().owner.query(
    `with made as (
       insert into public.products (organization_id, sku, name, category, price, low_stock_at)
       select $1, 'X-' || n, 'Ítem ' || lpad(n::text, 3, '0'), 'accessory', 1000, $4::int from generate_series(1, $3) n returning id, sku)
     insert into public.stock_levels (organization_id, branch_id, product_id, quantity)
     select $1, $2, id, substring(sku from 3)::int from made`,
    [vista.id, vista.branch, count, low],
  );
}

/** Units at the first branch become another number: sold, or taken in. */
async function recount(name: string, units: number): Promise<void> {
  await database().owner.query(
    `update public.stock_levels l set quantity = $3 from public.products p
     where l.organization_id = $1 and p.organization_id = $1 and p.id = l.product_id and p.name = $2`,
    [vista.id, name, units],
  );
}

const products = (fields: object = {}) => listProducts(manager, productQuery.parse(fields));
const shelves = (fields: object = {}) => listStock(manager, stockQuery.parse(fields));
const names = (page: { rows: readonly { name: string }[] }) => page.rows.map(({ name }) => name);
const items = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `Ítem ${String(from + n).padStart(3, "0")}`);
const archiveRow = async (page: { rows: readonly { id: string }[] }) =>
  archiveProduct(manager, page.rows[0]?.id ?? "");

describe("a page whose rows are gone", () => {
  test("of products is the first one again, and not the one of a shop without products", async () => {
    await fill(25);
    const first = await products();
    const second = await products({ after: first.next });
    expect(names(second)).toEqual(["Ítem 025"]);
    await archiveRow(second);
    const again = await products({ after: first.next });
    expect([again.total, again.previous, again.next]).toEqual([25, null, null]);
    expect(names(again)).toEqual(["Examen de la vista", ...items(1, 24)]);
  });

  test("of products with nothing before it is the first one as well", async () => {
    await fill(26);
    const first = await products();
    const second = await products({ after: first.next });
    await database().owner.query(
      "update public.products set archived_at = now() where organization_id = $1 and sort_name < 'item 025'",
      [vista.id],
    );
    expect(names(await products({ before: second.previous }))).toEqual(["Ítem 025", "Ítem 026"]);
  });

  test("of the shelves is the first one again, and not the one of a shop without stock", async () => {
    await fill(26);
    const first = await shelves();
    const second = await shelves({ after: first.next });
    expect(names(second)).toEqual(["Ítem 026"]);
    await archiveRow(second);
    const again = await shelves({ after: first.next });
    expect([again.total, again.previous, again.next]).toEqual([25, null, null]);
    expect(names(again)).toEqual(items(1, 25));
  });
});

describe("a list by stock, read while goods are sold and taken in,", () => {
  test("goes on behind the units that its last row had when it was shown", async () => {
    await fill(60);
    const first = await products({ column: "stock" });
    expect(names(first)).toEqual(items(1, 25));
    await recount("Ítem 025", 500);
    expect(names(await products({ column: "stock", after: first.next }))).toEqual(
      items(26, 51)
        .filter((name) => name !== "Ítem 025")
        .slice(0, 25),
    );
  });

  test("goes back in front of the units that its first row had", async () => {
    await fill(60);
    const first = await products({ column: "stock" });
    const second = await products({ column: "stock", after: first.next });
    await recount("Ítem 026", 0);
    const back = await products({ column: "stock", before: second.previous });
    expect(names(back)).toEqual(items(1, 25));
  });

  test("from most to fewest skips nothing either, and ends with what keeps no stock in its place", async () => {
    await fill(40);
    const first = await products({ column: "stock", direction: "desc" });
    expect(names(first)).toEqual(["Examen de la vista", ...items(17, 40).toReversed()]);
    await recount("Ítem 017", 0);
    const second = await products({ column: "stock", direction: "desc", after: first.next });
    expect(names(second)).toEqual([...items(1, 16).toReversed(), "Ítem 017"]);
  });

  test("goes on behind what keeps no stock", async () => {
    await database().owner.query(
      `insert into public.products (organization_id, sku, name, category, price, tracks_stock)
       select $1, 'S-' || n, 'Servicio ' || n, 'service', 1000, false from generate_series(1, 30) n`,
      [vista.id],
    );
    const first = await products({ column: "stock" });
    const second = await products({ column: "stock", after: first.next });
    expect(new Set([...names(first), ...names(second)]).size).toBe(31);
  });

  test("is the same for who may not see units: all by name of row, none twice", async () => {
    await fill(40);
    const optometrist = await atWork(vista.optometrist);
    const query = { column: "stock", direction: "asc" };
    const first = await listProducts(optometrist, productQuery.parse(query));
    const second = await listProducts(optometrist, productQuery.parse({ ...query, after: first.next }));
    expect(new Set([...names(first), ...names(second)]).size).toBe(41);
  });
});

describe("the shelves, read while goods are taken in,", () => {
  test("go on with what is low when the last row that was shown is low no longer", async () => {
    await fill(60, 40);
    const first = await shelves();
    expect([names(first), first.low]).toEqual([items(1, 25), 40]);
    await recount("Ítem 025", 500);
    const second = await shelves({ after: first.next });
    expect(names(second).slice(0, 15)).toEqual(items(26, 40));
    expect(names(second).slice(15, 17)).toEqual(["Ítem 025", "Ítem 041"]);
  });

  test("alone with what is low go on too, instead of beginning again", async () => {
    await fill(60, 40);
    const first = await shelves({ stock: "low" });
    await recount("Ítem 025", 500);
    expect(names(await shelves({ stock: "low", after: first.next }))).toEqual(items(26, 40));
  });

  test("go on among the rest when the last row that was shown runs low", async () => {
    await fill(60, 10);
    const first = await shelves();
    await recount("Ítem 025", 1);
    expect(names(await shelves({ after: first.next }))).toEqual(items(26, 50));
  });
});

describe("the address of a list by stock", () => {
  test("says behind how many units, or behind what is low, the page begins", async () => {
    await fill(30, 30);
    const byStock = await products({ column: "stock" });
    expect(byStock.next).toBe(`25_${byStock.rows.at(-1)?.id}`);
    const low = await shelves();
    expect(low.next).toBe(`low_${low.rows.at(-1)?.id}`);
    const byName = await products();
    expect(byName.next).toBe(byName.rows.at(-1)?.id);
  });

  test("with nonsense in it shows the beginning, and one from before goes on where its row stands", async () => {
    await fill(30);
    const id = (await products({ column: "stock" })).rows.at(-1)?.id ?? "";
    const nobody = "7e57ab1e-0000-4000-8000-000000000000";
    for (const after of [
      "x",
      `x_${id}`,
      `1e3_${id}`,
      `_${id}`,
      `99999999999_${id}`,
      "3_x",
      `3_4_${id}`,
      nobody,
    ]) {
      expect([after, names(await products({ column: "stock", after }))]).toEqual([after, items(1, 25)]);
      expect([after, names(await shelves({ after }))]).toEqual([after, items(1, 25)]);
    }
    expect(names(await shelves({ after: `low_${nobody}` }))).toEqual(items(1, 25));
    expect(names(await products({ column: "stock", after: id }))).toEqual([
      ...items(26, 30),
      "Examen de la vista",
    ]);
    expect(names(await shelves({ after: id }))).toEqual(items(26, 30));
  });
});
