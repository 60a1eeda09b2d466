"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Currency, formatMoney, parseDollars, parsePesos } from "@/lib/money";
import { useFeatureName } from "./tiers-features";
import { changesBetween, maxima, prices, type TierChange, type TierTerms } from "./tiers-terms";

interface TiersPreviewProps {
  /** The version that the form began with. */
  before: TierTerms;
  /** The number that the new one will have. */
  version: number;
  /** Shops that keep some version of this tier. */
  shops: number;
  /** The way out. */
  cancel: ReactNode;
  /** The fields. */
  children: ReactNode;
}

/** The fields of a new version, and below them what it will change: read from the form while it is typed. */
export function TiersPreview({ before, version, shops, cancel, children }: TiersPreviewProps) {
  const t = useTranslations("consoleTiers");
  const fields = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<TierTerms>(before);
  const { changes, added, removed } = changesBetween(before, typed);
  const name = useFeatureName();
  const same = changes.length + added.length + removed.length === 0;

  function read() {
    const form = fields.current?.closest("form");
    if (form) setTyped(termsOf(new FormData(form)));
  }

  return (
    <div className="flex flex-col gap-6">
      <div ref={fields} onInput={read}>
        {children}
      </div>
      <Card title={t("preview.title", { version })}>
        <div aria-live="polite">
          {same ? (
            <p className="text-ink-soft">{t("preview.same")}</p>
          ) : (
            <ul className="flex list-disc flex-col gap-1 pl-5">
              {changes.map((change) => (
                <Line key={change.term} change={change} />
              ))}
              {added.map((feature) => (
                <li key={feature}>{t("with", { feature: name(feature) })}</li>
              ))}
              {removed.map((feature) => (
                <li key={feature}>{t("without", { feature: name(feature) })}</li>
              ))}
            </ul>
          )}
        </div>
        <Alert tone="info" className="mt-4">
          {t("preview.keep", { shops })}
        </Alert>
        <FormActions>
          {cancel}
          <SubmitButton disabled={same}>{t("preview.publish", { version })}</SubmitButton>
        </FormActions>
      </Card>
    </div>
  );
}

function Line({ change }: { change: TierChange }) {
  const t = useTranslations("consoleTiers");
  const locale = useLocale();
  const written = (value: number | null) =>
    value === null
      ? t("unlimited")
      : "currency" in change
        ? formatMoney(value, change.currency, locale)
        : value.toLocaleString(locale);
  return (
    <li>
      {t("preview.line", {
        term: t(`terms.${change.term}`),
        before: written(change.before),
        after: written(change.after),
      })}
    </li>
  );
}

/** What the fields say at this moment; what cannot be read is left out, and refused when it is sent. */
function termsOf(form: FormData): TierTerms {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const read = (value: string, currency: Currency) =>
    (currency === "CLP" ? parsePesos(value) : parseDollars(value)) ?? undefined;
  const known = [
    ...prices.map(({ term, currency }) => [term, read(text(term), currency)] as const),
    ...maxima.map((term) => [term, text(term) === "" ? null : Number(text(term))] as const),
  ].filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), features: form.getAll("features[]").map(String) };
}
