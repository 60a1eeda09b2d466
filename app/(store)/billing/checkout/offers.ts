import { currencyOf } from "@/components/billing/names";
import type { Offer } from "@/components/billing/offers";
import { AppError } from "@/lib/errors";
import { getPlainTranslator } from "@/lib/i18n";
import type { Gateways } from "@/lib/payments";
import type { Member } from "@/lib/security/member";
import { type Quote, quotePayment } from "@/lib/subscriptions";

interface Wish {
  readonly tier: string;
  readonly interval: "month" | "year";
  readonly coupon: string | null;
}

type Priced = Omit<Quote, "currency"> & { readonly currency: "CLP" | "USD" };

interface Offers {
  /** One for each currency of the gateways, the first gateway's first. */
  readonly quotes: readonly Priced[];
  readonly offers: readonly Offer[];
  /** Why the coupon does not count, in the person's language; prices are then without it. */
  readonly couponProblem: string | null;
}

/** What a plan costs through each gateway that can take it now. */
export async function quoteOffers(
  member: Pick<Member, "transaction">,
  wish: Wish,
  available: ReturnType<Gateways["available"]>,
): Promise<Offers> {
  const currencies = [
    ...new Set(available.map(({ capabilities }) => currencyOf(capabilities.currencies[0] ?? ""))),
  ];
  // Without a gateway the page still says what the plan costs.
  const asked = currencies.length > 0 ? currencies : (["CLP"] as const);
  try {
    const found = await Promise.all(asked.map((currency) => quote(member, wish, currency)));
    const quotes = found.filter((one) => one !== null);
    const offers = available.flatMap((gateway) => {
      const priced = quotes.find(({ currency }) => currency === gateway.capabilities.currencies[0]);
      if (!priced) return [];
      const price = priced.lines.find(({ kind }) => kind === "price")?.amount ?? priced.total;
      const renews = gateway.subscriptions !== null;
      const isDown = gateway.isDegraded();
      return [{ gateway: gateway.id, currency: priced.currency, total: priced.total, price, renews, isDown }];
    });
    return { quotes, offers, couponProblem: null };
  } catch (error) {
    if (wish.coupon === null || !(error instanceof AppError) || !error.code.startsWith("coupon."))
      throw error;
    const t = await getPlainTranslator();
    const without = await quoteOffers(member, { ...wish, coupon: null }, available);
    return { ...without, couponProblem: t(`errors.${error.code}`) };
  }
}

/** Null where the plan has no price in that currency. */
async function quote(
  member: Pick<Member, "transaction">,
  { tier, interval, coupon }: Wish,
  currency: "CLP" | "USD",
): Promise<Priced | null> {
  try {
    const found = await quotePayment(member, {
      tier,
      interval,
      currency,
      ...(coupon !== null && { coupon }),
    });
    return { ...found, currency };
  } catch (error) {
    if (error instanceof AppError && error.code === "payment.tier_unavailable") return null;
    throw error;
  }
}
