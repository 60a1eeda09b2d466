import type { Metadata } from "next";
import { InvariantsCard, ReconciliationCard } from "@/components/console/webhooks-checks";
import { WebhooksTabs } from "@/components/console/webhooks-tabs";
import { Page, PageHeader } from "@/components/ui/page-header";
import { listInvariants } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { listReconciliations } from "@/lib/payments";
import { requirePlatform } from "@/lib/security/member";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consolePayments"))("webhooks.reconciliation") };
}

export default async function ReconciliationPage() {
  const staff = await requirePlatform();
  const [invariants, days, t] = await Promise.all([
    listInvariants(staff),
    listReconciliations(staff),
    getTranslations("consolePayments.webhooks"),
  ]);
  return (
    <Page>
      <PageHeader title={t("reconciliation")} description={t("description")} />
      <WebhooksTabs />
      <div className="flex flex-col gap-6">
        <ReconciliationCard days={days} />
        <InvariantsCard rows={invariants} />
      </div>
    </Page>
  );
}
