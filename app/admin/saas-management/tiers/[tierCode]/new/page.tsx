import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TiersForm } from "@/components/console/tiers-form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { listTiers, TIER_DAYS_AHEAD } from "@/lib/console";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { releasedFeatures, tierFeatures } from "@/lib/security/features";
import { requirePlatform } from "@/lib/security/member";
import { addDays, businessDate } from "@/lib/time";
import { publishTierAction } from "../../actions";
import { termsOf } from "../../terms";

const PATH = "/admin/saas-management/tiers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consoleTiers"))("newVersion") };
}

export default async function NewTierVersionPage({
  params,
}: PageProps<"/admin/saas-management/tiers/[tierCode]/new">) {
  const staff = await requirePlatform();
  if (staff.role !== "super_admin") notFound();
  const { tierCode } = await params;
  const tier = (await listTiers(staff)).find((one) => one.code === tierCode);
  const newest = tier?.versions[0];
  if (!tier || !newest) notFound();
  const [t, names] = await Promise.all([getTranslations("consoleTiers"), getTranslations("console.tiers")]);
  const today = businessDate(new Date(), "America/Santiago");
  return (
    <ClientMessages namespaces={["consoleTiers"]}>
      <Page width="narrow">
        <PageHeader
          title={t("newVersionOf", { name: names(tier.code) })}
          description={t("form.description", { version: newest.version })}
          breadcrumbs={[{ href: PATH, label: t("title") }]}
        />
        <TiersForm
          code={tier.code}
          newest={termsOf(newest)}
          shops={tier.versions.reduce((sum, { shops }) => sum + shops, 0)}
          features={tierFeatures}
          released={releasedFeatures}
          days={{ min: today, max: addDays(today, TIER_DAYS_AHEAD) }}
          path={PATH}
          action={publishTierAction}
        />
      </Page>
    </ClientMessages>
  );
}
