import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldGrid } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ProblemLink } from "@/components/ui/problem-link";
import type { Product } from "@/lib/catalog";
import { categories } from "@/lib/catalog/schema";
import { CodeFields } from "./code-fields";
import { PriceFields } from "./price-fields";

export interface ProductFieldsProps {
  product?: Product;
  /** A code that a till did not know. */
  barcode?: string;
  suggestions?: Readonly<Record<string, string>>;
}

/** The fields of a product, for making and for changing one. A service has no inventory: the style hides it. */
export function ProductFields({ product, barcode = "", suggestions }: ProductFieldsProps) {
  const t = useTranslations("products");
  const options = categories.map((value) => ({ value, label: t(`category.${value}`) }));
  return (
    <div className="group/product flex flex-col gap-6">
      {(["product.sku_taken", "product.barcode_taken"] as const).map((code) => (
        <ProblemLink key={code} code={code} href="/products/:id" label={t("seeHolder")} newTab />
      ))}
      <Card title={t("sections.identity")}>
        <FieldGrid>
          <Field name="name" label={t("fields.name")} required className="sm:col-span-full">
            <Input maxLength={160} defaultValue={product?.name} autoFocus={!product} />
          </Field>
          <Field name="brand" label={t("fields.brand")} optional>
            <Input maxLength={80} defaultValue={product?.brand ?? ""} />
          </Field>
          <CodeFields
            categories={options}
            category={product?.category ?? "frame"}
            sku={product?.sku ?? ""}
            barcode={product?.barcode ?? barcode}
            {...(suggestions && { suggestions })}
          />
        </FieldGrid>
      </Card>
      <Card title={t("sections.price")}>
        <PriceFields
          price={product?.price ?? null}
          cost={product?.cost ?? null}
          exempt={product?.taxKind === "exempt"}
        />
      </Card>
      <Card title={t("sections.stock")} className="group-has-[option[value=service]:checked]/product:hidden">
        <StockFields {...(product && { product })} />
      </Card>
    </div>
  );
}

function StockFields({ product }: { product?: Product }) {
  const t = useTranslations("products.fields");
  return (
    <div className="group/stock flex flex-col gap-3">
      <Checkbox
        name="tracksStock"
        label={t("tracksStock")}
        hint={t("tracksStockHint")}
        defaultChecked={product?.tracksStock ?? true}
      />
      <div className="flex flex-col gap-3 group-has-[[name=tracksStock]:not(:checked)]/stock:hidden">
        <Field
          name="lowStockAt"
          label={t("lowStockAt")}
          hint={t("lowStockHint")}
          optional
          className="max-w-56"
        >
          <Input
            type="number"
            inputMode="numeric"
            min={0}
            max={100_000}
            defaultValue={product?.lowStockAt ?? ""}
          />
        </Field>
        <Checkbox
          name="allowsNegative"
          label={t("allowsNegative")}
          hint={t("allowsNegativeHint")}
          defaultChecked={product?.allowsNegative ?? false}
        />
      </div>
    </div>
  );
}
