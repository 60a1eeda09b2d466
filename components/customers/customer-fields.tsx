import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { COMUNAS, ComunaList } from "@/components/settings/comuna-list";
import { Card } from "@/components/ui/card";
import { Radio } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Field, FieldGrid } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ProblemLink } from "@/components/ui/problem-link";
import { RutInput } from "@/components/ui/rut-input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { Customer } from "@/lib/customers";
import { documentTypes } from "@/lib/customers/schema";

// Which fields a person or a company has is decided by the page's style, from the choice above them: no script.
const ofPersons = "group-has-[[value=company]:checked]/kind:hidden";
const ofCompanies = "hidden group-has-[[value=company]:checked]/kind:flex";

/** The fields of a customer, for making and for changing one. */
export function CustomerFields({ customer, phone }: { customer?: Customer; phone?: string }) {
  const t = useTranslations("customers");
  return (
    <div className="group/kind flex flex-col gap-6">
      <Card title={t("sections.identity")}>
        <Identity {...(customer && { customer })} />
      </Card>
      <Card title={t("sections.contact")}>
        <FieldGrid>
          <Field name="phone" label={t("fields.phone")} optional>
            <Input
              type="tel"
              inputMode="tel"
              autoComplete="off"
              placeholder="+56 9 1234 5678"
              defaultValue={phone}
            />
          </Field>
          <Field name="email" label={t("fields.email")} optional>
            <Input type="email" inputMode="email" defaultValue={customer?.email ?? ""} />
          </Field>
          <Field name="address" label={t("fields.address")} optional>
            <Input maxLength={200} defaultValue={customer?.address ?? ""} />
          </Field>
          <Field name="comuna" label={t("fields.comuna")} optional>
            <Input maxLength={80} list={COMUNAS} defaultValue={customer?.comuna ?? ""} />
          </Field>
        </FieldGrid>
        <ComunaList />
      </Card>
      <Card title={t("sections.notes")}>
        <Field name="notes" label={t("fields.notes")} hint={t("fields.notesHint")} hideLabel>
          <Textarea rows={3} maxLength={2000} defaultValue={customer?.notes ?? ""} />
        </Field>
      </Card>
    </div>
  );
}

function Identity({ customer }: { customer?: Customer }) {
  const t = useTranslations("customers");
  return (
    <>
      <Kind chosen={customer?.kind ?? "person"} />
      <FieldGrid>
        <Field name="givenNames" label={t("fields.givenNames")} className={ofPersons}>
          <Input maxLength={80} autoFocus={!customer} defaultValue={customer?.givenNames ?? ""} />
        </Field>
        <Field
          name="surnames"
          label={<NameLabel person={t("fields.surnames")} company={t("fields.legalName")} />}
          required
        >
          <Input maxLength={120} defaultValue={customer?.surnames ?? ""} />
        </Field>
        <div className="min-w-0">
          <Field name="rut" label={t("fields.rut")} hint={t("fields.rutHint")} optional>
            <RutInput defaultValue={customer?.rut ?? ""} />
          </Field>
          <ProblemLink
            code="customer.rut_taken"
            href="/customers/:id"
            label={t("rutTaken")}
            newTab
            className="mt-1 mb-0"
          />
        </div>
        <Field name="activity" label={t("fields.activity")} optional className={ofCompanies}>
          <Input maxLength={160} defaultValue={customer?.activity ?? ""} />
        </Field>
        <Field name="birthOn" label={t("fields.birthOn")} optional className={ofPersons}>
          <Input type="date" min="1900-01-01" defaultValue={customer?.birthOn ?? ""} />
        </Field>
        <Field name="documentType" label={t("fields.documentType")} className={ofPersons}>
          <Select
            placeholder={t("fields.documentNone")}
            defaultValue={customer?.documentType ?? ""}
            options={documentTypes.map((type) => ({ value: type, label: t(`documentType.${type}`) }))}
          />
        </Field>
        <div className={cn("min-w-0", ofPersons)}>
          <Field name="documentNumber" label={t("fields.documentNumber")}>
            <Input maxLength={40} defaultValue={customer?.documentNumber ?? ""} />
          </Field>
          <ProblemLink
            code="customer.document_taken"
            href="/customers/:id"
            label={t("documentTaken")}
            newTab
            className="mt-1 mb-0"
          />
        </div>
      </FieldGrid>
    </>
  );
}

function Kind({ chosen }: { chosen: Customer["kind"] }) {
  const t = useTranslations("customers.kind");
  return (
    <fieldset className="mb-4 flex flex-wrap gap-x-8">
      <legend className="sr-only">{t("label")}</legend>
      <Radio name="kind" value="person" label={t("person")} defaultChecked={chosen === "person"} />
      <Radio name="kind" value="company" label={t("company")} defaultChecked={chosen === "company"} />
    </fieldset>
  );
}

function NameLabel({ person, company }: { person: ReactNode; company: ReactNode }) {
  return (
    <>
      <span className={ofPersons}>{person}</span>
      <span className={ofCompanies}>{company}</span>
    </>
  );
}
