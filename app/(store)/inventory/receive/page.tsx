import type { Metadata } from "next";
import { LinesEditor } from "@/components/inventory/lines-editor";
import { StockForm } from "@/components/inventory/stock-form";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { MOST_LINES } from "@/lib/inventory";
import { receiveStockAction } from "../actions";
import { memberAtBranch } from "../member-at-branch";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inventory"))("receive.title") };
}

export default async function ReceivePage() {
  const { member, branch } = await memberAtBranch("inventory.receive");
  const [t, common] = await Promise.all([getTranslations("inventory"), getTranslations("common")]);
  const keptAs = ["reception", member.organization.id, branch.id, member.memberId].join(":");
  return (
    <ClientMessages namespaces={["inventory"]}>
      <Page width="narrow">
        <PageHeader
          title={t("receive.title")}
          description={t("receive.description", { branch: branch.name })}
          breadcrumbs={[{ href: "/inventory", label: t("title") }]}
        />
        <StockForm action={receiveStockAction} done={t("receive.done")} keptAs={keptAs}>
          <input type="hidden" name="branchId" value={branch.id} />
          <div className="flex flex-col gap-6">
            <LinesEditor
              key={keptAs}
              keptAs={keptAs}
              branchId={branch.id}
              most={MOST_LINES}
              asksCost
              mayCreate={member.can("products.write")}
            />
            <Card>
              <Field name="note" label={t("receive.note")} optional>
                <Input maxLength={200} placeholder={t("receive.notePlaceholder")} />
              </Field>
            </Card>
          </div>
          <FormActions>
            <ButtonLink href="/inventory">{common("actions.cancel")}</ButtonLink>
            <SubmitButton>{t("receive.submit")}</SubmitButton>
          </FormActions>
        </StockForm>
      </Page>
    </ClientMessages>
  );
}
