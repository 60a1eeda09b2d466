import { describe, expect, test } from "vitest";
import { quotePayment } from "@/lib/subscriptions";
import { ownerOf } from "@/tests/payments/support/checkout";
import { aShop, row, type Shop } from "@/tests/payments/support/shops";
import { database } from "@/tests/support/database";
import { buy, clockAt, invoicesOf, open, tell } from "./support";

const start = new Date();
let made = 0;

async function aCoupon(over: Record<string, unknown> = {}): Promise<string> {
  made += 1;
  const code = `PRUEBA${made}`;
  const values = {
    code,
    percent_bp: 2_500,
    duration: "once",
    note: "prueba",
    valid_from: new Date(0),
    ...over,
  };
  const names = Object.keys(values);
  await database().owner.query(
    `insert into private.coupons (${names.join(", ")}) values (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
    Object.values(values),
  );
  return code;
}

async function aTestShop(): Promise<Shop> {
  const shop = await aShop();
  await clockAt(shop, start);
  return shop;
}

const usesOf = (code: string) => row("select redeemed from private.coupons where code = $1", [code]);

describe("a coupon", () => {
  test("takes its part off the price, whatever its letters' case, and stands on the invoice", async () => {
    const shop = await aTestShop();
    const code = await aCoupon();
    const bought = await buy(shop, { coupon: ` ${code.toLowerCase()} ` });
    expect(bought.amount).toBe(74_250);
    expect((await invoicesOf(shop))[0]).toMatchObject({
      total: 74_250,
      lines: [
        { kind: "price", amount: 99_000 },
        { kind: "coupon", amount: -24_750 },
      ],
    });
    expect((await buy(shop)).amount).toBe(99_000);
    await expect(open(shop, { coupon: code })).rejects.toMatchObject({ code: "coupon.used" });
  });

  test("for some periods gives exactly so many, by itself", async () => {
    const shop = await aTestShop();
    const code = await aCoupon({
      percent_bp: null,
      amount_clp: 10_000,
      amount_usd: 1_000,
      duration: "repeating",
      repeats: 3,
    });
    const amounts = [(await buy(shop, { coupon: code })).amount];
    for (let period = 2; period <= 4; period += 1) amounts.push((await buy(shop)).amount);
    expect(amounts).toEqual([89_000, 89_000, 89_000, 99_000]);
  });

  test("for good goes on after it was retired, for those who have it", async () => {
    const [shop, late] = [await aTestShop(), await aTestShop()];
    const code = await aCoupon({ percent_bp: 10_000, duration: "forever" });
    expect((await buy(shop, { coupon: code })).amount).toBe(0);
    await database().owner.query("update private.coupons set retired_at = now() where code = $1", [code]);
    expect((await buy(shop)).amount).toBe(0);
    await expect(open(late, { coupon: code })).rejects.toMatchObject({ code: "coupon.expired" });
  });

  test.each([
    ["coupon.unknown", {}, "GIBTESNICHT"],
    ["coupon.expired", { valid_until: new Date(start.getTime() + 1), valid_from: new Date(0) }, null],
    ["coupon.expired", { valid_from: new Date(start.getTime() + 86_400_000) }, null],
    ["coupon.not_for_this", { tiers: ["premium"] }, null],
    ["coupon.not_for_this", { percent_bp: null, amount_usd: 500 }, null],
  ])("is refused with %s", async (refusal, over, named) => {
    const shop = await aShop();
    await clockAt(shop, new Date(start.getTime() + 1_000));
    const code = named ?? (await aCoupon(over));
    const asked = { tier: "pro", interval: "month", currency: "CLP", coupon: code } as const;
    await expect(quotePayment(ownerOf(shop), asked)).rejects.toMatchObject({ code: refusal });
    await expect(open(shop, { coupon: code })).rejects.toMatchObject({ code: refusal });
  });

  test("with three uses is taken by three of eight shops at once, and a page that closes gives its use back", async () => {
    const code = await aCoupon({ max_redemptions: 3 });
    const shops = await Promise.all(Array.from({ length: 8 }, () => aTestShop()));
    const tries = await Promise.allSettled(shops.map((shop) => open(shop, { coupon: code })));
    const opened = tries.flatMap((one, index) =>
      one.status === "fulfilled" ? [{ shop: shops[index] as Shop, id: one.value.id }] : [],
    );
    expect(opened).toHaveLength(3);
    expect(
      tries.flatMap((one) => (one.status === "rejected" ? [(one.reason as { code: string }).code] : [])),
    ).toEqual(Array(5).fill("coupon.used_up"));
    expect(await usesOf(code)).toEqual({ redeemed: 3 });
    const [first, second] = opened;
    if (!first || !second) throw new Error("nobody got it");
    await tell(first.shop, first.id, "failed");
    expect(await usesOf(code)).toEqual({ redeemed: 2 });
    await tell(second.shop, second.id, "succeeded");
    expect(await usesOf(code)).toEqual({ redeemed: 2 });
  });

  test("opened on eight pages of one shop is used once, and money for a withdrawn page waits", async () => {
    const code = await aCoupon();
    const shop = await aTestShop();
    const pages = await Promise.all(Array.from({ length: 8 }, () => open(shop, { coupon: code })));
    const verdicts: string[] = [];
    for (const { id } of pages) verdicts.push(await tell(shop, id, "succeeded"));
    expect(verdicts.toSorted()).toEqual(["apply", ...Array.from({ length: 7 }, () => "review")]);
    expect(await usesOf(code)).toEqual({ redeemed: 1 });
    expect((await invoicesOf(shop)).map(({ total }) => total)).toEqual([74_250]);
  });
});
