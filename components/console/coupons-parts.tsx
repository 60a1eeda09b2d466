import { useFormatter, useLocale, useTranslations } from "next-intl";
import { tierCode } from "@/components/billing/names";
import { Badge } from "@/components/ui/badge";
import { formatMoney } from "@/lib/money";
import { businessDate, formatDay } from "@/lib/time";
import { CONSOLE_ZONE } from "./organizations-table";

/** What a coupon promises, as the components of these pages need it. */
export interface CouponTerms {
  percent_bp: number | null;
  amount_clp: number | null;
  amount_usd: number | null;
  duration: "once" | "repeating" | "forever";
  repeats: number | null;
  tiers: readonly string[] | null;
  valid_from: Date | string;
  valid_until: Date | string | null;
  max_redemptions: number | null;
  redeemed: number;
}

const tones = {
  active: "success",
  not_yet: "info",
  used_up: "warning",
  ended: "neutral",
  retired: "neutral",
} as const;

/** Whether a coupon can be redeemed, and why not. */
export function CouponState({ state }: { state: keyof typeof tones }) {
  const t = useTranslations("consoleCoupons.states");
  return (
    <Badge tone={tones[state]} dot>
      {t(state)}
    </Badge>
  );
}

/** What a coupon takes off, in words. */
export function CouponDiscount({ coupon }: { coupon: CouponTerms }) {
  const t = useTranslations("consoleCoupons.value");
  const format = useFormatter();
  const locale = useLocale();
  const { percent_bp, amount_clp, amount_usd } = coupon;
  const pesos = amount_clp === null ? null : formatMoney(amount_clp, "CLP", locale);
  const dollars = amount_usd === null ? null : formatMoney(amount_usd, "USD", locale);
  if (percent_bp !== null)
    return t("percent", {
      percent: format.number(percent_bp / 10_000, { style: "percent", maximumFractionDigits: 2 }),
    });
  if (pesos !== null && dollars !== null) return t("both", { pesos, dollars });
  return pesos === null ? t("dollars", { amount: dollars ?? "" }) : t("pesos", { amount: pesos });
}

/** In how many payments it counts. */
export function CouponLasts({ coupon }: { coupon: CouponTerms }) {
  const t = useTranslations("consoleCoupons.lasts");
  return t(coupon.duration, { count: coupon.repeats ?? 0 });
}

/** The plans that it counts for. */
export function CouponPlans({ coupon }: { coupon: CouponTerms }) {
  const t = useTranslations("consoleCoupons");
  const plan = useTranslations("console.tiers");
  return coupon.tiers === null ? t("allPlans") : coupon.tiers.map((tier) => plan(tierCode(tier))).join(", ");
}

/** The end of a coupon is the first instant without it: it still counts on the day of the one before. */
export function lastInstant(validUntil: Date | string): Date {
  return new Date(new Date(validUntil).getTime() - 1);
}

/** The days on which it can be redeemed. */
export function CouponWindow({ coupon: { valid_from, valid_until } }: { coupon: CouponTerms }) {
  const t = useTranslations("consoleCoupons");
  const locale = useLocale();
  const day = (instant: Date) => formatDay(businessDate(instant, CONSOLE_ZONE), locale);
  const from = day(new Date(valid_from));
  const until = valid_until === null ? null : day(lastInstant(valid_until));
  return (
    <>
      <span className="md:whitespace-nowrap">{t("windowFrom", { from })}</span>
      {until !== null && <span className="block md:whitespace-nowrap">{t("windowUntil", { until })}</span>}
    </>
  );
}

/** How many shops use it, of how many may. */
export function CouponUses({ coupon: { redeemed, max_redemptions } }: { coupon: CouponTerms }) {
  const t = useTranslations("consoleCoupons");
  return (
    <span className="md:whitespace-nowrap">
      {max_redemptions === null
        ? t("usesOpen", { used: redeemed })
        : t("usesOf", { used: redeemed, most: max_redemptions })}
    </span>
  );
}
