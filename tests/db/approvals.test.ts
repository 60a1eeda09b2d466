import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { approveDiscount, getOrder, listApprovers, recordSale } from "@/lib/sales";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let seller: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  seller = await atWork(vista.seller);
});

/** An eye exam for 15 000 pesos; change what a test is about. */
function sell(who: Member, change: Record<string, unknown> = {}) {
  const sale = {
    branchId: vista.branch,
    lines: [{ productId: vista.exam, quantity: 1 }],
    tenders: [{ method: "debit" as const, amount: 15_000 }],
    ...change,
  };
  return recordSale(who, sale, randomUUID());
}

describe("an approval at the till", () => {
  const pin = (code: string) =>
    committed((db) => db.as(vista.store_manager).query("select private.set_approval_pin($1)", [code]));
  const approve = (code: string, discountBp = 2_000, discount = 3_000) =>
    approveDiscount(seller, {
      branchId: vista.branch,
      approverId: vista.store_manager.memberId,
      pin: code,
      discountBp,
      discount,
    });

  test("is asked of those who may and have a code", async () => {
    expect(await listApprovers(seller, vista.branch)).toEqual([]);
    await pin("4711");
    expect(await listApprovers(seller, vista.branch)).toEqual([
      { memberId: vista.store_manager.memberId, fullName: vista.store_manager.name },
    ]);
    expect(await listApprovers(await atWork(lumina.seller), vista.branch)).toEqual([]);
  });

  test("opens one sale to the discount", async () => {
    await pin("4711");
    const approvalId = await approve("4711");
    const lines = [{ productId: vista.exam, quantity: 1, discountPercent: 20 }];
    const tenders = [{ method: "debit", amount: 12_000 }];
    await expect(sell(seller, { lines, tenders })).rejects.toMatchObject({
      code: "sale.discount_not_allowed",
    });
    expect(await sell(seller, { lines, tenders, approvalId })).toMatchObject({ total: 12_000 });
    await expect(sell(seller, { lines, tenders, approvalId })).rejects.toMatchObject({
      code: "sale.approval_invalid",
    });
  });

  test("with a wrong code is refused at the field, and closed after five", async () => {
    await pin("4711");
    for (let n = 0; n < 5; n++) {
      await expect(approve("0000")).rejects.toMatchObject({
        code: "sale.approval_invalid",
        issues: [{ pointer: "/pin" }],
      });
    }
    await expect(approve("4711")).rejects.toMatchObject({
      code: "rate.limited",
      details: { retryAfterSeconds: expect.any(Number) as number },
    });
  });

  test("of half of a small sale is none of half of a large one", async () => {
    await pin("4711");
    const approvalId = await approve("4711", 5_000, 7_500);
    const half = (quantity: number) => ({
      lines: [{ productId: vista.exam, quantity, discountPercent: 50 }],
      tenders: [{ method: "debit", amount: 7_500 * quantity }],
      approvalId,
    });
    await expect(sell(seller, half(80))).rejects.toMatchObject({ code: "sale.approval_invalid" });
    await expect(sell(seller, half(2))).rejects.toMatchObject({ code: "sale.approval_invalid" });
    expect(await sell(seller, half(1))).toMatchObject({ total: 7_500 });
  });

  test("counts all that is taken off the sale, not one line", async () => {
    await pin("4711");
    const approvalId = await approve("4711", 2_000, 3_000);
    const lines = [
      { productId: vista.exam, quantity: 1, discountPercent: 20 },
      { productId: vista.frame, quantity: 1, discountPercent: 5 },
    ];
    const tenders = [{ method: "debit", amount: 59_500 }];
    await expect(sell(seller, { lines, tenders, approvalId })).rejects.toMatchObject({
      code: "sale.approval_invalid",
    });
  });

  test("given by a version of before amounts were kept, while it is replaced, holds for its share and five minutes", async () => {
    await pin("4711");
    const asBefore = async () => {
      const { answer } = await committed((db) =>
        db
          .as(vista.seller)
          .one<{ answer: { approvalId: string } }>(
            "select private.approve_discount($1, $2, '4711', 2000) as answer",
            [vista.branch, vista.store_manager.memberId],
          ),
      );
      return answer.approvalId;
    };
    const off = (percent: number, approvalId: string) => ({
      lines: [{ productId: vista.exam, quantity: 1, discountPercent: percent }],
      tenders: [{ method: "debit", amount: 150 * (100 - percent) }],
      approvalId,
    });
    const approvalId = await asBefore();
    await expect(sell(seller, off(30, approvalId))).rejects.toMatchObject({ code: "sale.approval_invalid" });
    expect(await sell(seller, off(20, approvalId))).toMatchObject({ total: 12_000 });

    const late = await asBefore();
    await database().owner.query("update public.discount_approvals set expires_at = now() where id = $1", [
      late,
    ]);
    await expect(sell(seller, off(20, late))).rejects.toMatchObject({ code: "sale.approval_invalid" });
  });

  test("stands on the sale and in the trail: who, and how much", async () => {
    await pin("4711");
    const approvalId = await approve("4711");
    const lines = [{ productId: vista.exam, quantity: 1, discountPercent: 20 }];
    const { orderId } = await sell(seller, {
      lines,
      tenders: [{ method: "debit", amount: 12_000 }],
      approvalId,
    });
    expect(await getOrder(seller, orderId)).toMatchObject({
      approvedByName: vista.store_manager.name,
      approvedDiscount: 3_000,
      approvedDiscountBp: 2_000,
    });
    const { rows } = await database().owner.query(
      "select changes from public.audit_entries where action = 'discount.approved' and organization_id = $1",
      [vista.id],
    );
    expect(rows).toEqual([
      { changes: { approvedBy: vista.store_manager.memberId, discountBp: 2_000, discount: 3_000 } },
    ]);
    expect(await getOrder(seller, (await sell(seller)).orderId)).toMatchObject({ approvedByName: null });
  });

  test("is used up by the sale of whoever asked for it, and by nobody else's", async () => {
    await pin("4711");
    const approvalId = await approve("4711");
    await sell(await atWork(vista.cashier), { approvalId });
    const lines = [{ productId: vista.exam, quantity: 1, discountPercent: 20 }];
    const sale = { lines, tenders: [{ method: "debit", amount: 12_000 }], approvalId };
    expect(await sell(seller, sale)).toMatchObject({ total: 12_000 });
  });

  test("takes a code: none at all is a wrong one, and is counted", async () => {
    await pin("4711");
    const answer = await committed((db) =>
      db
        .as(vista.seller)
        .one<{ a: unknown }>("select private.approve_discount($1, $2, null, 2000, 3000) as a", [
          vista.branch,
          vista.store_manager.memberId,
        ]),
    );
    expect(answer.a).toEqual({ problem: "sale.approval_invalid" });
    const { rows } = await database().owner.query(
      "select failures from private.approval_pins where member_id = $1",
      [vista.store_manager.memberId],
    );
    expect(rows).toEqual([{ failures: 1 }]);
  });
});
