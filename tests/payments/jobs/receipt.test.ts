import { expect, test } from "vitest";
import { printReceipt } from "@/lib/wiring/print-receipt";
import { twoShops } from "@/tests/fixtures";
import { database, Rollback } from "@/tests/support/database";

// The receipt that a mail carries, printed by the worker for a sale that is really there.

async function aSale(): Promise<{ organization: string; order: string; neighbour: string }> {
  const client = await database().owner.connect();
  try {
    await client.query("begin");
    const db = new Rollback(client);
    const { vista, lumina } = await twoShops(db);
    const till = db.as(vista.seller);
    await till.query("select private.open_cash_session($1, 20000)", [vista.branch]);
    const sale = {
      branchId: vista.branch,
      lines: [{ productId: vista.cleaner, quantity: 2 }],
      tenders: [{ method: "debit", amount: 7_980 }],
    };
    const { answer } = await till.one<{ answer: { orderId: string } }>(
      "select private.record_sale($1, $2) as answer",
      ["sale-to-be-mailed", JSON.stringify(sale)],
    );
    await client.query("commit");
    return { organization: vista.id, order: answer.orderId, neighbour: lumina.id };
  } finally {
    client.release();
  }
}

test("a mailed receipt is a PDF of this sale, and nobody else's order can be named", async () => {
  const { organization, order, neighbour } = await aSale();
  const printed = await printReceipt(organization, order, "es");
  expect(printed).toMatchObject({
    total: 7_980,
    currency: "CLP",
    attachment: { contentType: "application/pdf" },
  });
  expect(
    Buffer.from(printed?.attachment.content ?? "")
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  expect(await printReceipt(neighbour, order, "es")).toBeNull();
});
