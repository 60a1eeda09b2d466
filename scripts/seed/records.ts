import type { ClientBase } from "pg";
import { type Product, productRow } from "./catalogue";
import type { History } from "./history";
import { insertRows, recountUsage, withoutTriggers } from "./insert-rows";
import { type Customer, customerRow } from "./people";

/** Triggers that count or note row by row; both is done for all rows at once. */
const COUNTED = ["customers", "products"];
/** Sales above which fresh statistics pay. */
const MANY = 1_000;

/** Writes the people and goods of a shop. */
export async function writeRecords(
  client: ClientBase,
  organization: string,
  customers: readonly Customer[],
  products: readonly Product[],
) {
  await withoutTriggers(client, COUNTED, async () => {
    await insertRows(client, "customers", customers.map(customerRow));
    await insertRows(
      client,
      "products",
      products.map((product) => productRow(organization, product)),
    );
  });
  await recountUsage(client);
}

/** Writes what happened in a shop, parents before children. */
export async function writeHistory(
  client: ClientBase,
  organization: string,
  { sales, stock, cash, receiptNumbers }: History,
): Promise<void> {
  await insertRows(client, "stock_documents", stock.documents);
  await insertRows(client, "stock_levels", stock.levelRows());
  await insertRows(client, "cash_sessions", cash.sessions);
  await insertRows(client, "cash_movements", cash.movements);
  // Foreign keys are checked by plans: made for empty tables they walk whole indexes, row by row.
  if (sales.length > MANY) await client.query("analyze customers, products, cash_sessions, stock_documents");
  await insertRows(
    client,
    "orders",
    sales.map(({ order }) => order),
  );
  if (sales.length > MANY) await client.query("analyze orders");
  await insertRows(
    client,
    "order_items",
    sales.flatMap(({ items }) => items),
  );
  await insertRows(
    client,
    "order_payments",
    sales.flatMap(({ payments }) => payments),
  );
  await insertRows(client, "stock_movements", stock.movements);
  await insertRows(
    client,
    "private.receipt_counters",
    [...receiptNumbers].map(([branch, last]) => ({
      organization_id: organization,
      branch_id: branch,
      last_number: last,
    })),
  );
}
