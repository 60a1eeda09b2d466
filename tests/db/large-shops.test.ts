import { beforeEach, describe, expect, test } from "vitest";
import { sql, type Work } from "@/lib/db";
import { findGoods, listMovements } from "@/lib/inventory";
import { findProducts, listOrders, orderQuery, recordSale } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

/** Products, and sales of last year, in each of two branches. */
const MANY = 400;
/** What a question of this size may read of what there are hundreds of. */
const FEW = 120;

let vista: Shop;
let owner: Member;
/** How many rows of a table these transactions have read, by any way of reading. */
const read = new Map<string, number>();

beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  await fillShelves();
  await sellLastYear();
  await database().owner.query("analyze");
  read.clear();
  owner = counting(await atWork(vista.owner));
});

async function fillShelves(): Promise<void> {
  await database().owner.query(
    `with made as (
       insert into public.products (organization_id, sku, barcode, name, category, price)
       select $1, 'MANY-' || n, '7700' || n, 'Armazón ' || n, 'frame', 1000 from generate_series(1, $4::int) n returning id)
     insert into public.stock_levels (organization_id, branch_id, product_id, quantity)
     select $1, branch, made.id, 5 from made, unnest(array[$2::uuid, $3::uuid]) branch`,
    [vista.id, vista.branch, vista.secondBranch, MANY],
  );
}

/** All of one product, the frame, and half of them to the customer. */
async function sellLastYear(): Promise<void> {
  await database().owner.query(
    `with sold as (
       insert into public.orders (organization_id, branch_id, receipt_number, member_id, sold_by_name, customer_id, customer_name,
         business_date, item_count, gross, discount, net, tax, exempt, total, change, idempotency_key, request_hash, created_at)
       select $1, branch, 1000 + n, $4, 'Vendedora', case when n % 2 = 0 then $5::uuid end, case when n % 2 = 0 then 'Ana' end,
         current_date - 365, 1, 50000, 0, 42017, 7983, 0, 50000, 0, 'old-sale-' || branch || n, '', now() - interval '1 year' - n * interval '1 minute'
       from generate_series(1, $7::int) n, unnest(array[$2::uuid, $3::uuid]) branch
       returning id, branch_id, created_at),
     lines as (
       insert into public.order_items (organization_id, branch_id, order_id, position, product_id, product_name, sku, quantity, unit_price,
         discount_bp, discount, total, tax_kind)
       select $1, branch_id, id, 1, $6, 'Marco', 'M', 1, 50000, 0, 0, 50000, 'taxable' from sold)
     insert into public.stock_movements (organization_id, branch_id, product_id, kind, quantity, balance_after, order_id, created_at)
     select $1, branch_id, $6, 'sale', -1, 9, id, created_at from sold`,
    [vista.id, vista.branch, vista.secondBranch, vista.seller.memberId, vista.customer, vista.frame, MANY],
  );
}

/** The same member, whose transactions say at their end what they have read. */
function counting(member: Member): Member {
  const counted =
    <T>(work: Work<T>): Work<T> =>
    async (db) => {
      const result = await work(db);
      const { rows } = await sql<{ table: string; rows: number }>`
        select relname as table, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows
        from pg_stat_xact_user_tables where schemaname = 'public'`.execute(db);
      for (const { table, rows: count } of rows) read.set(table, Math.max(count, read.get(table) ?? 0));
      return result;
    };
  return {
    ...member,
    transaction: (work, naming) => member.transaction(counted(work), naming),
    snapshot: (work) => member.snapshot(counted(work)),
  };
}

async function sellToday(): Promise<void> {
  const line = { productId: vista.cleaner, quantity: 1 };
  const sale = {
    branchId: vista.branch,
    lines: [line],
    tenders: [{ method: "debit" as const, amount: 3_990 }],
  };
  await recordSale(owner, sale, "sale-of-today");
}

describe("a shop with hundreds of products and a year of sales behind it", () => {
  test("finds what a scanner has read without reading its catalogue", async () => {
    const [product] = await findProducts(owner, { branchId: vista.branch, code: "770077" });
    expect(product).toMatchObject({ sku: "MANY-77", stock: 5 });
    const [goods] = await findGoods(owner, { branchId: vista.branch, q: "many-77" });
    expect(goods).toMatchObject({ sku: "MANY-77", stock: 5, isExact: true });
    expect(read.get("products")).toBeLessThan(FEW);
    expect(read.get("stock_levels")).toBeLessThan(FEW);
  });

  test("shows its till what sells these days without reading what it sold last year", async () => {
    await sellToday();
    const [best] = await findProducts(owner, { branchId: vista.branch });
    expect(best).toBeDefined();
    expect(read.get("order_items")).toBeLessThan(FEW);
  });

  test("opens all its sales, page by page, without reading them all", async () => {
    const first = await listOrders(owner, orderQuery.parse({ from: "all" }));
    const second = await listOrders(owner, orderQuery.parse({ from: "all", after: first.next }));
    expect(first.count).toBe(2 * MANY);
    expect(second.rows).toHaveLength(25);
    // Twice all of them for the sum that stands under the list, and no more for the pages.
    expect(read.get("orders")).toBeLessThan(4 * MANY + FEW);
  });

  test("finds its sales to a customer by name and by RUT", async () => {
    const { rows } = await database().owner.query<{ rut: string; surnames: string }>(
      "select rut, surnames from public.customers where id = $1",
      [vista.customer],
    );
    const byName = await listOrders(owner, orderQuery.parse({ search: rows[0]?.surnames, from: "all" }));
    const byRut = await listOrders(owner, orderQuery.parse({ search: rows[0]?.rut, from: "all" }));
    expect([byName.count, byRut.count]).toEqual([MANY, MANY]);
  });

  test("shows how its best seller moved in each branch without reading all its movements", async () => {
    const movements = await listMovements(owner, vista.frame);
    expect(movements).toHaveLength(100);
    const times = movements.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(movements.map(({ branchId }) => branchId)).size).toBe(2);
    expect(read.get("stock_movements")).toBeLessThan(2 * 100 + FEW);
  });
});
