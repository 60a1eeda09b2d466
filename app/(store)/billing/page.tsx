import { PaymentNews } from "@/components/billing/payment-news";
import { PaymentsTable } from "@/components/billing/payments-table";
import { Plans } from "@/components/billing/plans";
import { Summary } from "@/components/billing/summary";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { requireMember } from "@/lib/security/member";
import { getBilling } from "@/lib/subscriptions";
import { gateways } from "@/lib/wiring/gateways";

export default async function BillingPage({ searchParams }: PageProps<"/billing">) {
  const member = await requireMember("billing.read", { suspended: "allowed" });
  const [billing, t, { payment }] = await Promise.all([
    getBilling(member),
    getTranslations("billing"),
    searchParams,
  ]);
  const returned = billing.payments.find(({ id }) => id === payment);
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const payThrough = gateways.available().find(({ capabilities }) => capabilities.currencies.includes("CLP"));
  return (
    <ClientMessages namespaces={["billing", "errors"]}>
      <Page>
        <PageHeader title={t("title")} description={t("description")} />
        <div className="flex flex-col gap-6">
          {returned && <PaymentNews payment={returned} />}
          <Summary
            billing={billing}
            suspended={member.organization.status === "suspended"}
            timeZone={timeZone}
          />
          <Plans
            tiers={billing.tiers}
            current={billing.subscription}
            usage={billing.usage}
            gateway={payThrough?.id ?? null}
            mayPay={member.can("billing.manage")}
          />
          <PaymentsTable payments={billing.payments} timeZone={timeZone} />
        </div>
      </Page>
    </ClientMessages>
  );
}
