import { expect, test } from "vitest";
import { countFrom, missingIn, noCount, withPieces } from "@/components/cash-register/counted";

test("pieces add up to the cash, and cash without any piece is not counted yet", () => {
  const some = withPieces(withPieces(noCount, 10_000, 1), 500, 8);
  expect(some.counted.cash).toBe(14_000);
  expect(withPieces(withPieces(some, 10_000, null), 500, null).counted.cash).toBeNull();
  expect(missingIn(some.counted)).toEqual(["debit", "credit", "transfer"]);
});

test("a count comes back from the browser as it was", () => {
  const count = { ...withPieces(noCount, 1_000, 3), note: "Falta una moneda" };
  expect(countFrom(JSON.parse(JSON.stringify(count)))).toEqual(count);
});

test.each([
  ["nothing", null],
  ["a list", []],
  ["half a piece", { ...noCount, pieces: { 500: 0.5 } }],
  ["less than no money", { ...noCount, counted: { ...noCount.counted, debit: -1 } }],
  ["a tender left out", { ...noCount, counted: { cash: 1 } }],
  ["a note that is none", { ...noCount, note: null }],
])("%s in the browser's storage is left aside", (_, stored) => {
  expect(countFrom(stored)).toBeNull();
});
