import { describe, expect, test } from "vitest";
import { subscriptionNews } from "@/lib/subscriptions/subscription-news";

type Reader = Parameters<typeof subscriptionNews>[0];

const now = new Date("2026-11-22T15:00:00Z");
const shop = {
  id: "1",
  slug: "vista",
  name: "Vista",
  currency: "CLP",
  status: "active",
  readOnly: false,
} as const;
const active = {
  status: "active",
  tier: "pro",
  trialEndsAt: null,
  currentPeriodEnd: null,
  features: [],
} satisfies Reader["subscription"];
const trial = { ...active, status: "trialing", trialEndsAt: "2026-11-25T15:00:00Z" };
const reader = (over: Partial<Reader> = {}): Reader => ({
  organization: shop,
  subscription: active,
  can: () => true,
  ...over,
});

describe("what people of a shop are told of its subscription", () => {
  test("is nothing while it is paid", () => {
    expect(subscriptionNews(reader(), now)).toBeNull();
  });

  test("counts the days that are left of a trial, and never below none", () => {
    expect(subscriptionNews(reader({ subscription: trial }), now)).toEqual({ kind: "trial", days: 3 });
    const over = { ...trial, trialEndsAt: "2026-11-20T15:00:00Z" };
    expect(subscriptionNews(reader({ subscription: over }), now)).toEqual({ kind: "trial", days: 0 });
  });

  test.each([
    ["past_due", "pastDue"],
    ["grace", "grace"],
  ])("is the debt while the state is %s", (status, kind) => {
    expect(subscriptionNews(reader({ subscription: { ...active, status } }), now)).toEqual({ kind });
  });

  test("about trial and debt reaches only who may see the bill", () => {
    const seller = (status: string) =>
      reader({ subscription: { ...trial, status }, can: (permission) => permission !== "billing.read" });
    expect(subscriptionNews(seller("trialing"), now)).toBeNull();
    expect(subscriptionNews(seller("past_due"), now)).toBeNull();
    expect(subscriptionNews(seller("grace"), now)).toBeNull();
  });

  test("that stops the work reaches everybody, suspension first", () => {
    const stopped = (over: Partial<Reader["organization"]>) =>
      reader({ organization: { ...shop, ...over }, can: () => false });
    expect(subscriptionNews(stopped({ readOnly: true }), now)).toEqual({ kind: "readOnly" });
    expect(subscriptionNews(stopped({ readOnly: true, status: "suspended" }), now)).toEqual({
      kind: "suspended",
    });
  });
});
