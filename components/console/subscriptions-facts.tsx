import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import type { SubscriptionDetail } from "@/lib/console";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount } from "./payments-parts";
import { PlanName } from "./subscriptions-parts";

/** What a shop has bought, until when, and what it may still use up. */
export function SubscriptionsFacts({ detail }: { detail: SubscriptionDetail }) {
  const t = useTranslations("consoleSubscriptions");
  const { subscription, credits, coupons } = detail;
  const moment = (value: string | null) => value && <Moment value={value} timeZone={CONSOLE_ZONE} />;
  return (
    <Card title={t("detail.facts")}>
      <DescriptionList
        items={[
          {
            label: t("plan"),
            value: (
              <PlanName
                tier={subscription.tier_code}
                version={subscription.tier_version}
                interval={subscription.billing_interval}
              />
            ),
          },
          { label: t("detail.value"), value: <Money minor={subscription.monthly_value} /> },
          { label: t("detail.trialEnds"), value: moment(subscription.trial_ends_at) },
          { label: t("detail.period"), value: <Period subscription={subscription} /> },
          { label: t("detail.due"), value: moment(subscription.next_due_at) },
          { label: t("detail.created"), value: moment(subscription.created_at) },
          {
            label: t("detail.credits"),
            value:
              credits.length === 0
                ? t("detail.noCredits")
                : credits.map(({ currency, balance }) => (
                    <span key={currency} className="block">
                      <Amount minor={balance} currency={currency} />
                    </span>
                  )),
          },
          {
            label: t("detail.coupons"),
            value: coupons.length === 0 ? t("detail.noCoupons") : <Coupons coupons={coupons} />,
          },
        ]}
      />
    </Card>
  );
}

function Period({ subscription }: Pick<SubscriptionDetail, "subscription">) {
  const { current_period_start: start, current_period_end: end } = subscription;
  if (!start || !end) return "—";
  return (
    <>
      <Moment value={start} timeZone={CONSOLE_ZONE} as="day" /> –{" "}
      <Moment value={end} timeZone={CONSOLE_ZONE} as="day" />
    </>
  );
}

function Coupons({ coupons }: Pick<SubscriptionDetail, "coupons">) {
  const t = useTranslations("consoleSubscriptions.detail");
  return coupons.map(({ code, usesLeft, redeemed }) => (
    <span key={code} className="block">
      {!redeemed
        ? t("couponHeld", { code })
        : usesLeft === null
          ? t("couponForever", { code })
          : t("couponUses", { code, uses: usesLeft })}
    </span>
  ));
}
