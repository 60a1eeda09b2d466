import type { Metadata } from "next";
import { LinesEditor } from "@/components/inventory/lines-editor";
import { StockForm } from "@/components/inventory/stock-form";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, FieldGrid, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { MOST_LINES } from "@/lib/inventory";
import { listBranches } from "@/lib/organizations";
import { transferStockAction } from "../actions";
import { memberAtBranch } from "../member-at-branch";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inventory"))("transfer.title") };
}

/** `?from=` comes from a branch that is to be archived and still holds goods. */
export default async function TransferPage({ searchParams }: PageProps<"/inventory/transfer">) {
  const { from } = await searchParams;
  const { member, branch } = await memberAtBranch("inventory.transfer", from);
  const [t, common, branches] = await Promise.all([
    getTranslations("inventory"),
    getTranslations("common"),
    listBranches(member),
  ]);
  // Goods may go to any branch of the shop, also where the sender does not work.
  const others = branches.filter(({ id, archivedAt }) => id !== branch.id && !archivedAt);
  const keptAs = ["transfer", member.organization.id, branch.id, member.memberId].join(":");
  return (
    <ClientMessages namespaces={["inventory"]}>
      <Page width="narrow">
        <PageHeader
          title={t("transfer.title")}
          description={t("transfer.description", { branch: branch.name })}
          breadcrumbs={[{ href: "/inventory", label: t("title") }]}
        />
        {others.length === 0 && <Alert tone="neutral">{t("transfer.single")}</Alert>}
        {others.length > 0 && (
          <StockForm action={transferStockAction} done={t("transfer.done")} keptAs={keptAs}>
            <input type="hidden" name="branchId" value={branch.id} />
            <div className="flex flex-col gap-6">
              <Card>
                <FieldGrid>
                  <Field name="toBranchId" label={t("transfer.to")} required>
                    <Select
                      placeholder={t("transfer.choose")}
                      options={others.map(({ id, name }) => ({ value: id, label: name }))}
                    />
                  </Field>
                  <Field name="note" label={t("transfer.note")} optional>
                    <Input maxLength={200} placeholder={t("transfer.notePlaceholder")} />
                  </Field>
                </FieldGrid>
              </Card>
              <LinesEditor key={keptAs} keptAs={keptAs} branchId={branch.id} most={MOST_LINES} />
            </div>
            <FormActions>
              <ButtonLink href="/inventory">{common("actions.cancel")}</ButtonLink>
              <SubmitButton>{t("transfer.submit")}</SubmitButton>
            </FormActions>
          </StockForm>
        )}
      </Page>
    </ClientMessages>
  );
}
