import { describe, expect, test } from "vitest";
import { basisPointsOf } from "@/components/pos/discount";
import { looksLikeCode, readMultiple, readScan } from "@/components/pos/multiple";
import { findRead } from "@/components/pos/product-source";
import { amountDue, isUnlikelyCash, withTender } from "@/components/pos/tenders";
import { settle, type Tender } from "@/lib/sales/totals";
import { aProductSeen } from "./till-fixtures";

const cash = (amount: number): Tender => ({ method: "cash", amount });
const debit = (amount: number): Tender => ({ method: "debit", amount });

describe("what is due", () => {
  test.each([
    ["all of it, in tens, in cash", 12_346, [], "cash", 12_350],
    ["all of it, to the peso, by card", 12_346, [], "debit", 12_346],
    ["what the card left, in tens", 50_007, [debit(30_000)], "cash", 20_010],
    ["what the notes left, to the peso", 53_994, [cash(20_000)], "debit", 33_994],
    ["the rest of the cash", 12_346, [cash(5_000)], "cash", 7_350],
    ["nothing any more", 50_000, [debit(50_000)], "cash", 0],
    ["nothing of a gift", 0, [], "cash", 0],
  ] as const)("is %s", (_, total, tenders, method, due) => {
    expect(amountDue(total, tenders, method)).toBe(due);
  });

  test("is always enough to pay the rest", () => {
    for (const total of [1, 4, 6, 995, 996, 12_346, 53_994]) {
      for (const first of [[], [debit(1)], [cash(500)]]) {
        const tenders = first.filter(({ amount }) => amount < total);
        for (const method of ["cash", "transfer"] as const) {
          const amount = amountDue(total, tenders, method);
          const paid = amount > 0 ? withTender(tenders, { method, amount }) : tenders;
          expect(settle(total, paid).settled, `${total} with ${JSON.stringify(paid)}`).toBe(true);
        }
      }
    }
  });
});

test("the same means twice is one tender", () => {
  expect(withTender([cash(5_000), debit(1_000)], cash(2_000))).toEqual([cash(7_000), debit(1_000)]);
});

test.each([
  ["the exact amount", 12_350, 12_350, false],
  ["one large note for little", 5_990, 20_000, false],
  ["two of them, because there was no small one", 5_990, 40_000, false],
  ["a third", 5_990, 40_010, true],
  ["two for thirty thousand", 30_000, 40_000, false],
  ["one too many for twenty thousand", 20_000, 40_000, false],
  ["a nought too many", 19_990, 199_900, true],
  ["a barcode", 49_990, 780_123_456_789, true],
  ["nothing for a gift", 0, 0, false],
])("cash of %s is taken at its word or asked about", (_, due, amount, unlikely) => {
  expect(isUnlikelyCash(due, amount)).toBe(unlikely);
});

test.each([
  ["10", 1_000],
  ["12,5", 1_250],
  ["12.55 %", 1_255],
  ["100", 10_000],
  ["", 0],
  ["100,01", null],
  ["101", null],
  ["5,555", null],
  ["-5", null],
  ["mucho", null],
])("a discount written %s is %s basis points", (text, basisPoints) => {
  expect(basisPointsOf(text)).toBe(basisPoints);
});

test.each([
  ["7800000000017", "3*7800000000017", 3],
  ["7800000000017", "12 × 7800000000017", 12],
  ["2*7800000000017", "2*7800000000017", 2],
  ["*7800000000017", "3*7800000000017", 3],
  ["2*7800000000017", "12*7800000000017", 12],
  ["2*7800000000017", "", 2],
  ["7800000000017", "7800000000017", 1],
  ["7800000000017", "", 1],
  ["7800000000017", "0*7800000000017", 1],
  ["00017", "4*7800000000017", 4],
  ["7800000000017", "lentes7800000000017", 1],
])("a scan of %s into %s counts %i times", (scanned, typed, quantity) => {
  expect(readScan(scanned, typed).at(-1)).toEqual({ code: "7800000000017", quantity });
});

describe("a code that looks like a quantity and a code", () => {
  const shop = (...codes: string[]) => ({
    findByCode: async (code: string) => (codes.includes(code) ? aProductSeen({ barcode: code }) : null),
  });
  const found = async (codes: string[], scanned: string, typed = "") => {
    const answer = await findRead(shop(...codes), readScan(scanned, typed));
    return answer && [answer.quantity, answer.product.barcode];
  };

  test("is the whole of it where the shop has such a product", async () => {
    expect(await found(["54X18-BLK", "18-BLK"], "54X18-BLK", "54X18-BLK")).toEqual([1, "54X18-BLK"]);
    expect(await found(["54*18-BLK", "18-BLK"], "54*18-BLK", "54*18-BLK")).toEqual([1, "54*18-BLK"]);
    expect(await found(["54*18-BLK"], "54*18-BLK")).toEqual([1, "54*18-BLK"]);
  });

  test("is never a part of it because of a letter", async () => {
    expect(await found(["18-BLK"], "54X18-BLK", "54X18-BLK")).toBeNull();
    expect(await found(["18-BLK"], "54x18-BLK")).toBeNull();
  });

  test("counts as somebody typed before it", async () => {
    expect(await found(["54*18-BLK"], "54*18-BLK", "3*54*18-BLK")).toEqual([3, "54*18-BLK"]);
    expect(await found(["7800000000017"], "2*7800000000017", "12*7800000000017")).toEqual([
      12,
      "7800000000017",
    ]);
  });

  test("without a line is what the till remembers, or has no answer", async () => {
    const remembers = (known: string) => ({
      async findByCode(code: string) {
        if (code !== known) throw new Error("no line");
        return aProductSeen({ barcode: code });
      },
    });
    const scanned = readScan("2*7800000000017", "");
    expect(await findRead(remembers("7800000000017"), scanned)).toMatchObject({ quantity: 2 });
    await expect(findRead(remembers("another"), scanned)).rejects.toThrow("no line");
  });
});

test.each([
  ["7800000000017", true],
  ["LDC-001", true],
  ["ARM-1", false],
  ["limpiador", false],
  ["lente 1.56 gris", false],
])("%s looks like a code: %s", (text, code) => {
  expect(looksLikeCode(text)).toBe(code);
});

test.each([
  ["2*paño", { quantity: 2, text: "paño" }],
  ["2 × paño", { quantity: 2, text: "paño" }],
  ["paño 15x18", { quantity: 1, text: "paño 15x18" }],
  ["2x1 cristales", { quantity: 1, text: "2x1 cristales" }],
  ["54X18-BLK", { quantity: 1, text: "54X18-BLK" }],
  ["  lente ", { quantity: 1, text: "lente" }],
])("typing %s asks for %o", (typed, wanted) => {
  expect(readMultiple(typed)).toEqual(wanted);
});
