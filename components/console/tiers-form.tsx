import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ActionForm, Field, FieldGrid, type FormAction } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { MoneyInput } from "@/components/ui/money-input";
import { ProblemLink } from "@/components/ui/problem-link";
import type { TierFeature } from "@/lib/security/features";
import { TiersPreview } from "./tiers-preview";
import { maxima, prices, type TierTerms } from "./tiers-terms";

export interface TiersFormProps {
  code: string;
  /** The newest version: the form begins with it. */
  newest: Required<TierTerms> & { version: number };
  /** Shops that keep some version of this tier. */
  shops: number;
  /** All that a tier may include, and what of it the product has. */
  features: readonly TierFeature[];
  released: readonly TierFeature[];
  /** The first and the last day that may be chosen. */
  days: { min: string; max: string };
  path: string;
  action: FormAction<unknown>;
}

/** A new version of a tier, filled in with the newest one; what changes stands at its end before it is published. */
export function TiersForm({ code, newest, shops, features, released, days, path, action }: TiersFormProps) {
  const t = useTranslations("consoleTiers");
  return (
    <ActionForm action={action} successMessage={t("published")} redirectTo={path}>
      <ProblemLink code="tier.changed" href={path} label={t("seeVersions")} newTab />
      <input type="hidden" name="code" value={code} />
      <input type="hidden" name="replaces" value={newest.version} />
      <TiersPreview
        before={newest}
        version={newest.version + 1}
        shops={shops}
        cancel={<ButtonLink href={path}>{t("form.cancel")}</ButtonLink>}
      >
        <div className="flex flex-col gap-6">
          <Card title={t("form.prices")} description={t("form.pricesHint")}>
            <FieldGrid>
              {prices.map(({ term, currency }) => (
                <Field key={term} name={term} label={t(`terms.${term}`)} required>
                  {currency === "CLP" ? (
                    <MoneyInput defaultValue={newest[term]} />
                  ) : (
                    <DollarInput cents={newest[term]} />
                  )}
                </Field>
              ))}
            </FieldGrid>
          </Card>
          <Card title={t("limits")} description={t("form.limitsHint")}>
            <FieldGrid>
              {maxima.map((term) => (
                <Field key={term} name={term} label={t(`terms.${term}`)}>
                  <Input
                    type="number"
                    min={1}
                    inputMode="numeric"
                    placeholder={t("unlimited")}
                    defaultValue={newest[term] ?? ""}
                  />
                </Field>
              ))}
            </FieldGrid>
          </Card>
          <Card title={t("includes")} description={t("form.includesHint")}>
            <div className="grid sm:grid-cols-2">
              {features.map((feature) => (
                <Checkbox
                  key={feature}
                  name="features[]"
                  value={feature}
                  defaultChecked={newest.features.includes(feature)}
                  label={t(`features.${feature}`)}
                  hint={released.includes(feature) ? t("form.enforced") : t("form.nameOnly")}
                />
              ))}
            </div>
          </Card>
          <Card title={t("form.when")}>
            <Field name="availableFrom" label={t("form.from")} hint={t("form.fromHint")} optional>
              <Input type="date" min={days.min} max={days.max} className="max-w-60" />
            </Field>
          </Card>
        </div>
      </TiersPreview>
    </ActionForm>
  );
}

/** Dollars with cents, as the language writes them. */
function DollarInput({ cents }: { cents: number }) {
  const written = (cents / 100).toFixed(2);
  return (
    <Input
      inputMode="decimal"
      suffix="USD"
      defaultValue={useLocale().startsWith("es") ? written.replace(".", ",") : written}
    />
  );
}
