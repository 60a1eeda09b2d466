import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addTax, splitTax } from "@/lib/chile";
import { spread } from "@/lib/money";

const pesos = fc.integer({ min: 0, max: 10 ** 13 });

describe("the tax inside a retail price", () => {
  test.each([
    [185_000, 155_462, 29_538],
    [99_990, 84_025, 15_965],
    [10_000, 8_403, 1_597],
    [0, 0, 0],
    [1, 1, 0],
  ])("%i is %i net and %i IVA", (gross, net, tax) => {
    expect(splitTax(gross)).toEqual({ net, tax, total: gross });
  });

  test("three lines of 33,333 are parted as one document, not line by line", () => {
    expect(splitTax(3 * 33_333)).toEqual({ net: 84_033, tax: 15_966, total: 99_999 });
  });

  test("a credit note carries the same pesos with the other sign", () => {
    expect(splitTax(-185_000)).toEqual({ net: -155_462, tax: -29_538, total: -185_000 });
  });

  test("net and IVA are the total to the peso, and net is the nearest one", () => {
    fc.assert(
      fc.property(pesos, (gross) => {
        const { net, tax, total } = splitTax(gross);
        expect(net + tax).toBe(total);
        expect(total).toBe(gross);
        // |net × 119 − gross × 100| ≤ 119 / 2: half a peso at most
        const distance = BigInt(net) * 119n - BigInt(gross) * 100n;
        expect(2n * (distance < 0n ? -distance : distance) <= 119n).toBe(true);
      }),
    );
  });

  test("a discount spread over the lines changes no peso of the document", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10 ** 7 }), { minLength: 1, maxLength: 12 }),
        (lines) => {
          const gross = lines.reduce((all, line) => all + line, 0);
          const discount = Math.floor(gross / 7);
          const shares = spread(discount, lines);
          const charged = lines.reduce((all, line, index) => all + line - (shares[index] ?? 0), 0);
          expect(splitTax(charged)).toEqual(splitTax(gross - discount));
        },
      ),
    );
  });
});

describe("the tax on a net amount", () => {
  test("84,034 net carry 15,966 IVA", () => {
    expect(addTax(84_034)).toEqual({ net: 84_034, tax: 15_966, total: 100_000 });
  });

  test("half a peso of tax goes up", () => {
    expect(addTax(50).tax).toBe(10); // 9.5
  });

  test("a credit note repeats it with the other sign", () => {
    expect(addTax(-84_034)).toEqual({ net: -84_034, tax: -15_966, total: -100_000 });
  });

  test("parting the total again is off by one peso at most", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (net) => {
        expect(Math.abs(splitTax(addTax(net).total).net - net)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([0.5, Number.NaN, 2 ** 60])("%s pesos are refused", (amount) => {
    expect(() => addTax(amount)).toThrow(RangeError);
    expect(() => splitTax(amount)).toThrow(RangeError);
  });
});
