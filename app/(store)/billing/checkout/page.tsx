import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { ConfirmPlan } from "@/components/billing/confirm-plan";
import { CouponForm } from "@/components/billing/coupon-form";
import { metrics, tierCode } from "@/components/billing/names";
import { PayForm } from "@/components/billing/pay-form";
import { QuoteLines } from "@/components/billing/quote-lines";
import { RenewalEnds } from "@/components/billing/renewal-ends";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages, getLocale, getTranslations } from "@/lib/i18n";
import { requireMember } from "@/lib/security/member";
import { findRenewalEndedBy, previewPlan } from "@/lib/subscriptions";
import { businessDate, formatDay } from "@/lib/time";
import { gateways } from "@/lib/wiring/gateways";
import { planDowngradeAction } from "../actions";
import { quoteOffers } from "./offers";

const query = z.object({
  tier: z.string().min(1).max(32),
  interval: z.enum(["month", "year"]),
  coupon: z.string().trim().max(40).optional(),
});

type Props = PageProps<"/billing/checkout">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [wished, t, billing] = await Promise.all([
    searchParams,
    getTranslations("checkout"),
    getTranslations("billing"),
  ]);
  const { success, data } = query.safeParse(wished);
  return {
    title: success ? t("title", { plan: billing(`tiers.${tierCode(data.tier)}`) }) : billing("title"),
  };
}

/** What a plan costs this shop now, and every way to pay it; a smaller plan is noted instead. */
export default async function CheckoutPage({ searchParams }: Props) {
  const member = await requireMember("billing.manage", { suspended: "allowed" });
  const wished = query.safeParse(await searchParams);
  if (!wished.success) redirect("/billing");
  const { tier, interval } = wished.data;
  const coupon = wished.data.coupon || null;
  const [t, billing, locale] = await Promise.all([
    getTranslations("checkout"),
    getTranslations("billing"),
    getLocale(),
  ]);
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const day = (instant: string) => formatDay(businessDate(new Date(instant), timeZone), locale);
  const plan = billing(`tiers.${tierCode(tier)}`);
  const { quotes, offers, couponProblem } = await quoteOffers(
    member,
    { tier, interval, coupon },
    gateways.available(),
  );
  const [first] = quotes;
  if (!first) redirect("/billing");
  const header = (
    <PageHeader
      title={t("title", { plan })}
      description={t("description", { interval })}
      actions={<ButtonLink href="/billing">{t("back")}</ButtonLink>}
    />
  );

  if (first.change === "downgrade") {
    const { from, excess } = await previewPlan(member, { tier, interval });
    return (
      <Page>
        {header}
        <Card title={t("downgradeTitle", { plan })} className="max-w-2xl">
          <p className="mb-4">{t("downgradeText", { day: day(from ?? first.startsAt) })}</p>
          {excess.length > 0 && (
            <Alert tone="warning" title={t("excessTitle")} className="mb-4">
              <ul className="my-2 list-disc pl-5">
                {metrics.flatMap((metric) =>
                  excess
                    .filter((one) => one.metric === metric)
                    .map(({ used, max }) => (
                      <li key={metric}>{t("excess", { metric: billing(`metrics.${metric}`), used, max })}</li>
                    )),
                )}
              </ul>
              {t("excessText")}
            </Alert>
          )}
          <ConfirmPlan
            action={planDowngradeAction}
            tier={tier}
            interval={interval}
            acceptsExcess={excess.length > 0}
            label={t(excess.length > 0 ? "planAnyway" : "plan", { plan })}
            done={t("planned")}
          />
        </Card>
      </Page>
    );
  }

  const ended = await findRenewalEndedBy(member, { tier, interval, change: first.change });
  const startsLater = new Date(first.startsAt) > new Date();
  return (
    <ClientMessages namespaces={["checkout"]}>
      <Page>
        {header}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title={t("summary")}>
            <div className="flex flex-col gap-6">
              {quotes.map((quote) => (
                <section key={quote.currency} aria-label={t("currencyTitle", { currency: quote.currency })}>
                  {quotes.length > 1 && (
                    <h3 className="mb-2 text-sm font-medium">
                      {t("currencyTitle", { currency: quote.currency })}
                    </h3>
                  )}
                  <QuoteLines lines={quote.lines} total={quote.total} currency={quote.currency} />
                </section>
              ))}
              <p className="text-sm text-ink-soft">
                {startsLater ? t("starts", { day: day(first.startsAt) }) : t("startsNow")}
              </p>
              {ended && <RenewalEnds gateway={ended.gateway} />}
              {first.couponCode && (
                <Alert tone="success">{t("couponApplied", { code: first.couponCode })}</Alert>
              )}
              <CouponForm tier={tier} interval={interval} coupon={coupon} problem={couponProblem} />
            </div>
          </Card>
          <Card title={t("howTitle")}>
            <PayForm
              offers={offers}
              tier={tier}
              interval={interval}
              coupon={first.couponCode}
              mayRenew={first.change !== "upgrade" && first.couponCode === null}
              firstChargeOn={startsLater ? day(first.startsAt) : null}
            />
            {first.couponCode && <p className="mt-3 text-sm text-ink-soft">{t("noRenewalWithCoupon")}</p>}
          </Card>
        </div>
      </Page>
    </ClientMessages>
  );
}
