import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CouponsForm } from "@/components/console/coupons-form";
import { CONSOLE_ZONE } from "@/components/console/organizations-table";
import { Card } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page-header";
import { tierCodes } from "@/lib/console";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { businessDate } from "@/lib/time";
import { createCouponAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consoleCoupons"))("new.title") };
}

export default async function NewCouponPage() {
  const staff = await requirePlatform();
  if (staff.role !== "super_admin") notFound();
  const [t, plan] = await Promise.all([getTranslations("consoleCoupons"), getTranslations("console.tiers")]);
  return (
    <Page width="narrow">
      <PageHeader
        title={t("new.title")}
        description={t("new.description")}
        breadcrumbs={[{ href: "/admin/saas-management/coupons", label: t("title") }]}
      />
      <Card>
        <ClientMessages namespaces={["consoleCoupons"]}>
          <CouponsForm
            create={createCouponAction}
            plans={tierCodes.map((tier) => ({ value: tier, label: plan(tier) }))}
            today={businessDate(new Date(), CONSOLE_ZONE)}
          />
        </ClientMessages>
      </Card>
    </Page>
  );
}
