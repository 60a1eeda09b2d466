import type { Metadata } from "next";
import { CancelCard } from "@/components/billing/cancel-card";
import { InvoicesTable } from "@/components/billing/invoices-table";
import { PaymentNews } from "@/components/billing/payment-news";
import { PaymentsTable } from "@/components/billing/payments-table";
import { Plans } from "@/components/billing/plans";
import { RenewalCard } from "@/components/billing/renewal-card";
import { RenewalNews } from "@/components/billing/renewal-news";
import { StandingAlert } from "@/components/billing/standing-alert";
import { Summary } from "@/components/billing/summary";
import { Page, PageHeader } from "@/components/ui/page-header";
import { getTranslations } from "@/lib/i18n";
import { requireMember } from "@/lib/security/member";
import { getBilling } from "@/lib/subscriptions";
import { gateways } from "@/lib/wiring/gateways";
import {
  cancelAutoRenewalAction,
  cancelSubscriptionAction,
  planDowngradeAction,
  resumeSubscriptionAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("billing"))("title") };
}

export default async function BillingPage({ searchParams }: PageProps<"/billing">) {
  const member = await requireMember("billing.read", { suspended: "allowed" });
  const [billing, t, { payment, renewal }] = await Promise.all([
    getBilling(member),
    getTranslations("billing"),
    searchParams,
  ]);
  const returned = billing.payments.find(({ id }) => id === payment);
  const returnedRenewal = billing.renewals.find(({ id }) => id === renewal);
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const suspended = member.organization.status === "suspended";
  const mayPay = member.can("billing.manage");
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="flex flex-col gap-6">
        {returned && <PaymentNews payment={returned} mayPay={mayPay} />}
        {returnedRenewal && <RenewalNews status={returnedRenewal.status} />}
        <StandingAlert
          subscription={billing.subscription}
          paidTimeLeft={billing.paidTimeLeft}
          suspended={suspended}
          timeZone={timeZone}
          mayPay={mayPay}
          actions={{ resume: resumeSubscriptionAction, plan: planDowngradeAction }}
        />
        <Summary billing={billing} suspended={suspended} timeZone={timeZone} />
        <RenewalCard
          renewal={billing.renewals[0] ?? null}
          subscription={billing.subscription}
          timeZone={timeZone}
          mayPay={mayPay}
          canRenew={gateways.available().some(({ subscriptions }) => subscriptions !== null)}
          action={cancelAutoRenewalAction}
        />
        <Plans
          tiers={billing.tiers}
          current={billing.subscription}
          usage={billing.usage}
          canPay={gateways.available().length > 0}
          mayPay={mayPay}
        />
        <InvoicesTable invoices={billing.invoices} timeZone={timeZone} />
        <PaymentsTable payments={billing.payments} timeZone={timeZone} mayPay={mayPay} />
        {mayPay && (
          <CancelCard
            subscription={billing.subscription}
            timeZone={timeZone}
            action={cancelSubscriptionAction}
          />
        )}
      </div>
    </Page>
  );
}
