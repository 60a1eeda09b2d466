import { describe, expect, test } from "vitest";
import {
  type CouponDetail,
  type CouponRow,
  createCoupon,
  getCoupon,
  listCoupons,
  retireCoupon,
} from "@/lib/console";
import type { CouponFilter, NewCoupon } from "@/lib/console/coupons-schema";
import { buy, open, tell } from "@/tests/domain/subscriptions/support";
import { aShop, count } from "@/tests/payments/support/shops";
import { staffMember } from "@/tests/payments/support/staff";

const root = staffMember();
const support = staffMember({ role: "support" });
const DAY = 86_400_000;
let made = 0;

/** A coupon that staff made: a quarter off one payment, unless told otherwise. */
async function aCoupon(over: Partial<NewCoupon> = {}): Promise<string> {
  made += 1;
  const coupon: NewCoupon = {
    code: `CONSOLA${made}`,
    percentBp: 2_500,
    amountClp: null,
    amountUsd: null,
    duration: "once",
    repeats: null,
    tiers: null,
    validFrom: null,
    validUntil: null,
    maxRedemptions: null,
    note: "feria de Ñuñoa",
    ...over,
  };
  await createCoupon(root, coupon);
  return coupon.code;
}

const list = async (filter: Partial<CouponFilter> = {}): Promise<readonly CouponRow[]> =>
  (await listCoupons(root, { q: "", state: null, page: 1, size: 25, ...filter })).rows;
const redemptionsOf = async (code: string): Promise<CouponDetail["redemptions"]> =>
  (await getCoupon(root, code)).redemptions;

describe("the console's coupons", () => {
  test("tell their terms and who made them, found by code or note, with nothing by a wildcard", async () => {
    const code = await aCoupon({ tiers: ["pro"], maxRedemptions: 3, duration: "repeating", repeats: 6 });
    expect(await list({ q: code.toLowerCase() })).toMatchObject([
      {
        code,
        percent_bp: 2_500,
        tiers: ["pro"],
        duration: "repeating",
        repeats: 6,
        max_redemptions: 3,
        redeemed: 0,
        made_by: "Root",
        state: "active",
      },
    ]);
    expect((await list({ q: "nunoa" })).map((row) => row.code)).toContain(code);
    expect(await list({ q: "%_%" })).toEqual([]);
    expect(await listCoupons(root, { q: code, state: "retired", page: 1, size: 25 })).toEqual({
      rows: [],
      total: 0,
    });
  });

  test("say why they cannot be redeemed, and are found by it", async () => {
    const soon = new Date(Date.now() + DAY).toISOString();
    const past = (days: number) => new Date(Date.now() - days * DAY).toISOString();
    const codes = {
      active: await aCoupon(),
      not_yet: await aCoupon({ validFrom: soon }),
      ended: await aCoupon({ validFrom: past(3), validUntil: past(1) }),
      used_up: await aCoupon({ maxRedemptions: 1 }),
      retired: await aCoupon(),
    };
    await buy(await aShop(), { coupon: codes.used_up });
    await retireCoupon(root, codes.retired);
    for (const state of ["active", "not_yet", "ended", "used_up", "retired"] as const) {
      const found = (await list({ state })).map((row) => row.code);
      expect(Object.values(codes).filter((code) => found.includes(code))).toEqual([codes[state]]);
      expect((await getCoupon(root, codes[state])).coupon.state).toBe(state);
    }
  });

  test("tell which shops use them, what each has left, and who only holds one for an open payment", async () => {
    const [buyer, payer, neighbour] = [await aShop(), await aShop(), await aShop()];
    const code = await aCoupon({ duration: "repeating", repeats: 3 });
    const other = await aCoupon({ duration: "forever" });
    await buy(buyer, { coupon: code });
    const { id } = await open(payer, { coupon: code });
    await buy(neighbour, { coupon: other });
    expect(await redemptionsOf(code)).toMatchObject([
      { organizationId: payer.id, usesLeft: 3, isRedeemed: false },
      { organizationId: buyer.id, usesLeft: 2, isRedeemed: true },
    ]);
    expect(await redemptionsOf(other)).toMatchObject([
      { organizationId: neighbour.id, usesLeft: null, isRedeemed: true },
    ]);
    await tell(payer, id, "failed");
    expect((await redemptionsOf(code)).map(({ organizationId }) => organizationId)).toEqual([buyer.id]);
  });

  test("are retired once: no new shop begins, who paid with one keeps its payments, an open payment its price", async () => {
    const [buyer, payer, late] = [await aShop(), await aShop(), await aShop()];
    const code = await aCoupon({ duration: "repeating", repeats: 3 });
    await buy(buyer, { coupon: code });
    const page = await open(payer, { coupon: code });
    await retireCoupon(root, code);
    await expect(retireCoupon(root, code)).rejects.toMatchObject({ code: "conflict" });
    await expect(retireCoupon(root, "GIBTESNICHT")).rejects.toMatchObject({ code: "coupon.unknown" });
    await expect(open(late, { coupon: code })).rejects.toMatchObject({ code: "coupon.expired" });
    expect((await buy(buyer)).amount).toBe(74_250);
    expect(page.amount).toBe(74_250);
    expect(await tell(payer, page.id, "succeeded")).toBe("apply");
    expect((await buy(payer)).amount).toBe(74_250);
    expect(await redemptionsOf(code)).toMatchObject([
      { organizationId: payer.id, usesLeft: 1 },
      { organizationId: buyer.id, usesLeft: 1 },
    ]);
    expect(await count(`private.security_events where kind = 'coupon.retired' and subject = '${code}'`)).toBe(
      1,
    );
  });

  test("a code that is taken answers at its field; support looks and changes nothing", async () => {
    const code = await aCoupon();
    await expect(aCoupon({ code })).rejects.toMatchObject({
      code: "coupon.code_taken",
      issues: [{ pointer: "/code", key: "consoleCoupons.problems.taken" }],
    });
    expect((await getCoupon(support, code)).coupon).toMatchObject({ code, state: "active" });
    await expect(retireCoupon(support, code)).rejects.toMatchObject({ code: "access.forbidden" });
    await expect(getCoupon(root, "GIBTESNICHT")).rejects.toMatchObject({ code: "coupon.unknown" });
    expect((await getCoupon(root, code)).coupon.state).toBe("active");
  });
});
