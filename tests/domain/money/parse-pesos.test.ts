import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePesos } from "@/lib/money";

describe("reading pesos as people type them", () => {
  test.each(["185000", "185.000", "$ 185.000", "$185.000", " 185000 ", "$\u00a0185.000"])(
    "%j is 185000",
    (text) => {
      expect(parsePesos(text)).toBe(185000);
    },
  );

  test.each(["0", "$0", "000"])("%j is nothing to pay", (text) => {
    expect(parsePesos(text)).toBe(0);
  });

  test.each([
    ["185,000", "a comma may be thousands or decimals"],
    ["12,5", "pesos have no decimals"],
    ["185.00", "a dot parts thousands"],
    ["1.85.000", "a dot parts thousands"],
    [".500", "a group needs a head"],
    ["1.0000", "groups have three digits"],
    ["-500", "an amount has no sign"],
    ["1e6", "no exponents"],
    ["", "nothing is no amount"],
    ["$", "a sign alone is no amount"],
    ["12 500", "a space is no separator"],
    ["１２", "full-width digits"],
    ["9999999999999999", "beyond any till"],
  ])("%j is refused: %s", (text) => {
    expect(parsePesos(text)).toBeNull();
  });

  test("nothing that is typed makes it throw or give a fraction", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789.,$ -eE")) }), (text) => {
        const pesos = parsePesos(text);
        expect(pesos === null || (Number.isSafeInteger(pesos) && pesos >= 0)).toBe(true);
      }),
    );
  });
});
