import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import {
  ActionForm,
  Field,
  FieldGrid,
  type FormAction,
  FormActions,
  SubmitButton,
} from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ProblemLink } from "@/components/ui/problem-link";
import { RutInput } from "@/components/ui/rut-input";
import { Textarea } from "@/components/ui/textarea";
import type { Organization } from "@/lib/organizations";
import { COMUNAS, ComunaList } from "./comuna-list";

export interface ShopFormProps {
  organization: Organization;
  /** The telephone written for people. */
  phone: string;
  action: FormAction<void>;
}

/** What the shop says about itself. */
export function ShopForm({ organization, phone, action }: ShopFormProps) {
  const t = useTranslations("settings.shop");
  return (
    <Card title={t("detailsTitle")} description={t("detailsDescription")}>
      <ActionForm action={action} successMessage={t("saved")}>
        <ProblemLink code="conflict" href="/settings" label={t("seeCurrent")} newTab />
        <input type="hidden" name="updatedAt" value={organization.updatedAt} />
        <FieldGrid>
          <Field name="name" label={t("name")} required>
            <Input maxLength={120} defaultValue={organization.name} autoComplete="organization" />
          </Field>
          <Field name="rut" label={t("rut")} optional>
            <RutInput defaultValue={organization.rut ?? ""} />
          </Field>
          <Field name="legalName" label={t("legalName")} optional>
            <Input maxLength={160} defaultValue={organization.legalName ?? ""} />
          </Field>
          <Field name="activity" label={t("activity")} optional>
            <Input maxLength={160} defaultValue={organization.activity ?? ""} />
          </Field>
          <Field name="address" label={t("address")} optional>
            <Input maxLength={200} defaultValue={organization.address ?? ""} autoComplete="street-address" />
          </Field>
          <Field name="comuna" label={t("comuna")} optional>
            <Input maxLength={80} list={COMUNAS} defaultValue={organization.comuna ?? ""} />
          </Field>
          <Field name="phone" label={t("phone")} optional>
            <Input type="tel" inputMode="tel" placeholder="+56 2 2345 6789" defaultValue={phone} />
          </Field>
          <Field name="email" label={t("email")} optional>
            <Input type="email" inputMode="email" defaultValue={organization.email ?? ""} />
          </Field>
          <Field
            name="receiptFooter"
            label={t("receiptFooter")}
            hint={t("receiptFooterHint")}
            optional
            className="sm:col-span-2"
          >
            <Textarea rows={2} maxLength={300} defaultValue={organization.receiptFooter ?? ""} />
          </Field>
        </FieldGrid>
        <ComunaList />
        <FormActions>
          <SubmitButton>{t("save")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}
