import fc from "fast-check";
import { expect, test } from "vitest";
import { exponentOf, toDecimalText, toMinorUnits } from "@/lib/payments/decimal";

test.each([
  ["10.00", 2, 1_000],
  ["10.1", 2, 1_010],
  ["10", 2, 1_000],
  [10, 2, 1_000],
  [10.1, 2, 1_010],
  [0.07, 2, 7],
  [1.15, 2, 115], // a float times 100 is 114.99999999999999
  ["4990", 0, 4_990],
  ["19990.0", 0, 19_990],
  [19990.0, 0, 19_990],
  ["19990.000000", 0, 19_990],
  ["1e2", 0, 100],
  ["1.5e1", 0, 15],
  ["1E+3", 2, 100_000],
  ["1e-2", 2, 1],
  ["0", 0, 0],
  ["0.00", 2, 0],
  ["007", 0, 7],
  ["9007199254740991", 0, 9_007_199_254_740_991],
  ["0.00000055", 8, 55],
  [5.5e-7, 8, 55],
])("%o with exponent %i is %i", (text, exponent, minor) => {
  expect(toMinorUnits(text, exponent)).toBe(minor);
});

test.each([
  ["10.001", 2],
  ["19990.5", 0],
  ["1e-7", 2],
  [1e-7, 0],
  [0.1 + 0.2, 2],
  ["-1", 0],
  [-1, 0],
  ["+1", 0],
  ["1.234,50", 2],
  ["1,50", 2],
  ["19.990", 0],
  ["12345678901234567890", 0],
  ["90071992547409.93", 2],
  ["9007199254740992", 0],
  ["1e400", 0],
  ["15e1", 0],
  [Number.NaN, 2],
  [Number.POSITIVE_INFINITY, 2],
  [".5", 2],
  ["5.", 2],
  [" 5", 2],
  ["0x10", 0],
  ["１０", 0],
  ["", 2],
  [null, 2],
  [undefined, 0],
])("%o with exponent %i is no amount", (text, exponent) => {
  expect(toMinorUnits(text, exponent)).toBeNull();
});

test("every amount survives being written and read", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 8 }), (minor, exponent) => {
      expect(toMinorUnits(toDecimalText(minor, exponent), exponent)).toBe(minor);
    }),
  );
});

test("an amount is written with all decimals of its currency", () => {
  expect(toDecimalText(5, 2)).toBe("0.05");
  expect(toDecimalText(1_050, 2)).toBe("10.50");
  expect(toDecimalText(19_990, 0)).toBe("19990");
  expect(() => toDecimalText(0.5, 2)).toThrow(RangeError);
  expect(() => toDecimalText(-1, 2)).toThrow(RangeError);
});

test("currencies that are not counted have no exponent", () => {
  expect(["CLP", "USD", "UYU", "toString", null].map(exponentOf)).toEqual([0, 2, null, null, null]);
});
