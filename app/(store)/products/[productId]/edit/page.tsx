import type { Metadata } from "next";
import { ProductFields } from "@/components/catalog/product-fields";
import { ButtonLink } from "@/components/ui/button";
import { ActionForm, FormActions, SubmitButton } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ProblemLink } from "@/components/ui/problem-link";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { updateProductAction } from "../../actions";
import { memberAndProduct } from "../product";

type Props = PageProps<"/products/[productId]/edit">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { product } = await memberAndProduct((await params).productId, "products.write");
  return { title: `${(await getTranslations("products"))("editTitle")} · ${product.name}` };
}

export default async function EditProductPage({ params }: Props) {
  const { product } = await memberAndProduct((await params).productId, "products.write");
  const [t, common] = await Promise.all([getTranslations("products"), getTranslations("common")]);
  const path = `/products/${product.id}`;
  return (
    <ClientMessages namespaces={["products"]}>
      <Page width="narrow">
        <PageHeader
          title={t("editTitle")}
          breadcrumbs={[
            { href: "/products", label: t("title") },
            { href: path, label: product.name },
          ]}
        />
        <ActionForm action={updateProductAction} successMessage={t("saved")} redirectTo={path}>
          <ProblemLink code="product.changed" href="/products/:id" label={t("seeCurrent")} newTab />
          <input type="hidden" name="id" value={product.id} />
          <input type="hidden" name="version" value={product.version} />
          <ProductFields product={product} />
          <FormActions>
            <ButtonLink href={path}>{common("actions.cancel")}</ButtonLink>
            <SubmitButton>{common("actions.save")}</SubmitButton>
          </FormActions>
        </ActionForm>
      </Page>
    </ClientMessages>
  );
}
