"use client";

import { useTranslations } from "next-intl";
import { LimitOfferLink } from "@/components/billing/plans-link";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldGrid, FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { RutInput } from "@/components/ui/rut-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CartCustomer } from "./cart";
import { useDesk } from "./desk";
import { typedCustomer } from "./typed-customer";

interface NewCustomerFormProps {
  /** What was searched for. */
  typed: string;
  onCreated: (customer: CartCustomer) => void;
  onBack: () => void;
}

/** The few facts that a sale needs of somebody new; the rest can wait for their record. */
export function NewCustomerForm({ typed, onCreated, onBack }: NewCustomerFormProps) {
  const t = useTranslations("pos.customer");
  const { actions, canSeePlans } = useDesk();
  const known = typedCustomer(typed);
  return (
    <ActionForm action={actions.createCustomer} keepOpen onSuccess={onCreated}>
      <LimitOfferLink scope={null} label={t("plans")} otherwise={canSeePlans ? null : t("askOwner")} />
      <input type="hidden" name="kind" value="person" />
      <FieldGrid>
        <Field name="givenNames" label={t("givenNames")} required>
          <Input autoFocus defaultValue={known.givenNames} maxLength={80} autoCapitalize="words" />
        </Field>
        <Field name="surnames" label={t("surnames")} required>
          <Input defaultValue={known.surnames} maxLength={120} autoCapitalize="words" />
        </Field>
        <Field name="rut" label={t("rut")} optional>
          <RutInput defaultValue={known.rut} />
        </Field>
        <Field name="phone" label={t("phone")} optional>
          <Input type="tel" inputMode="tel" defaultValue={known.phone} />
        </Field>
        <Field name="email" label={t("email")} optional className="sm:col-span-2">
          <Input type="email" inputMode="email" defaultValue={known.email} />
        </Field>
      </FieldGrid>
      <FormActions>
        <Button onClick={onBack}>{t("back")}</Button>
        <SubmitButton>{t("save")}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
