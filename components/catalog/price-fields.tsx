"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldGrid } from "@/components/ui/form";
import { MoneyInput } from "@/components/ui/money-input";
import { formatMoney } from "@/lib/money";
import { priceParts } from "./price-parts";

/** The price with what is in it: net, tax and margin follow while it is typed. */
export function PriceFields({
  price: firstPrice,
  cost: firstCost,
  exempt: firstExempt,
}: {
  price: number | null;
  cost: number | null;
  exempt: boolean;
}) {
  const t = useTranslations("products");
  const [price, setPrice] = useState(firstPrice);
  const [cost, setCost] = useState(firstCost);
  const [exempt, setExempt] = useState(firstExempt);
  return (
    <div className="flex flex-col gap-5">
      <FieldGrid>
        <Field name="price" label={t("fields.price")} hint={t("fields.priceHint")} required>
          <MoneyInput defaultValue={firstPrice} onValueChange={setPrice} />
        </Field>
        <Field name="cost" label={t("fields.cost")} hint={t("fields.costHint")} optional>
          <MoneyInput defaultValue={firstCost} onValueChange={setCost} />
        </Field>
      </FieldGrid>
      <Checkbox
        name="exempt"
        label={t("fields.exempt")}
        hint={t("fields.exemptHint")}
        defaultChecked={firstExempt}
        onChange={(event) => setExempt(event.currentTarget.checked)}
      />
      <Split price={price ?? 0} cost={cost} exempt={exempt} />
    </div>
  );
}

function Split({ price, cost, exempt }: { price: number; cost: number | null; exempt: boolean }) {
  const t = useTranslations("products.split");
  const locale = useLocale();
  const format = useFormatter();
  const { net, tax, margin, share } = priceParts({ price, cost, exempt });
  const parts = [
    { label: t("net"), value: formatMoney(net, "CLP", locale) },
    { label: t("tax"), value: formatMoney(tax, "CLP", locale) },
    {
      label: t("margin"),
      value:
        margin === null || share === null
          ? "—"
          : t("marginValue", {
              amount: formatMoney(margin, "CLP", locale),
              percent: format.number(share, "percent"),
            }),
      bad: margin !== null && margin < 0,
    },
  ];
  return (
    <dl
      aria-live="polite"
      className="grid grid-cols-3 gap-4 rounded-lg bg-sunken px-4 py-3 max-sm:grid-cols-2"
    >
      {parts.map(({ label, value, bad }) => (
        <div key={label}>
          <dt className="text-sm text-ink-soft">{label}</dt>
          <dd className={bad ? "font-medium text-danger-text tabular" : "font-medium tabular"}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
