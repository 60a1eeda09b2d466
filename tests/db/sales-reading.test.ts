import { expect, test } from "vitest";
import { rollback, twoShops } from "../fixtures";
import type { Rollback } from "../support/database";

// As many as the tier of the cast leaves room for.
const PRODUCTS = 400;

/** Rows of a table that this transaction has read so far, by any way of reading. */
async function rowsRead(db: Rollback, table: string): Promise<number> {
  const { rows } = await db.one<{ rows: number }>(
    `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables
     where schemaname = 'public' and relname = $1`,
    [table],
  );
  return rows;
}

test("a sale of one product reads that product, not the hundreds of the shop", () =>
  rollback(async (db) => {
    const { vista } = await twoShops(db);
    const { id: organization, branch, frame } = vista;
    await db.query(
      `with made as (insert into public.products (organization_id, sku, name, category, price)
                     select $1, 'MANY-' || n, 'Armazón ' || n, 'frame', 1000 from generate_series(1, $3::int) n returning id)
       insert into public.stock_levels (organization_id, branch_id, product_id, quantity) select $1, $2, id, 5 from made`,
      [organization, branch, PRODUCTS],
    );
    const till = db.as(vista.seller);
    await till.query("select private.open_cash_session($1, 0)", [branch]);
    const before = { products: await rowsRead(db, "products"), levels: await rowsRead(db, "stock_levels") };
    const sale = {
      branchId: branch,
      lines: [{ productId: frame, quantity: 1 }],
      tenders: [{ method: "debit", amount: 50_000 }],
    };
    const { record_sale } = await till.one<{ record_sale: { total: number } }>(
      "select private.record_sale('sale-among-many', $1)",
      [JSON.stringify(sale)],
    );
    expect(record_sale.total).toBe(50_000);
    expect((await rowsRead(db, "products")) - before.products).toBeLessThan(20);
    expect((await rowsRead(db, "stock_levels")) - before.levels).toBeLessThan(20);
  }));
