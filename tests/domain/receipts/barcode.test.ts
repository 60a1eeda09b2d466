import { expect, test } from "vitest";
import { code128 } from "@/lib/receipts/barcode";

/** Widths of bars and spaces as a scanner sees them. */
function widths(path: string, total: number): number[] {
  const bars = [...path.matchAll(/M(\d+) 0h(\d+)v1/g)].map(
    ([, at, width]) => [Number(at), Number(width)] as const,
  );
  bars.sort(([a], [b]) => a - b);
  const seen: number[] = [];
  let end = 0;
  for (const [at, width] of bars) {
    if (at > 0) seen.push(at - end);
    seen.push(width);
    end = at + width;
  }
  expect(end).toBe(total);
  return seen;
}

test("a receipt's number is Code 128 in pairs of figures", () => {
  const { path, width, text } = code128("00000123");
  // Start C, 00, 00, 01, 23, checksum 105+0+0+3+92 = 200 mod 103 = 97, stop: ISO/IEC 15417, table 1.
  const symbols = ["211232", "212222", "212222", "222122", "312131", "143111", "2331112"];
  const seen = widths(path, width).join("");
  expect(text).toBe("00000123");
  expect(seen.startsWith(symbols.slice(0, 5).join(""))).toBe(true);
  expect(seen.endsWith("2331112")).toBe(true);
  expect(width).toBe(6 * 11 + 13);
});
