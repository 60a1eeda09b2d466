import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Day } from "@/components/ui/moment";
import { formatRut } from "@/lib/chile";
import type { Customer } from "@/lib/customers";

export interface CustomerFactsProps {
  customer: Customer;
  /** The telephone written for people. */
  phone: string | null;
  /** Today on the branch's calendar, `yyyy-mm-dd`. */
  today: string;
}

/** What is known of a customer. */
export function CustomerFacts({ customer, phone, today }: CustomerFactsProps) {
  const t = useTranslations("customers");
  const { kind, documentType, documentNumber, birthOn } = customer;
  const ofPerson = [
    {
      label: documentType ? t(`documentType.${documentType}`) : t("fields.documentType"),
      value: documentNumber,
    },
    {
      label: t("fields.birthOn"),
      value: birthOn && (
        <>
          <Day value={birthOn} />{" "}
          <span className="text-ink-soft">({t("fields.age", { years: yearsBetween(birthOn, today) })})</span>
        </>
      ),
    },
  ];
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card title={t("sections.identity")}>
        <DescriptionList
          items={[
            { label: t("fields.rut"), value: customer.rut && formatRut(customer.rut) },
            ...(kind === "person" ? ofPerson : [{ label: t("fields.activity"), value: customer.activity }]),
          ]}
        />
      </Card>
      <Card title={t("sections.contact")}>
        <DescriptionList
          items={[
            {
              label: t("fields.phone"),
              value: phone && (
                <a
                  href={`tel:${customer.phone}`}
                  className="text-brand-text underline-offset-2 hover:underline"
                >
                  {phone}
                </a>
              ),
            },
            {
              label: t("fields.email"),
              value: customer.email && (
                <a
                  href={`mailto:${customer.email}`}
                  className="text-brand-text underline-offset-2 hover:underline"
                >
                  {customer.email}
                </a>
              ),
            },
            { label: t("fields.address"), value: customer.address },
            { label: t("fields.comuna"), value: customer.comuna },
          ]}
        />
      </Card>
      {customer.notes && (
        <Card title={t("sections.notes")} className="lg:col-span-2">
          <p className="whitespace-pre-line">{customer.notes}</p>
        </Card>
      )}
    </div>
  );
}

/** Whole years from one calendar day to another. */
function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
