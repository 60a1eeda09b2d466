import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPhone, parsePhone } from "@/lib/chile/phone";

describe("telephone numbers", () => {
  test.each(["912345678", "9 1234 5678", "56912345678", "+56 9 1234 5678", "(+56) 9-1234-5678"])(
    "%j is one mobile",
    (text) => {
      expect(parsePhone(text)).toBe("+56912345678");
    },
  );

  test("a fixed line of Santiago is known by its 2", () => {
    expect(parsePhone("2 2345 6789")).toBe("+56223456789");
  });

  test("a foreign number keeps its country", () => {
    expect(parsePhone("+54 9 11 2345-6789")).toBe("+5491123456789");
  });

  test.each(["", "1234", "no tiene", "+56 1", "9".repeat(60)])("%j is none", (text) => {
    expect(parsePhone(text)).toBeNull();
  });

  test("a stored number is written in groups", () => {
    expect(formatPhone("+56912345678")).toBe("+56 9 1234 5678");
    expect(formatPhone("none")).toBe("none");
  });

  test("a mobile survives writing and reading", () => {
    fc.assert(
      fc.property(fc.integer({ min: 40_000_000, max: 99_999_999 }), (rest) => {
        const stored = parsePhone(`9${rest}`);
        expect(stored).toBe(`+569${rest}`);
        expect(parsePhone(formatPhone(stored ?? ""))).toBe(stored);
      }),
    );
  });
});
