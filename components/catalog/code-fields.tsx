"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { hasWrongCheckDigit } from "./ean";

export interface CodeFieldsProps {
  categories: readonly { value: string; label: string }[];
  category: string;
  sku: string;
  barcode: string;
  /** The code that each category would be given; left out where there is a code already. */
  suggestions?: Readonly<Record<string, string>>;
}

/** What a product is and the codes by which it is found: the free code follows the category. */
export function CodeFields({ categories, category, sku, barcode, suggestions }: CodeFieldsProps) {
  const t = useTranslations("products.fields");
  const [chosen, setChosen] = useState(category);
  const [doubtful, setDoubtful] = useState(hasWrongCheckDigit(barcode));
  const suggestion = suggestions?.[chosen];
  return (
    <>
      <Field name="category" label={t("category")} required>
        <Select
          options={categories}
          defaultValue={category}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      </Field>
      <Field
        name="sku"
        label={t("sku")}
        {...(suggestion ? { optional: true, hint: t("skuHint", { sku: suggestion }) } : { required: true })}
      >
        <Input
          maxLength={40}
          defaultValue={sku}
          placeholder={suggestion}
          autoCapitalize="characters"
          spellCheck={false}
        />
      </Field>
      <Field
        name="barcode"
        label={t("barcode")}
        optional
        hint={doubtful ? <span className="text-warning-text">{t("barcodeWarning")}</span> : t("barcodeHint")}
      >
        <Input
          maxLength={60}
          defaultValue={barcode}
          spellCheck={false}
          // A scanner ends its code with Enter: the form is not finished yet.
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
          }}
          onInput={(event) => setDoubtful(hasWrongCheckDigit(event.currentTarget.value.trim()))}
        />
      </Field>
    </>
  );
}
