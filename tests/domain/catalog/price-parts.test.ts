import fc from "fast-check";
import { expect, test } from "vitest";
import { priceParts } from "@/components/catalog/price-parts";

test.each([
  [
    { price: 59_990, cost: 20_000, exempt: false },
    { net: 50_412, tax: 9_578, margin: 30_412 },
  ],
  [
    { price: 14_990, cost: 2_000, exempt: true },
    { net: 14_990, tax: 0, margin: 12_990 },
  ],
  [
    { price: 10_000, cost: 9_000, exempt: false },
    { net: 8_403, tax: 1_597, margin: -597 },
  ],
  [
    { price: 10_000, cost: null, exempt: false },
    { margin: null, share: null },
  ],
  [
    { price: 0, cost: 500, exempt: false },
    { net: 0, tax: 0, margin: -500, share: null },
  ],
])("takes a price apart: %j", (input, parts) => {
  expect(priceParts(input)).toMatchObject(parts);
});

test("net and tax are the price, whatever it is, and the margin is what the cost leaves of the net", () => {
  const price = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(price, fc.option(price), fc.boolean(), (retail, cost, exempt) => {
      const { net, tax, margin, share } = priceParts({ price: retail, cost, exempt });
      expect(net + tax).toBe(retail);
      expect(margin).toBe(cost === null ? null : net - cost);
      if (share !== null && margin !== null) expect(share * net).toBeCloseTo(margin, 3);
    }),
  );
});
