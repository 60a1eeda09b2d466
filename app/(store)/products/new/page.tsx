import type { Metadata } from "next";
import { LimitOffer } from "@/components/billing/limit-offer";
import { NearLimit } from "@/components/billing/near-limit";
import { CreateProductForm } from "@/components/catalog/create-product-form";
import { ProductFields } from "@/components/catalog/product-fields";
import { ButtonLink } from "@/components/ui/button";
import { FormActions, SubmitButton } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { suggestSkus } from "@/lib/catalog";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { getUsage } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";
import { createProductAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products"))("new") };
}

/** `?barcode=` comes from a till that did not know a code. */
export default async function NewProductPage({ searchParams }: PageProps<"/products/new">) {
  const member = await requireMember("products.write");
  const [t, common, suggestions, usage, { barcode }] = await Promise.all([
    getTranslations("products"),
    getTranslations("common"),
    suggestSkus(member),
    getUsage(member, "products"),
    searchParams,
  ]);
  const mayUpgrade = member.can("billing.read");
  return (
    <ClientMessages namespaces={["products"]}>
      <Page width="narrow">
        <PageHeader title={t("new")} breadcrumbs={[{ href: "/products", label: t("title") }]} />
        <NearLimit metric="products" usage={usage} mayUpgrade={mayUpgrade} />
        <CreateProductForm action={createProductAction} created={t("created")}>
          <LimitOffer scope={member.memberId} mayUpgrade={mayUpgrade} />
          <ProductFields
            suggestions={suggestions}
            barcode={typeof barcode === "string" ? barcode.slice(0, 48) : ""}
          />
          <FormActions>
            <ButtonLink href="/products">{common("actions.cancel")}</ButtonLink>
            <SubmitButton>{t("create")}</SubmitButton>
          </FormActions>
        </CreateProductForm>
      </Page>
    </ClientMessages>
  );
}
