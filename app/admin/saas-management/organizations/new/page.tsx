import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "@/components/ui/card";
import { ActionForm, Field, FieldGrid, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { tierCodes } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { chileanZones } from "@/lib/time";
import { createOrganizationAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console"))("new.title") };
}

export default async function NewOrganizationPage() {
  const staff = await requirePlatform();
  if (staff.role !== "super_admin") notFound();
  const [t, zones] = await Promise.all([getTranslations("console"), getTranslations("settings.timeZones")]);
  return (
    <Page width="narrow">
      <PageHeader
        title={t("new.title")}
        description={t("new.description")}
        breadcrumbs={[{ href: "/admin/saas-management/organizations", label: t("organizations.title") }]}
      />
      <Card>
        <ActionForm action={createOrganizationAction}>
          <FieldGrid>
            <Field name="name" label={t("new.name")} required>
              <Input autoFocus />
            </Field>
            <Field name="ownerEmail" label={t("new.ownerEmail")} hint={t("new.ownerHint")} required>
              <Input type="email" />
            </Field>
            <Field name="branch" label={t("new.branch")} required>
              <Input />
            </Field>
            <Field name="timeZone" label={t("new.timeZone")} required>
              <Select options={chileanZones.map((zone) => ({ value: zone, label: zones(zone) }))} />
            </Field>
            <Field name="tier" label={t("tier")} required>
              <Select defaultValue="pro">
                {tierCodes.map((tier) => (
                  <option key={tier} value={tier}>
                    {t(`tiers.${tier}`)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field name="trialDays" label={t("new.trialDays")} hint={t("new.trialHint")} required>
              <Input type="number" min={0} max={90} defaultValue={14} />
            </Field>
          </FieldGrid>
          <FormActions>
            <SubmitButton>{t("organizations.create")}</SubmitButton>
          </FormActions>
        </ActionForm>
      </Card>
    </Page>
  );
}
