import type { Metadata } from "next";
import { LimitOffer } from "@/components/billing/limit-offer";
import { NearLimit } from "@/components/billing/near-limit";
import { CreateCustomerForm } from "@/components/customers/create-customer-form";
import { CustomerFields } from "@/components/customers/customer-fields";
import { ButtonLink } from "@/components/ui/button";
import { FormActions, SubmitButton } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { getTranslations } from "@/lib/i18n";
import { getUsage } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";
import { createCustomerAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("new") };
}

export default async function NewCustomerPage() {
  const member = await requireMember("customers.write");
  const [usage, t, common] = await Promise.all([
    getUsage(member, "customers"),
    getTranslations("customers"),
    getTranslations("common"),
  ]);
  const mayUpgrade = member.can("billing.read");
  return (
    <Page width="narrow">
      <PageHeader title={t("new")} breadcrumbs={[{ href: "/customers", label: t("title") }]} />
      <NearLimit metric="customers" usage={usage} mayUpgrade={mayUpgrade} />
      <CreateCustomerForm action={createCustomerAction} created={t("created")}>
        <LimitOffer scope={member.memberId} mayUpgrade={mayUpgrade} />
        <CustomerFields />
        <FormActions>
          <ButtonLink href="/customers">{common("actions.cancel")}</ButtonLink>
          <SubmitButton>{t("create")}</SubmitButton>
        </FormActions>
      </CreateCustomerForm>
    </Page>
  );
}
