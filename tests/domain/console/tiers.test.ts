import { expect, test } from "vitest";
import { changesBetween } from "@/components/console/tiers-terms";
import { tierForm } from "@/lib/console/tiers-schema";
import { AppError } from "@/lib/errors";
import { addDays, businessDate, dayBounds } from "@/lib/time";

const typed = {
  code: "pro",
  replaces: "1",
  priceClpMonth: "109.000",
  priceClpYear: "1090000",
  priceUsdMonth: "119,90",
  priceUsdYear: "1199",
  maxBranches: "3",
  maxUsers: "5",
  maxCustomers: "",
  maxProducts: "500",
  features: ["pos", "quotes"],
  availableFrom: "",
};
const today = businessDate(new Date(), "America/Santiago");

/** The fields that are refused, with what is said at each. */
function refusals(over: object): Record<string, string> {
  const parsed = tierForm.safeParse({ ...typed, ...over });
  if (parsed.success) return {};
  return Object.fromEntries(
    AppError.fromValidation(parsed.error).issues.map(({ pointer, key }) => [pointer, key]),
  );
}

test("pesos are read whole and dollars as cents, and a blank maximum is none", () => {
  expect(tierForm.parse(typed)).toEqual({
    ...typed,
    replaces: 1,
    priceClpMonth: 109_000,
    priceClpYear: 1_090_000,
    priceUsdMonth: 11_990,
    priceUsdYear: 119_900,
    maxBranches: 3,
    maxUsers: 5,
    maxCustomers: null,
    maxProducts: 500,
    availableFrom: null,
  });
});

test("an amount that no gateway would take, or with decimals that its currency has not, is refused at its field", () => {
  for (const text of ["0", "499", "99.5", "-1", "gratis", "12,50"])
    expect(refusals({ priceClpMonth: text }), text).toEqual({ "/priceClpMonth": "tiers.priceCLP" });
  for (const text of ["0", "0,99", "1,999", "-1", "1.090,00"])
    expect(refusals({ priceUsdYear: text }), text).toEqual({ "/priceUsdYear": "tiers.priceUSD" });
  expect(Object.keys(refusals({ priceClpYear: "", maxUsers: "0", maxProducts: "1.5" })).sort()).toEqual([
    "/maxProducts",
    "/maxUsers",
    "/priceClpYear",
  ]);
});

test("today means at once, a later day its first instant in Santiago, a past one nothing", () => {
  const from = (day: string) => tierForm.parse({ ...typed, availableFrom: day }).availableFrom;
  expect(from(today)).toBeNull();
  const later = addDays(today, 30);
  expect(from(later)).toEqual(dayBounds(later, "America/Santiago").startsAt);
  for (const day of [addDays(today, -1), addDays(today, 365), "2026-02-30", "mañana"])
    expect(Object.keys(refusals({ availableFrom: day })), day).toEqual(["/availableFrom"]);
});

test("a feature that no tier knows and a tier that nobody sells are refused", () => {
  expect(Object.keys(refusals({ features: ["pos", "teleport"] }))).toEqual(["/features/1"]);
  expect(Object.keys(refusals({ code: "gold" }))).toEqual(["/code"]);
  expect(tierForm.parse({ ...typed, features: undefined }).features).toEqual([]);
});

test("what differs between two versions is named, and what cannot be read is not", () => {
  const before = {
    priceClpMonth: 99_000,
    priceUsdMonth: 10_900,
    maxUsers: 5,
    maxProducts: null,
    features: ["pos"],
  };
  const after = { priceClpMonth: 109_000, maxUsers: null, maxProducts: null, features: ["quotes"] };
  expect(changesBetween(before, after)).toEqual({
    changes: [
      { term: "priceClpMonth", currency: "CLP", before: 99_000, after: 109_000 },
      { term: "maxUsers", before: 5, after: null },
    ],
    added: ["quotes"],
    removed: ["pos"],
  });
  expect(changesBetween(before, before)).toEqual({ changes: [], added: [], removed: [] });
});
