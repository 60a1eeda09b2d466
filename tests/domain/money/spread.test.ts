import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spread } from "@/lib/money";

describe("sharing out a discount", () => {
  test("a discount of 100 over three equal lines is 34, 33 and 33", () => {
    expect(spread(100, [33_333, 33_333, 33_333])).toEqual([34, 33, 33]);
  });

  test("the largest remainder gets the odd peso", () => {
    expect(spread(10, [1, 1, 4])).toEqual([2, 2, 6]);
    expect(spread(1, [1, 99])).toEqual([0, 1]);
  });

  test("lines that cost nothing share alike when all cost nothing", () => {
    expect(spread(5, [0, 0])).toEqual([3, 2]);
  });

  test("a line that costs nothing gets nothing beside one that does", () => {
    expect(spread(5, [0, 10])).toEqual([0, 5]);
  });

  test.each([
    [10, []],
    [-1, [1]],
    [1.5, [1]],
    [1, [-1, 2]],
  ])("%s over %j is refused", (total, weights) => {
    expect(() => spread(total, weights)).toThrow(RangeError);
  });

  const amount = fc.integer({ min: 0, max: 10 ** 12 });

  test("shares add up to the amount and none is off by a whole peso", () => {
    fc.assert(
      fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 30 }), (total, weights) => {
        const shares = spread(total, weights);
        expect(shares.reduce((all, share) => all + share, 0)).toBe(total);
        const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
        shares.forEach((share, index) => {
          if (sum === 0n) return;
          const excess = BigInt(share) * sum - BigInt(total) * BigInt(weights[index] ?? 0);
          expect(excess > -sum && excess < sum).toBe(true);
        });
      }),
    );
  });

  test("a discount that is no larger than the sale leaves no line below zero", () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, part) => {
          const discount = Math.floor(lines.reduce((all, line) => all + line, 0) * part);
          spread(discount, lines).forEach((share, index) =>
            expect(share).toBeLessThanOrEqual(lines[index] ?? 0),
          );
        },
      ),
    );
  });
});
