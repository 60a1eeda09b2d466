import { describe, expect, test } from "vitest";
import {
  emptyTill,
  highestDiscount,
  isShort,
  needsApproval,
  saleBody,
  type Till,
  toPark,
  totalsOf,
} from "@/components/pos/cart";
import { reduceTill, type TillEvent, takingBack } from "@/components/pos/till-events";
import { aProductSeen, cleaner, exam, frame } from "./till-fixtures";

const after = (...events: TillEvent[]) => events.reduce(reduceTill, emptyTill);
const add = (product = frame, quantity = 1): TillEvent => ({ type: "productAdded", product, quantity });
const branchId = "b0000000-0000-4000-8000-000000000001";

describe("a cart", () => {
  test("counts the same product up instead of adding a line, and shows what is known of it now", () => {
    const till = after(add(), add({ ...frame, price: 52_000, stock: 2 }, 2));
    expect(till.lines).toHaveLength(1);
    expect(till.lines[0]).toMatchObject({ quantity: 3, unitPrice: 52_000, available: 2 });
    expect(till.selected).toBe(frame.id);
  });

  test("keeps quantities between one and 9 999, whatever is typed", () => {
    const set = (quantity: number): TillEvent => ({ type: "quantitySet", productId: frame.id, quantity });
    const quantityAfter = (quantity: number) => after(add(), set(quantity)).lines[0]?.quantity;
    expect([0, -3, Number.NaN, 2.7, 10_000].map(quantityAfter)).toEqual([1, 1, 1, 2, 9_999]);
    expect(after(add(frame, 9_998), add(frame, 5)).lines[0]?.quantity).toBe(9_999);
  });

  test("takes no more than two hundred lines, as the server does", () => {
    const many = Array.from({ length: 205 }, (_, n) => add(aProductSeen({ id: `p${n}` })));
    expect(after(...many).lines).toHaveLength(200);
  });

  test("selects the neighbour of a removed line, and gives it back to its place", () => {
    const till = after(add(), add(cleaner), add(exam), { type: "lineSelected", productId: cleaner.id });
    const [, line] = till.lines;
    const without = reduceTill(till, { type: "lineRemoved", productId: cleaner.id });
    expect(without.selected).toBe(exam.id);
    expect(reduceTill(without, takingBack(till, line ?? never(), 0)).lines).toEqual(till.lines);
  });

  test("forgets discount and approval with its last line", () => {
    const approval = { id: "a", maxDiscountBp: 2_000, maxDiscount: 10_000, expiresAt: 1 };
    const till = after(add(), { type: "saleDiscounted", discountBp: 2_000 }, { type: "approved", approval });
    expect(reduceTill(till, { type: "lineRemoved", productId: frame.id })).toMatchObject({
      lines: [],
      discountBp: 0,
      approval: null,
      selected: null,
    });
  });

  describe("whose last line comes back", () => {
    const approval = { id: "a", maxDiscountBp: 2_000, maxDiscount: 10_000, expiresAt: 1_000 };
    const till = after(add(), { type: "saleDiscounted", discountBp: 2_000 }, { type: "approved", approval });
    const line = till.lines[0] ?? never();
    const without = reduceTill(till, { type: "lineRemoved", productId: frame.id });

    test("has its discount and approval again", () => {
      expect(reduceTill(without, takingBack(till, line, 999))).toEqual(till);
    });
    test("has no approval that ran out meanwhile", () => {
      expect(reduceTill(without, takingBack(till, line, 1_000))).toEqual({ ...till, approval: null });
    });
    test("gives no discount to what was begun meanwhile", () => {
      const other = reduceTill(without, add(cleaner));
      expect(reduceTill(other, takingBack(till, line, 0))).toMatchObject({
        lines: [{ productId: frame.id }, { productId: cleaner.id }],
        discountBp: 0,
        approval: null,
      });
    });
  });

  test("brings no discount of its own back with a line that was not the last", () => {
    const till = after(add(), add(cleaner), { type: "saleDiscounted", discountBp: 2_000 });
    const undo = takingBack(till, till.lines[0] ?? never(), 0);
    expect(reduceTill(emptyTill, undo)).toMatchObject({ discountBp: 0, lines: [{ productId: frame.id }] });
  });

  test("moves the selection and stops at both ends", () => {
    const down: TillEvent = { type: "selectionMoved", by: 1 };
    const up: TillEvent = { type: "selectionMoved", by: -1 };
    const till = after(add(), add(cleaner));
    expect(reduceTill(till, down).selected).toBe(cleaner.id);
    expect([up, up, up].reduce(reduceTill, till).selected).toBe(frame.id);
    expect(reduceTill(emptyTill, down)).toBe(emptyTill);
  });

  test("warns of stock only where there is any to run out of", () => {
    const line = (product = frame, quantity = 1) => after(add(product, quantity)).lines[0] ?? never();
    expect(isShort(line(frame, 10))).toBe(false);
    expect(isShort(line(frame, 11))).toBe(true);
    expect(isShort(line({ ...frame, allowsNegative: true }, 11))).toBe(false);
    expect(isShort(line(exam, 500))).toBe(false);
  });
});

