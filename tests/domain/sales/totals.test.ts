import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  combineDiscounts,
  lineAmounts,
  type PricedLine,
  saleTotals,
  settle,
  type Tender,
} from "@/lib/sales/totals";

const line = (
  unitPrice: number,
  quantity = 1,
  discountBp = 0,
  taxKind: PricedLine["taxKind"] = "taxable",
): PricedLine => ({
  unitPrice,
  quantity,
  discountBp,
  taxKind,
});
const anyLine = fc.record({
  unitPrice: fc.integer({ min: 0, max: 100_000_000 }),
  quantity: fc.integer({ min: 1, max: 9_999 }),
  discountBp: fc.integer({ min: 0, max: 10_000 }),
  taxKind: fc.constantFrom("taxable" as const, "exempt" as const),
});
const cash = (amount: number): Tender => ({ method: "cash", amount });
const debit = (amount: number): Tender => ({ method: "debit", amount });

describe("a line", () => {
  test.each([
    [line(50_000, 1, 1_000), 45_000],
    [line(3_990, 3, 333), 11_571], // 398.601 off, which is 399
    [line(1, 1, 5_000), 0], // half a peso off rounds up
    [line(3_990, 1, 10_000), 0],
  ])("%o comes to %i pesos", (priced, total) => {
    expect(lineAmounts(priced).total).toBe(total);
  });

  test("is never worth less than nothing or more than its price, at any size", () => {
    fc.assert(
      fc.property(anyLine, (priced) => {
        const { gross, discount, total } = lineAmounts(priced);
        expect(gross).toBe(priced.unitPrice * priced.quantity);
        expect(discount + total).toBe(gross);
        expect(total).toBeGreaterThanOrEqual(0);
        expect(total).toBeLessThanOrEqual(gross);
      }),
    );
  });
});

describe("a sale", () => {
  test("parts its tax once, from the sum of its taxable lines", () => {
    const three = [line(33_333), line(33_333), line(33_333), line(15_000, 1, 0, "exempt")];
    expect(saleTotals(three)).toEqual({
      itemCount: 4,
      gross: 114_999,
      discount: 0,
      net: 84_033,
      tax: 15_966,
      exempt: 15_000,
      total: 114_999,
    });
  });

  test("adds up to the peso whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
        const { net, tax, exempt, total, gross, discount } = saleTotals(lines);
        expect(net + tax + exempt).toBe(total);
        expect(gross - discount).toBe(total);
      }),
    );
  });

  test("without lines comes to nothing", () => {
    expect(saleTotals([])).toEqual({
      itemCount: 0,
      gross: 0,
      discount: 0,
      net: 0,
      tax: 0,
      exempt: 0,
      total: 0,
    });
  });
});

describe("a discount on the whole sale", () => {
  test.each([
    [1_000, 1_000, 1_900],
    [0, 1_250, 1_250],
    [10_000, 5_000, 10_000],
    [333, 333, 655],
  ])("of %i on top of %i basis points is %i", (lineBp, saleBp, both) => {
    expect(combineDiscounts(lineBp, saleBp)).toBe(both);
  });

  test("never passes a hundred per cent nor falls below either of the two", () => {
    const bp = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(bp, bp, (lineBp, saleBp) => {
        const both = combineDiscounts(lineBp, saleBp);
        expect(both).toBeLessThanOrEqual(10_000);
        expect(both).toBeGreaterThanOrEqual(Math.max(lineBp, saleBp));
      }),
    );
  });
});

describe("paying", () => {
  test.each([
    ["exactly in cash", 12_350, [cash(12_350)], { cashRounding: 0, change: 0, settled: true }],
    ["12 346 in cash is 12 350", 12_346, [cash(20_000)], { cashRounding: 4, change: 7_650, settled: true }],
    ["995 in cash is 990", 995, [cash(1_000)], { cashRounding: -5, change: 10, settled: true }],
    [
      "only the part in cash is rounded",
      50_007,
      [debit(30_000), cash(20_010)],
      { cashRounding: 3, change: 0, settled: true },
    ],
    ["a card pays to the peso", 12_346, [debit(12_346)], { cashRounding: 0, change: 0, settled: true }],
    ["a card gives no change", 12_346, [debit(12_350)], { settled: false }],
    ["no cash on top of a paid card", 50_000, [debit(50_000), cash(1_000)], { settled: false }],
    ["cash that is not enough", 12_346, [cash(12_000)], { missing: 346, change: 0, settled: false }],
    ["nothing yet", 12_346, [], { missing: 12_346, settled: false }],
    ["a gift", 0, [], { change: 0, settled: true }],
    ["three pesos are too little for any coin", 3, [cash(0)], { cashRounding: -3, settled: true }],
  ] as const)("%s", (_, total, tenders, expected) => {
    expect(settle(total, tenders)).toMatchObject(expected);
  });

  test("in cash leaves the drawer with tens, and the customer with the rest", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 2_000_000 }),
        (total, tens) => {
          const handed = tens * 10;
          const { settled, change, cashRounding } = settle(total, [cash(handed)]);
          if (!settled) return;
          const kept = handed - change;
          expect(kept % 10).toBe(0);
          expect(kept).toBe(total + cashRounding);
          expect(cashRounding).toBeGreaterThanOrEqual(-5);
          expect(cashRounding).toBeLessThanOrEqual(4);
        },
      ),
    );
  });
});
