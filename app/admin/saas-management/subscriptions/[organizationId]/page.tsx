import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { SubscriptionsActions } from "@/components/console/subscriptions-actions";
import { SubscriptionsClock } from "@/components/console/subscriptions-clock";
import { SubscriptionsFacts } from "@/components/console/subscriptions-facts";
import { SubscriptionsHistory } from "@/components/console/subscriptions-history";
import { SubscriptionsInvoices } from "@/components/console/subscriptions-invoices";
import { TestShopBadges } from "@/components/console/subscriptions-parts";
import { SubscriptionsPeriods } from "@/components/console/subscriptions-periods";
import { SubscriptionsRenewals } from "@/components/console/subscriptions-renewals";
import { SubscriptionsState } from "@/components/console/subscriptions-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { getSubscription } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";
import {
  changePlanAction,
  endAction,
  extendAction,
  moveClockAction,
  playClockAction,
  removeClockAction,
  resumeAction,
} from "../actions";
import { historyOf } from "./history";

type Props = PageProps<"/admin/saas-management/subscriptions/[organizationId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { detail } = await staffAndSubscription((await params).organizationId);
  return {
    title: (await getTranslations("consoleSubscriptions"))("detail.title", {
      name: detail.organization.name,
    }),
  };
}

export default async function SubscriptionPage({ params }: Props) {
  const { staff, detail } = await staffAndSubscription((await params).organizationId);
  const [t, history] = await Promise.all([getTranslations("consoleSubscriptions"), historyOf(detail)]);
  const mayWrite = staff.role === "super_admin";
  return (
    <Page>
      <PageHeader
        title={t("detail.title", { name: detail.organization.name })}
        badge={
          <>
            <StatusBadge status={detail.subscription.status} />
            <TestShopBadges isTest={detail.organization.isTest} clockAt={detail.clock?.at ?? null} />
          </>
        }
        breadcrumbs={[{ href: "/admin/saas-management/subscriptions", label: t("title") }]}
        actions={
          mayWrite &&
          detail.subscription.status !== "cancelled" && (
            <SubscriptionsActions
              detail={detail}
              extend={extendAction}
              change={changePlanAction}
              end={endAction}
              resume={resumeAction}
            />
          )
        }
      />
      <div className="flex flex-col gap-6">
        <SubscriptionsState detail={detail} />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-6">
            <SubscriptionsFacts detail={detail} />
            <SubscriptionsRenewals renewals={detail.renewals} />
          </div>
          <SubscriptionsClock
            detail={detail}
            actions={
              mayWrite ? { move: moveClockAction, play: playClockAction, remove: removeClockAction } : null
            }
          />
        </div>
        <SubscriptionsPeriods periods={detail.periods} />
        <SubscriptionsInvoices invoices={detail.invoices} />
        <SubscriptionsHistory entries={history} />
      </div>
    </Page>
  );
}

/** An id that is none is as unknown as one that nobody has. */
const staffAndSubscription = cache(async (id: string) => {
  const staff = await requirePlatform();
  if (!z.uuid().safeParse(id).success) notFound();
  return { staff, detail: await orNotFound("organization.not_found", getSubscription(staff, id)) };
});
