import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, parsePesos } from "@/lib/money";

describe("writing money", () => {
  test.each([
    [0, "$0"],
    [990, "$990"],
    [1000, "$1.000"],
    [12990, "$12.990"],
    [185000, "$185.000"],
    [1234567, "$1.234.567"],
  ])("%i pesos read %s in Spanish", (minor, text) => {
    expect(formatMoney(minor, "CLP", "es")).toBe(text);
  });

  test("pesos keep their sign for an English reader too", () => {
    expect(formatMoney(185000, "CLP", "en")).toBe("$185,000");
  });

  test("dollars never look like pesos", () => {
    expect(formatMoney(4990, "USD", "es")).toContain("49,90");
    for (const locale of ["es", "en"]) expect(formatMoney(4990, "USD", locale)).toMatch(/^US/);
  });

  test("a refund carries its minus", () => {
    expect(formatMoney(-500, "CLP", "es").replace(/\s/g, "")).toMatch(/^(-\$|\$-|−\$|\$−)500$/);
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])(
    "%s is refused: it is no amount",
    (minor) => {
      expect(() => formatMoney(minor, "CLP", "es")).toThrow(RangeError);
    },
  );

  test("every amount that is written can be read again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (minor) => {
        expect(parsePesos(formatMoney(minor, "CLP", "es"))).toBe(minor);
      }),
    );
  });
});
