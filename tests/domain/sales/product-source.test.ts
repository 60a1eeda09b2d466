import { afterEach, describe, expect, test, vi } from "vitest";
import { createProductSource } from "@/components/pos/product-source";
import type { TillProduct } from "@/lib/sales";
import { aProductSeen } from "./till-fixtures";

afterEach(() => vi.unstubAllGlobals());

const EAN = "7800000000109";
/** Two products of an old shop: one has as its SKU what is printed on the other. */
const named = aProductSeen({ id: "a", sku: EAN, barcode: null, name: "Estuche", price: 2_000 });
const printed = aProductSeen({ id: "b", sku: "ARM-9", barcode: EAN, name: "Armazón", price: 90_000 });

/** A server that gives these answers, one after the other, and a till that asks it. */
function till(...answers: (readonly TillProduct[])[]) {
  const server = vi.fn<typeof fetch>();
  for (const products of answers) server.mockResolvedValueOnce(Response.json({ products }));
  server.mockRejectedValue(new TypeError("the line is down"));
  vi.stubGlobal("fetch", server);
  const source = createProductSource("centro");
  return {
    ...source,
    asked: () => server.mock.calls.length,
    scan: async (code: string) => (await source.findByCode(code))?.id,
  };
}

describe("a code that old products share", () => {
  test("means the one that it is printed on, at every scan", async () => {
    const { scan, asked } = till([printed, named]);
    expect([await scan(EAN), await scan(EAN), await scan(EAN)]).toEqual(["b", "b", "b"]);
    expect(asked()).toBe(1);
  });

  test("is asked of the server although a tile or a search brought the other one", async () => {
    const { scan, search } = till([named], [printed, named]);
    await search({});
    expect([await scan(EAN), await scan(EAN)]).toEqual(["b", "b"]);
  });

  test("in another case means the first of the answer", async () => {
    const [first, second] = [
      aProductSeen({ id: "a", barcode: "AB-1" }),
      aProductSeen({ id: "b", barcode: "ab-1" }),
    ];
    const { scan } = till([first, second]);
    expect([await scan("ab-1"), await scan("ab-1"), await scan("AB-1")]).toEqual(["a", "a", "a"]);
    const warm = till([second], [first, second]);
    await warm.search({});
    expect([await warm.scan("AB-1"), await warm.scan("AB-1")]).toEqual(["a", "a"]);
    expect(warm.asked()).toBe(2);
  });
});

describe("a code that was seen before", () => {
  test("needs no line: printed ones from anywhere, a SKU once it was scanned or typed", async () => {
    const { scan, search } = till([printed], [named]);
    await search({ q: "armazón" });
    expect(await scan(EAN.toUpperCase())).toBe("b");
    const other = till([named]);
    expect([await other.scan(EAN), await other.scan(EAN)]).toEqual(["a", "a"]);
    expect(other.asked()).toBe(1);
  });

  test("means the product at the price that was seen last", async () => {
    const { findByCode, refresh } = till([printed], [{ ...printed, price: 95_000 }]);
    expect(await findByCode(EAN)).toMatchObject({ price: 90_000 });
    await refresh(["b"]);
    expect(await findByCode(EAN)).toMatchObject({ price: 95_000 });
  });

  test("is asked again when its product has got another one", async () => {
    const { scan, refresh } = till([printed], [{ ...printed, barcode: "7800000000116" }], [named]);
    expect(await scan(EAN)).toBe("b");
    await refresh(["b"]);
    expect(await scan(EAN)).toBe("a");
  });
});
