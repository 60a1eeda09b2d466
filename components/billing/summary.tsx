import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import { UsageMeter } from "@/components/ui/usage-meter";
import { metrics, tierCode } from "./names";

interface SummaryProps {
  billing: {
    subscription: {
      status: string;
      tier: string;
      interval: string;
      trialEndsAt: Date | null;
      currentPeriodEnd: Date | null;
    } | null;
    usage: readonly { metric: string; used: number; max: number | null }[];
  };
  suspended: boolean;
  timeZone: string;
}

/** What the shop has now, until when, and how much of it is used. */
export function Summary({ billing: { subscription, usage }, suspended, timeZone }: SummaryProps) {
  const t = useTranslations("billing");
  const status = suspended ? "suspended" : (subscription?.status ?? "cancelled");
  const moment = (value: Date | null | undefined) => value && <Moment value={value} timeZone={timeZone} />;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card title={t("current")}>
        <DescriptionList
          items={[
            {
              label: t("plan"),
              value:
                subscription &&
                `${t(`tiers.${tierCode(subscription.tier)}`)} · ${t("interval", { interval: subscription.interval })}`,
            },
            { label: t("state"), value: <StatusBadge status={status} /> },
            subscription?.status === "trialing"
              ? { label: t("trialEnds"), value: moment(subscription.trialEndsAt) }
              : { label: t("paidUntil"), value: moment(subscription?.currentPeriodEnd) },
          ]}
        />
      </Card>
      <Card title={t("usage")}>
        <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {metrics.map((metric) => {
            const counter = usage.find((one) => one.metric === metric);
            return (
              <li key={metric}>
                <UsageMeter
                  label={t(`metrics.${metric}`)}
                  used={counter?.used ?? 0}
                  max={counter?.max ?? null}
                />
              </li>
            );
          })}
        </ul>
      </Card>
    </div>
  );
}
