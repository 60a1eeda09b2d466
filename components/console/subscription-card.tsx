import { useTranslations } from "next-intl";
import { tierCode } from "@/components/billing/names";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { CONSOLE_ZONE } from "./organizations-table";

interface SubscriptionCardProps {
  detail: {
    organization: {
      id: string;
      legal_name: string | null;
      rut: string | null;
      email: string | null;
      phone: string | null;
      created_at: string;
    };
    subscription: {
      status: string;
      tier_code: string;
      tier_version: number;
      billing_interval: "month" | "year";
      trial_ends_at: string | null;
      current_period_end: string | null;
      mrr: number;
    } | null;
    orders30Days: number;
    lastOrderAt: string | null;
  };
}

/** What the organization bought, since when, and whether it uses it. */
export function SubscriptionCard({
  detail: { organization, subscription, orders30Days, lastOrderAt },
}: SubscriptionCardProps) {
  const t = useTranslations("console");
  const moment = (value: string | null | undefined) =>
    value && <Moment value={value} timeZone={CONSOLE_ZONE} />;
  return (
    <Card
      title={t("detail.subscription")}
      actions={
        <ButtonLink size="sm" href={`/admin/saas-management/subscriptions/${organization.id}`}>
          {t("detail.openSubscription")}
        </ButtonLink>
      }
    >
      <DescriptionList
        items={[
          { label: t("state"), value: <StatusBadge status={subscription?.status ?? "cancelled"} /> },
          {
            label: t("tier"),
            value:
              subscription &&
              t("detail.tierVersion", {
                tier: t(`tiers.${tierCode(subscription.tier_code)}`),
                version: subscription.tier_version,
                interval: subscription.billing_interval,
              }),
          },
          { label: t("dashboard.mrr"), value: <Money minor={subscription?.mrr ?? 0} /> },
          { label: t("detail.trialEnds"), value: moment(subscription?.trial_ends_at) },
          { label: t("detail.periodEnds"), value: moment(subscription?.current_period_end) },
          { label: t("organizations.orders30Days"), value: orders30Days },
          { label: t("organizations.lastOrder"), value: moment(lastOrderAt) },
          { label: t("organizations.since"), value: moment(organization.created_at) },
          { label: t("detail.legalName"), value: organization.legal_name },
          { label: "RUT", value: organization.rut },
          { label: t("detail.email"), value: organization.email },
          { label: t("detail.phone"), value: organization.phone },
        ]}
      />
    </Card>
  );
}
