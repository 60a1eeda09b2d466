import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasWrongCheckDigit } from "@/components/catalog/ean";
import { changedProduct, newProduct, productQuery } from "@/lib/catalog/schema";
import { ean13 } from "@/scripts/seed/catalogue";

const form = (fields: object = {}) => ({
  name: "Lenga",
  category: "frame",
  price: "59990",
  tracksStock: "on",
  ...fields,
});
const refusedFields = (fields: object) =>
  newProduct.safeParse(form(fields)).error?.issues.map(({ path }) => path.join("."));

describe("a product as a form sends it", () => {
  test.each([
    ["59990", 59_990],
    ["59.990", 59_990],
    ["$ 59.990", 59_990],
    ["0", 0],
  ])("costs what was typed: %s", (price, pesos) => {
    expect(newProduct.parse(form({ price })).price).toBe(pesos);
  });

  test.each(["59,9", "59.99", "", "-1", "abc", "100000001"])("is refused with a price of %j", (price) => {
    expect(refusedFields({ price })).toEqual(["price"]);
  });

  test("keeps what was left empty unknown", () => {
    const product = newProduct.parse(form({ sku: " ", barcode: "", brand: "", cost: "", lowStockAt: "" }));
    expect(product).toMatchObject({ sku: null, barcode: null, brand: null, cost: null, lowStockAt: null });
  });

  test("drops the spaces of a scanned code, and refuses what no scanner reads", () => {
    expect(newProduct.parse(form({ barcode: " 780 0000 000017\n" })).barcode).toBe("7800000000017");
    for (const barcode of ["123", "código", "a".repeat(49), "<b>1</b>"])
      expect(refusedFields({ barcode })).toEqual(["barcode"]);
  });

  test("keeps no stock when it is a service, whatever the form still carried along", () => {
    const service = newProduct.parse(form({ category: "service", allowsNegative: "on", lowStockAt: "3" }));
    expect(service).toMatchObject({ tracksStock: false, allowsNegative: false, lowStockAt: null });
  });

  test("needs its code and the state that was seen when it is changed", () => {
    const id = "5d3c2c5e-6a9e-4d05-8f3e-0a6f7b1f2c3d";
    expect(changedProduct.safeParse(form({ id, version: "3", sku: "A" })).success).toBe(true);
    expect(changedProduct.safeParse(form({ id, version: "0", sku: "A" })).success).toBe(false);
    expect(changedProduct.safeParse(form({ id, version: "3", sku: " " })).success).toBe(false);
  });

  test("a link never breaks", () => {
    expect(
      productQuery.parse({ category: "hats", stock: "?", column: "x", after: "1; drop", state: [] }),
    ).toMatchObject({
      category: null,
      stock: "any",
      column: "name",
      after: null,
      state: "active",
    });
  });
});

describe("the check digit of a barcode", () => {
  test.each(["7800000000016", "7800000000023", "96385074", "036000291452"])("is right in %s", (code) => {
    expect(hasWrongCheckDigit(code)).toBe(false);
  });
  test.each(["7800000000017", "96385075", "036000291453"])("is wrong in %s", (code) => {
    expect(hasWrongCheckDigit(code)).toBe(true);
  });
  test.each(["LEN-1", "12345", "78000000000171"])("is nobody's business in %s, which is no EAN", (code) => {
    expect(hasWrongCheckDigit(code)).toBe(false);
  });

  test("is found wrong whenever one digit is mistyped", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.nat(12),
        fc.integer({ min: 1, max: 9 }),
        (serial, place, by) => {
          const code = ean13(serial);
          expect(hasWrongCheckDigit(code)).toBe(false);
          const digit = (Number(code.charAt(place)) + by) % 10;
          expect(hasWrongCheckDigit(code.slice(0, place) + digit + code.slice(place + 1))).toBe(true);
        },
      ),
    );
  });
});
