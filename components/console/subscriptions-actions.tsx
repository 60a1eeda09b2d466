import { useLocale } from "next-intl";
import type { FormAction } from "@/components/ui/form";
import type { SubscriptionDetail } from "@/lib/console";
import { ClientMessages } from "@/lib/i18n";
import { formatInstant } from "@/lib/time";
import { CONSOLE_ZONE } from "./organizations-table";
import { type Changed, SubscriptionsChange } from "./subscriptions-change";
import { type Ended, SubscriptionsEnd } from "./subscriptions-end";
import { SubscriptionsExtend } from "./subscriptions-extend";
import { SubscriptionsResume } from "./subscriptions-resume";

interface SubscriptionsActionsProps {
  detail: Pick<SubscriptionDetail, "organization" | "subscription" | "now">;
  extend: FormAction<{ days: number }>;
  change: FormAction<Changed>;
  end: FormAction<Ended>;
  resume: FormAction<void>;
}

/** What staff who may write can do about a living subscription. */
export function SubscriptionsActions({ detail, extend, change, end, resume }: SubscriptionsActionsProps) {
  const { organization, subscription, now } = detail;
  const from = endOf(subscription.next_due_at, now);
  const locale = useLocale();
  const { status, cancel_at_period_end: ending } = subscription;
  return (
    <ClientMessages namespaces={["consoleSubscriptions", "console"]}>
      <SubscriptionsEnd
        organization={organization}
        mayWait={!ending && (status === "active" || status === "trialing")}
        end={end}
      />
      {subscription.ended_by_staff && <SubscriptionsResume organization={organization} resume={resume} />}
      <SubscriptionsChange
        organizationId={organization.id}
        tier={subscription.tier_code}
        interval={subscription.billing_interval}
        mayWait={!ending && ["active", "past_due", "grace"].includes(status)}
        change={change}
      />
      <SubscriptionsExtend
        organizationId={organization.id}
        from={from}
        day={formatInstant(new Date(from), CONSOLE_ZONE, locale)}
        extend={extend}
      />
    </ClientMessages>
  );
}

/** Days are counted from the end that is shown; where it has passed, from the shop's now. */
function endOf(dueAt: string | null, now: string): string {
  return dueAt && new Date(dueAt) > new Date(now) ? dueAt : now;
}
