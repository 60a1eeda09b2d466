import { describe, expect, test } from "vitest";
import { searchTerms } from "@/lib/customers/search-terms";

const terms = (text: string, phone: string | null = null) => searchTerms(text, phone);

describe("what a search looks for", () => {
  test.each([
    ["12.345.678-5", "123456785"],
    ["12345678-5", "123456785"],
    ["12 345 678 5", "123456785"],
    ["  12.345.678-5  ", "123456785"],
    ["12.345", "12345"],
  ])("reads the RUT %j without dots and dash", (text, expected) => {
    expect(terms(text)[0]).toContain(expected);
    expect(terms(text)).toHaveLength(1);
  });

  test.each(["10.000.013-K", "10.000.013-k", "10000013k"])("keeps the K of %j", (text) => {
    expect(terms(text)[0]?.[0]?.toLowerCase()).toBe("10000013k");
  });

  test.each([
    ["9 1234 5678", "912345678"],
    ["+56 9 1234 5678", "+56912345678"],
    ["(9) 1234-5678", "912345678"],
    ["1234 5678", "12345678"],
  ])("reads the telephone %j in any spelling", (text, expected) => {
    expect(terms(text)[0]?.[0]).toBe(expected);
  });

  test("looks for the number itself where the spelling has more digits than it", () => {
    expect(terms("09 1234 5678", "+56912345678")[0]).toEqual(["0912345678", "09 1234 5678", "+56912345678"]);
    expect(terms("9 1234 5678", "+56912345678")[0]).not.toContain("+56912345678");
  });

  test.each(["E-123456", "E.123.456", "E\u2011123456", "E’123456", "E/123456"])(
    "reads the passport %j without what stands between its signs, and as it was written",
    (text) => {
      expect(terms(text)).toEqual([["E123456", text]]);
    },
  );

  test("a passport in two words is two terms, and one without separators has one spelling", () => {
    expect(terms("E 123456")).toEqual([["E"], ["123456"]]);
    expect(terms("E123456")).toEqual([["E123456"]]);
  });

  test.each(["012.345.678-5", "0012345678-5", "12.345.678\u20115", "12'345'678-5"])(
    "reads the RUT %j as the shop writes it down",
    (text) => {
      expect(terms(text)[0]).toContain("123456785");
      expect(terms(`juan ${text}`)[1]).toContain("123456785");
    },
  );

  test("makes no RUT of a number with another check digit", () => {
    expect(terms("012.345.678-4")).toEqual([["0123456784", "012.345.678-4"]]);
  });

  test("a number that was stored with its separators is found as well", () => {
    expect(terms("123-456")).toEqual([["123456", "123-456"]]);
  });

  test("every word of a name is looked for, in any order", () => {
    expect(terms("núñez  maría")).toEqual([["núñez"], ["maría"]]);
  });

  test("a name and a RUT together are two terms", () => {
    expect(terms("juan 12.345.678-5")).toEqual([["juan"], ["123456785", "12.345.678-5"]]);
  });

  test("words with a dash, addresses and wildcards stay as they are", () => {
    expect(terms("Ana-María")).toEqual([["Ana-María"]]);
    expect(terms("a.b-c@correo.cl")).toEqual([["a.b-c@correo.cl"]]);
    expect(terms("100%")).toEqual([["100%"]]);
    expect(terms("a_b")).toEqual([["a_b"]]);
  });

  test("a lone K, dot or dash is no number", () => {
    expect(terms("k")).toEqual([["k"]]);
    expect(terms("-")).toEqual([["-"]]);
  });

  test("nothing typed looks for nothing", () => {
    expect(terms("")).toEqual([]);
    expect(terms("   ")).toEqual([]);
  });

  test("a pasted page is cut down to six words", () => {
    expect(terms("una palabra ".repeat(500)).length).toBeLessThanOrEqual(6);
  });
});
