import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundCash } from "@/lib/chile";

describe("paying in cash (Ley 20.956)", () => {
  test.each([
    [994, 990],
    [995, 990],
    [996, 1000],
    [12_345, 12_340],
    [12_346, 12_350],
    [0, 0],
    [5, 0],
    [6, 10],
  ])("%i is paid with %i", (amount, paid) => {
    expect(roundCash(amount)).toBe(paid);
  });

  test("of 50,007 with 30,000 on card, 20,010 are paid in cash", () => {
    expect(roundCash(50_007 - 30_000)).toBe(20_010);
  });

  test("12,346 paid with a note of 20,000 gives 7,650 back", () => {
    expect(20_000 - roundCash(12_346)).toBe(7_650);
  });

  test("money given back rounds like money taken", () => {
    expect(roundCash(-12_346)).toBe(-12_350);
    expect(Object.is(roundCash(-3), 0)).toBe(true);
  });

  test("the result ends in 0 and is never more than 5 less or 4 more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (amount) => {
        const paid = roundCash(amount);
        expect(paid % 10).toBe(0);
        expect(paid - amount).toBeGreaterThanOrEqual(-5);
        expect(paid - amount).toBeLessThanOrEqual(4);
        expect(roundCash(paid)).toBe(paid);
      }),
    );
  });

  test("a fraction of a peso is refused", () => {
    expect(() => roundCash(0.5)).toThrow(RangeError);
  });
});
