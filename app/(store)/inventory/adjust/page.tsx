import type { Metadata } from "next";
import { AdjustFields } from "@/components/inventory/adjust-fields";
import { StockForm } from "@/components/inventory/stock-form";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions, SubmitButton } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { findGoodsById } from "@/lib/inventory";
import { adjustStockAction } from "../actions";
import { memberAtBranch } from "../member-at-branch";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inventory"))("adjust.title") };
}

/** `?product=` comes from the product's own page. */
export default async function AdjustPage({ searchParams }: PageProps<"/inventory/adjust">) {
  const { member, branch } = await memberAtBranch("inventory.adjust");
  const [t, common, { product }] = await Promise.all([
    getTranslations("inventory"),
    getTranslations("common"),
    searchParams,
  ]);
  const goods = typeof product === "string" ? await findGoodsById(member, branch.id, product) : null;
  return (
    <ClientMessages namespaces={["inventory"]}>
      <Page width="narrow">
        <PageHeader
          title={t("adjust.title")}
          description={t("adjust.description", { branch: branch.name })}
          breadcrumbs={[{ href: "/inventory", label: t("title") }]}
        />
        <StockForm action={adjustStockAction} done={t("adjust.done")}>
          <input type="hidden" name="branchId" value={branch.id} />
          <Card>
            <AdjustFields branchId={branch.id} product={goods} />
          </Card>
          <FormActions>
            <ButtonLink href="/inventory">{common("actions.cancel")}</ButtonLink>
            <SubmitButton>{t("adjust.submit")}</SubmitButton>
          </FormActions>
        </StockForm>
      </Page>
    </ClientMessages>
  );
}
