import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatRut, isRut, parseRut, rutCheckDigit } from "@/lib/chile";

const known = [
  "12345678-5",
  "11111111-1",
  "7654321-6",
  "76086428-5",
  "10000013-K",
  "10000004-0",
  "999999-K",
  "1-9",
  "66666666-6",
];

const body = fc.integer({ min: 1, max: 99_999_999 }).map(String);

describe("reading a RUT", () => {
  test.each(known)("%s is a RUT", (rut) => {
    expect(parseRut(rut)).toBe(rut);
  });

  test.each([
    "12.345.678-5",
    "12345678-5",
    "123456785",
    " 12 345 678 - 5 ",
    "0012.345.678-5",
    "12.345.678–5",
    "12.345.678‐5",
    "12'345'678-5",
  ])("%j is the same person as 12345678-5", (text) => {
    expect(parseRut(text)).toBe("12345678-5");
  });

  test("a small k is a K", () => {
    expect(parseRut("10.000.013-k")).toBe("10000013-K");
  });

  test.each([
    "12345678-4",
    "",
    "-",
    "-5",
    "K",
    "0-0",
    "00-0",
    "5",
    "123456789-2",
    "1234567K-5",
    "12345678-KK",
    "12345678-",
    "RUT 12345678-5",
    "１２３４５６７８-5",
  ])("%j is none", (text) => {
    expect(isRut(text)).toBe(false);
  });

  test("a text of any length is answered at once", () => {
    expect(parseRut("0".repeat(50_000))).toBeNull();
  });

  test("any spelling of any RUT reads as the stored one", () => {
    const spelling = fc.record({
      body,
      zeros: fc.integer({ min: 0, max: 4 }),
      dash: fc.constantFrom("-", "", " - ", "–"),
    });
    fc.assert(
      fc.property(spelling, fc.boolean(), ({ body: digits, zeros, dash }, small) => {
        const digit = rutCheckDigit(digits);
        const spelt = "0".repeat(zeros) + digits + dash + (small ? digit.toLowerCase() : digit);
        expect(parseRut(spelt)).toBe(`${digits}-${digit}`);
      }),
    );
  });

  test("of the eleven check digits exactly one is right", () => {
    fc.assert(
      fc.property(body, (digits) => {
        expect(Array.from("0123456789K").filter((digit) => isRut(`${digits}-${digit}`))).toHaveLength(1);
      }),
    );
  });

  test("one mistyped digit, or two neighbours swapped, is found", () => {
    fc.assert(
      fc.property(body, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const place = at % digits.length;
        const wrong = digits.slice(0, place) + ((Number(digits[place]) + by) % 10) + digits.slice(place + 1);
        expect(isRut(`${wrong}-${rutCheckDigit(digits)}`)).toBe(false);
        const next = digits[place + 1];
        if (next === undefined || next === digits[place]) return;
        const swapped = digits.slice(0, place) + next + digits[place] + digits.slice(place + 2);
        expect(isRut(`${swapped}-${rutCheckDigit(digits)}`)).toBe(false);
      }),
    );
  });
});

describe("writing a RUT", () => {
  test.each([
    ["12345678-5", "12.345.678-5"],
    ["7654321-6", "7.654.321-6"],
    ["999999-K", "999.999-K"],
    ["1-9", "1-9"],
  ])("%s reads %s", (stored, shown) => {
    expect(formatRut(stored)).toBe(shown);
  });

  test("what is no RUT is shown as it is", () => {
    expect(formatRut("AB 123")).toBe("AB 123");
  });

  test("what is shown reads back as what is stored", () => {
    fc.assert(
      fc.property(body, (digits) => {
        const stored = `${digits}-${rutCheckDigit(digits)}`;
        expect(parseRut(formatRut(stored))).toBe(stored);
      }),
    );
  });
});
