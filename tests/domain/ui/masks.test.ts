import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caretAfter } from "@/components/ui/mask";
import { isMoneyDigit, maskPesos, pesosOf } from "@/components/ui/money-mask";
import { isRutCharacter, maskRut } from "@/components/ui/rut-mask";

describe("an amount in pesos", () => {
  test.each([
    ["", "", null],
    ["0", "0", 0],
    ["990", "990", 990],
    ["12990", "12.990", 12_990],
    ["$ 1.234.567", "1.234.567", 1_234_567],
    ["000500", "500", 500],
    ["12,990", "12.990", 12_990],
    ["-500", "500", 500],
    ["1e3", "13", 13],
    ["1234567890123", "123.456.789.012", 123_456_789_012],
  ])("%j is written %j", (typed, shown, pesos) => {
    expect(maskPesos(typed)).toBe(shown);
    expect(pesosOf(maskPesos(typed))).toBe(pesos);
  });

  test("writing it and reading it back loses nothing", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999_999 }),
        (pesos) => pesosOf(maskPesos(String(pesos))) === pesos,
      ),
    );
  });

  test("masking a masked amount changes nothing", () => {
    fc.assert(fc.property(fc.string(), (text) => maskPesos(maskPesos(text)) === maskPesos(text)));
  });
});

describe("a RUT while it is typed", () => {
  test.each([
    ["", ""],
    ["1", "1"],
    ["12", "1-2"],
    ["1234", "123-4"],
    ["123456785", "12.345.678-5"],
    ["12.345.678-5", "12.345.678-5"],
    ["7654321k", "7.654.321-K"],
    ["k", ""],
    ["1k2", "1-K"],
    ["012345678", "1.234.567-8"],
    ["12345678599", "12.345.678-5"],
    ["12 345 678 5", "12.345.678-5"],
  ])("%j is written %j", (typed, shown) => {
    expect(maskRut(typed)).toBe(shown);
  });

  test("masking a masked RUT changes nothing", () => {
    fc.assert(fc.property(fc.string(), (text) => maskRut(maskRut(text)) === maskRut(text)));
  });
});

describe("the caret", () => {
  test("stays behind the digit that was typed in the middle", () => {
    // 1|234 with 9 typed after the 1: 19|234 becomes 19.234
    expect(caretAfter("19.234", 2, isMoneyDigit)).toBe(2);
    expect(caretAfter("192.345", 4, isMoneyDigit)).toBe(5);
  });

  test("stays at the beginning and at the end", () => {
    expect(caretAfter("12.345.678-5", 0, isRutCharacter)).toBe(0);
    expect(caretAfter("12.345.678-5", 9, isRutCharacter)).toBe(12);
    expect(caretAfter("12", 7, isMoneyDigit)).toBe(2);
  });

  test("never leaves the text", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(40), (text, significant) => {
        const masked = maskPesos(text);
        const caret = caretAfter(masked, significant, isMoneyDigit);
        return caret >= 0 && caret <= masked.length;
      }),
    );
  });
});
