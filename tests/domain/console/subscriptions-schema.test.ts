import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { clockDays, clockUntil, endForm, extensionForm, planForm, subscriptionFilter } from "@/lib/console";
import { AppError } from "@/lib/errors";

const organizationId = "11111111-1111-4111-8111-111111111111";
const reason = "acuerdo comercial";

function refusals(schema: z.ZodType, input: object): Record<string, string> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    AppError.fromValidation(parsed.error).issues.map(({ pointer, key }) => [pointer, key]),
  );
}

describe("the address of the list", () => {
  const everything = {
    q: "",
    status: null,
    tier: null,
    version: null,
    interval: null,
    days: null,
    clock: null,
    ending: null,
    sort: "newest",
    page: 1,
    size: 25,
  };

  test("without anything shows everything, the newest first", () => {
    expect(subscriptionFilter.parse({})).toEqual(everything);
  });

  test.each([
    [{ status: "forgotten", tier: "gold", interval: "week", days: "90", sort: "colour" }],
    [{ version: "0", page: "-3", clock: "no", ending: "1" }],
    [{ version: "one", page: "first", size: "24", q: "x".repeat(201) }],
    [{ q: ["a", "b"], status: ["active", "grace"], version: ["1", "2"], page: ["1", "2"] }],
  ])("that nobody could have chosen falls back (%#)", (address) => {
    expect(subscriptionFilter.parse(address)).toEqual(everything);
  });

  test("that somebody chose is kept", () => {
    const chosen = { q: " vista ", status: "past_due", tier: "pro", version: "2", days: "7", clock: "yes" };
    expect(subscriptionFilter.parse({ ...chosen, sort: "due", page: "3" })).toEqual({
      ...everything,
      q: "vista",
      status: "past_due",
      tier: "pro",
      version: 2,
      days: "7",
      clock: "yes",
      sort: "due",
      page: 3,
    });
  });
});

describe("what staff write", () => {
  const extension = { organizationId, from: "2026-11-22T12:00:00.123456+00:00", days: "10", reason };
  const plan = { organizationId, tier: "pro", interval: "month", when: "now", reason };

  test.each([
    ["an extension", extensionForm, extension],
    ["another plan", planForm, plan],
    ["an end", endForm, { organizationId, when: "now", reason }],
  ] as const)("%s wants a reason that says something", (_, schema, input) => {
    expect(refusals(schema, input)).toEqual({});
    expect(refusals(schema, { ...input, reason: " ok  " })).toEqual({ "/reason": "tooSmall.string" });
    expect(refusals(schema, { ...input, reason: "x".repeat(501) })).toEqual({ "/reason": "tooBig.string" });
  });

  test.each([
    ["0", "tooSmall.number"],
    ["366", "tooBig.number"],
    ["1.5", "type.number"],
    ["many", "type.number"],
    ["", "required"],
  ])("%s days more are refused at the days", (days, key) => {
    expect(refusals(extensionForm, { ...extension, days })).toEqual({ "/days": key });
  });

  test("a plan and a moment that do not exist are refused at their fields", () => {
    expect(refusals(planForm, { ...plan, tier: "gold", interval: "week", when: "later" })).toEqual({
      "/tier": "choice",
      "/interval": "choice",
      "/when": "choice",
    });
  });
});

describe("a test clock", () => {
  test("starts with no day and goes on by ten years of them at most", () => {
    expect(clockDays.parse({ organizationId, days: "0" }).days).toBe(0);
    expect(refusals(clockDays, { organizationId, days: "-1" })).toEqual({ "/days": "tooSmall.number" });
    expect(refusals(clockDays, { organizationId, days: "3651" })).toEqual({ "/days": "tooBig.number" });
  });

  test("plays to the end of a day in Santiago, winter and summer", () => {
    const until = (day: string) => clockUntil.parse({ organizationId, until: day }).until.toISOString();
    expect(until("2026-07-10")).toBe("2026-07-11T04:00:00.000Z");
    expect(until("2026-12-24")).toBe("2026-12-25T03:00:00.000Z");
    expect(refusals(clockUntil, { organizationId, until: "" })).toEqual({ "/until": "format.date" });
    expect(refusals(clockUntil, { organizationId, until: "2026-02-30" })).toEqual({
      "/until": "format.date",
    });
  });
});
