import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import type { SubscriptionDetail } from "@/lib/console";
import { getPlainTranslator } from "@/lib/i18n";
import { wordOr } from "@/lib/i18n/word-or";
import { CONSOLE_ZONE } from "./organizations-table";
import { HeldBecause, PlanName } from "./subscriptions-parts";

/** How a subscription stands in words, since when, and what lies before it. */
export function SubscriptionsState({ detail }: { detail: SubscriptionDetail }) {
  const t = useTranslations("consoleSubscriptions");
  const { organization, subscription } = detail;
  return (
    <Card
      title={t("detail.state")}
      actions={
        <>
          <ButtonLink size="sm" href={`/admin/saas-management/organizations/${organization.id}`}>
            {t("detail.openOrganization")}
          </ButtonLink>
          <ButtonLink size="sm" href={`/admin/saas-management/payments?q=${organization.slug}`}>
            {t("detail.openPayments")}
          </ButtonLink>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>
          <Meaning status={subscription.status} />{" "}
          <span className="text-ink-soft">
            {t("detail.since")}: <Moment value={subscription.state_since} timeZone={CONSOLE_ZONE} />
          </span>
        </p>
        {subscription.held_because && (
          <Alert tone="info" title={t("held.title")}>
            <HeldBecause because={subscription.held_because} /> {t("held.hint")}
          </Alert>
        )}
        <Ahead subscription={subscription} />
      </div>
    </Card>
  );
}

async function Meaning({ status }: { status: string }) {
  return wordOr(await getPlainTranslator(), `consoleSubscriptions.meaning.${status}`, "");
}

/** An end or another plan that was asked for. */
function Ahead({ subscription }: Pick<SubscriptionDetail, "subscription">) {
  const t = useTranslations("consoleSubscriptions.detail");
  const { status, next_due_at, next_tier_code, next_tier_version, next_interval } = subscription;
  const day = () => next_due_at && <Moment value={next_due_at} timeZone={CONSOLE_ZONE} as="day" />;
  if (subscription.cancel_at_period_end && status !== "cancelled") {
    return (
      <Alert tone="warning" title={t.rich("endingTitle", { day })}>
        {t("endingText")}
      </Alert>
    );
  }
  if (!next_tier_code || !next_interval || next_tier_version === null) return null;
  return (
    <Alert tone="info" title={t.rich("nextTitle", { day })}>
      {t.rich("nextText", {
        plan: () => <PlanName tier={next_tier_code} version={next_tier_version} interval={next_interval} />,
      })}
    </Alert>
  );
}