describe("discounts of a cart", () => {
  const discounted = after(
    add(),
    add(cleaner),
    { type: "lineDiscounted", productId: frame.id, discountBp: 1_000 },
    { type: "saleDiscounted", discountBp: 1_000 },
  );

  test("of a line and of the sale come together, and the higher one asks for approval", () => {
    expect(totalsOf(discounted)).toMatchObject({ gross: 53_990, total: 40_500 + 3_591 });
    expect(highestDiscount(discounted)).toBe(1_900);
    expect(needsApproval(discounted, 1_900, 0)).toBe(false);
    expect(needsApproval(discounted, 1_000, 0)).toBe(true);
  });

  test.each([
    ["a high enough one", { maxDiscountBp: 1_900, maxDiscount: 9_899, expiresAt: 100 }, false],
    ["one that ran out", { maxDiscountBp: 1_900, maxDiscount: 9_899, expiresAt: 50 }, true],
    ["one for less", { maxDiscountBp: 1_500, maxDiscount: 9_899, expiresAt: 100 }, true],
    ["one for a smaller sale", { maxDiscountBp: 1_900, maxDiscount: 9_898, expiresAt: 100 }, true],
  ])("are covered by an approval or not: %s", (_, approval, needed) => {
    const till = reduceTill(discounted, { type: "approved", approval: { id: "a", ...approval } });
    expect(needsApproval(till, 1_000, 50)).toBe(needed);
  });

  test("go to the server as per cent with two decimals", () => {
    expect(saleBody(discounted, branchId, [{ method: "debit", amount: 44_091 }])).toEqual({
      branchId,
      lines: [
        { productId: frame.id, quantity: 1, discountPercent: 19 },
        { productId: cleaner.id, quantity: 1, discountPercent: 10 },
      ],
      tenders: [{ method: "debit", amount: 44_091 }],
      expectedTotal: 44_091,
    });
  });
});

describe("a sale that was sent", () => {
  const pending = { key: "k".repeat(32), body: saleBody(after(add()), branchId, []), tenders: [] };
  const waiting = after(add(), { type: "sent", pending });

  test("changes by nothing but its answer", () => {
    const attempts: TillEvent[] = [
      add(cleaner),
      { type: "quantitySet", productId: frame.id, quantity: 5 },
      { type: "lineRemoved", productId: frame.id },
      { type: "saleDiscounted", discountBp: 500 },
      { type: "customerChosen", customer: null },
      { type: "cleared" },
      { type: "sent", pending: { ...pending, key: "another" } },
    ];
    expect(attempts.map((event) => reduceTill(waiting, event))).toEqual(attempts.map(() => waiting));
  });

  test("can be changed again once it was refused or given up", () => {
    expect(reduceTill(waiting, { type: "refused" })).toMatchObject({ pending: null, lines: waiting.lines });
    expect(reduceTill(waiting, { type: "abandoned" })).toMatchObject({ pending: null, lines: waiting.lines });
  });

  test("leaves an empty till with its change on the screen, until the next product", () => {
    const finished = {
      orderId: "o",
      receiptNumber: 7,
      net: 1,
      tax: 1,
      exempt: 0,
      total: 2,
      change: 8,
      cashRounding: 0,
      tenders: [],
      customer: null,
    };
    const done = reduceTill(waiting, { type: "answered", finished });
    expect(done).toEqual({ ...emptyTill, finished });
    expect(reduceTill(done, { type: "quantitySet", productId: frame.id, quantity: 2 })).toBe(done);
    expect(reduceTill(done, { type: "cleared" })).toBe(emptyTill);
    expect(reduceTill(done, add(cleaner))).toMatchObject({
      finished: null,
      lines: [{ productId: cleaner.id, quantity: 1 }],
    });
  });

  test("is never sent without lines", () => {
    expect(reduceTill(emptyTill, { type: "sent", pending })).toBe(emptyTill);
  });
});

test("a refreshed cart shows new prices and stock and keeps what was chosen", () => {
  const till = after(add(frame, 3), { type: "lineDiscounted", productId: frame.id, discountBp: 500 });
  const seen = reduceTill(till, {
    type: "productsSeen",
    products: [{ ...frame, price: 60_000, stock: 1 }, cleaner],
  });
  expect(seen.lines).toEqual([{ ...till.lines[0], unitPrice: 60_000, available: 1 }]);
});

test("a cart that is parked names its customer and keeps the address to itself", () => {
  const customer = { id: "c", name: "María José Núñez", detail: "12.345.678-5" };
  const approval = { id: "a", maxDiscountBp: 1, maxDiscount: 1, expiresAt: 1 };
  const till = after(
    add(),
    { type: "customerChosen", customer: { ...customer, email: "maria@correo.test" } },
    { type: "approved", approval },
  );
  expect(toPark(till)).toEqual({ ...till, customer, approval: null });
});

test("a cart that is taken up brings no approval and nothing that was sent", () => {
  const foreign: Till = {
    ...after(add()),
    approval: { id: "a", maxDiscountBp: 1, maxDiscount: 1, expiresAt: 1 },
  };
  expect(reduceTill(emptyTill, { type: "cartTaken", till: foreign })).toEqual({ ...foreign, approval: null });
});

function never(): never {
  throw new Error("the cart of this test has a line");
}
