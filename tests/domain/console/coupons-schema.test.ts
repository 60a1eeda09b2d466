import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { suggestCode } from "@/components/console/suggest-code";
import { couponFilter, couponForm } from "@/lib/console/coupons-schema";
import { AppError } from "@/lib/errors";
import { languages } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";

const part = { code: "FERIA-25", kind: "percent", percent: "25", duration: "once", note: "feria de Temuco" };
const amount = { ...part, kind: "amount" };

/** Field → key of its sentence, as the form would show it. */
function refusals(input: object): Record<string, string> {
  const parsed = couponForm.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    AppError.fromValidation(parsed.error).issues.map(({ pointer, key }) => [pointer, key]),
  );
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-29T02:30:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a coupon as it was typed", () => {
  test("becomes basis points, whatever way the percentage and the code are written", () => {
    expect(couponForm.parse({ ...part, code: " feria-25 " })).toEqual({
      code: "FERIA-25",
      percentBp: 2_500,
      amountClp: null,
      amountUsd: null,
      duration: "once",
      repeats: null,
      tiers: null,
      validFrom: null,
      validUntil: null,
      maxRedemptions: null,
      note: "feria de Temuco",
    });
    const points = ["1", "12,5", "12.05", "33,33 %", "100"].map(
      (percent) => couponForm.parse({ ...part, percent }).percentBp,
    );
    expect(points).toEqual([100, 1_250, 1_205, 3_333, 10_000]);
  });

  test("becomes whole pesos and cents of a dollar, and forgets what another kind or length asked for", () => {
    expect(couponForm.parse({ ...amount, amountClp: "12.990", amountUsd: "9,9" })).toMatchObject({
      percentBp: null,
      amountClp: 12_990,
      amountUsd: 990,
    });
    expect(couponForm.parse({ ...amount, amountUsd: "5" })).toMatchObject({
      amountClp: null,
      amountUsd: 500,
    });
    expect(couponForm.parse({ ...part, amountClp: "900", repeats: "3" })).toMatchObject({
      amountClp: null,
      repeats: null,
    });
    expect(couponForm.parse({ ...part, duration: "repeating", repeats: "12" }).repeats).toBe(12);
  });

  test("counts its days in Santiago, the last one whole", () => {
    expect(
      couponForm.parse({
        ...part,
        validFrom: "2026-12-01",
        validUntil: "2026-12-01",
        tiers: ["pro", "premium"],
        maxRedemptions: "40",
      }),
    ).toMatchObject({
      validFrom: "2026-12-01T03:00:00.000Z",
      validUntil: "2026-12-02T03:00:00.000Z",
      tiers: ["pro", "premium"],
      maxRedemptions: 40,
    });
    // In Santiago it is still the 28th.
    expect(refusals({ ...part, validUntil: "2026-11-28" })).toEqual({});
  });

  test.each<[object, Record<string, string>]>([
    [{ ...part, code: "ñandú" }, { "/code": "consoleCoupons.problems.code" }],
    [{ ...part, code: "AB" }, { "/code": "consoleCoupons.problems.code" }],
    [{ ...part, code: "-ABC" }, { "/code": "consoleCoupons.problems.code" }],
    [{ ...part, percent: "" }, { "/percent": "consoleCoupons.problems.percent" }],
    [{ ...part, percent: "0,99" }, { "/percent": "consoleCoupons.problems.percent" }],
    [{ ...part, percent: "100,01" }, { "/percent": "consoleCoupons.problems.percent" }],
    [{ ...part, percent: "12,345" }, { "/percent": "consoleCoupons.problems.percent" }],
    [amount, { "/amountClp": "consoleCoupons.problems.amount" }],
    [
      { ...amount, amountClp: "12,5", amountUsd: "0" },
      { "/amountClp": "amount.CLP", "/amountUsd": "amount.USD" },
    ],
    [{ ...part, duration: "repeating" }, { "/repeats": "consoleCoupons.problems.repeats" }],
    [{ ...part, duration: "repeating", repeats: "61" }, { "/repeats": "consoleCoupons.problems.repeats" }],
    [{ ...part, maxRedemptions: "0" }, { "/maxRedemptions": "consoleCoupons.problems.maxRedemptions" }],
    [{ ...part, validUntil: "2026-11-27" }, { "/validUntil": "consoleCoupons.problems.past" }],
    [
      { ...part, validFrom: "2026-12-02", validUntil: "2026-12-01" },
      { "/validUntil": "consoleCoupons.problems.endsBefore" },
    ],
    [{ ...part, validFrom: "2026-02-30" }, { "/validFrom": "format.date" }],
    [{ ...part, validUntil: "9999-12-31" }, { "/validUntil": "format.date" }],
    [{ ...part, note: "  " }, { "/note": "required" }],
    [
      { ...part, code: "", percent: "x", note: "" },
      {
        "/code": "consoleCoupons.problems.code",
        "/percent": "consoleCoupons.problems.percent",
        "/note": "required",
      },
    ],
  ])("%j is refused at its field, in both languages", (input, expected) => {
    const found = refusals(input);
    expect(found).toEqual(expected);
    for (const language of languages)
      for (const key of Object.values(found)) {
        const t = translatorFor(language);
        expect(t.has(key) || t.has(`fields.${key}`), key).toBe(true);
      }
  });
});

test("an address that nobody understands shows all coupons", () => {
  expect(couponFilter.parse({ state: "lost", page: "-1", q: ["a"] })).toEqual({
    q: "",
    state: null,
    page: 1,
    size: 25,
  });
});

test("a suggested code is one that the form takes, with nothing to mistake, and another one each time", () => {
  const codes = Array.from({ length: 200 }, suggestCode);
  expect(new Set(codes).size).toBe(200);
  for (const code of codes) {
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$/);
    expect(refusals({ ...part, code })).toEqual({});
  }
});
