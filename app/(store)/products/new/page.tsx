import type { Metadata } from "next";
import { CreateProductForm } from "@/components/catalog/create-product-form";
import { ProductFields } from "@/components/catalog/product-fields";
import { ProductLimit } from "@/components/catalog/product-limit";
import { ButtonLink } from "@/components/ui/button";
import { FormActions, SubmitButton } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ProblemLink } from "@/components/ui/problem-link";
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
  return (
    <ClientMessages namespaces={["products"]}>
      <Page width="narrow">
        <PageHeader title={t("new")} breadcrumbs={[{ href: "/products", label: t("title") }]} />
        <ProductLimit usage={usage} mayUpgrade={member.can("billing.read")} />
        <CreateProductForm action={createProductAction} created={t("created")}>
          <ProblemLink code="tier.limit_exceeded" href="/billing" label={t("plans")} />
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
