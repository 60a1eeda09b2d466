import type { Metadata } from "next";
import { CustomerFields } from "@/components/customers/customer-fields";
import { ButtonLink } from "@/components/ui/button";
import { ActionForm, FormActions, SubmitButton } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ProblemLink } from "@/components/ui/problem-link";
import { formatPhone } from "@/lib/chile/phone";
import { getTranslations } from "@/lib/i18n";
import { updateCustomerAction } from "../../actions";
import { memberAndCustomer } from "../customer";

type Props = PageProps<"/customers/[customerId]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { customer } = await memberAndCustomer((await params).customerId, "customers.write");
  return { title: `${(await getTranslations("customers"))("editTitle")} · ${customer.name}` };
}

export default async function EditCustomerPage({ params }: Props) {
  const { customer } = await memberAndCustomer((await params).customerId, "customers.write");
  const [t, common] = await Promise.all([getTranslations("customers"), getTranslations("common")]);
  const path = `/customers/${customer.id}`;
  return (
    <Page width="narrow">
      <PageHeader
        title={t("editTitle")}
        breadcrumbs={[
          { href: "/customers", label: t("title") },
          { href: path, label: customer.name },
        ]}
      />
      <ActionForm action={updateCustomerAction} successMessage={t("saved")} redirectTo={path}>
        <ProblemLink code="customer.changed" href="/customers/:id" label={t("seeCurrent")} newTab />
        <input type="hidden" name="id" value={customer.id} />
        <input type="hidden" name="version" value={customer.version} />
        <CustomerFields customer={customer} phone={customer.phone ? formatPhone(customer.phone) : ""} />
        <FormActions>
          <ButtonLink href={path}>{common("actions.cancel")}</ButtonLink>
          <SubmitButton>{common("actions.save")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Page>
  );
}
