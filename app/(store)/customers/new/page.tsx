import type { Metadata } from "next";
import { CreateCustomerForm } from "@/components/customers/create-customer-form";
import { CustomerFields } from "@/components/customers/customer-fields";
import { ButtonLink } from "@/components/ui/button";
import { FormActions, SubmitButton } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ProblemLink } from "@/components/ui/problem-link";
import { getTranslations } from "@/lib/i18n";
import { requireMember } from "@/lib/security/member";
import { createCustomerAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("new") };
}

export default async function NewCustomerPage() {
  await requireMember("customers.write");
  const [t, common] = await Promise.all([getTranslations("customers"), getTranslations("common")]);
  return (
    <Page width="narrow">
      <PageHeader title={t("new")} breadcrumbs={[{ href: "/customers", label: t("title") }]} />
      <CreateCustomerForm action={createCustomerAction} created={t("created")}>
        <ProblemLink code="tier.limit_exceeded" href="/billing" label={t("plans")} />
        <CustomerFields />
        <FormActions>
          <ButtonLink href="/customers">{common("actions.cancel")}</ButtonLink>
          <SubmitButton>{t("create")}</SubmitButton>
        </FormActions>
      </CreateCustomerForm>
    </Page>
  );
}
