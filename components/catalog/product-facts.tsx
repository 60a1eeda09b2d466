import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import type { Product } from "@/lib/catalog";
import { formatMoney } from "@/lib/money";
import { hasWrongCheckDigit } from "./ean";
import { priceParts } from "./price-parts";

export interface ProductFactsProps {
  product: Product;
  timeZone: string;
  /** What it cost the shop is shown to who keeps the catalogue. */
  showsCost: boolean;
}

/** Everything that is known of a product. */
export function ProductFacts({ product, timeZone, showsCost }: ProductFactsProps) {
  const t = useTranslations("products");
  const locale = useLocale();
  const format = useFormatter();
  const exempt = product.taxKind === "exempt";
  const { net, tax, margin, share } = priceParts({ ...product, exempt });
  const cost = [
    { label: t("facts.cost"), value: product.cost !== null && <Money minor={product.cost} /> },
    {
      label: t("facts.margin"),
      value:
        margin !== null && share !== null
          ? t("split.marginValue", {
              amount: formatMoney(margin, "CLP", locale),
              percent: format.number(share, "percent"),
            })
          : null,
    },
  ];
  return (
    <Card title={t("facts.title")}>
      <DescriptionList
        items={[
          {
            label: t("facts.price"),
            value: (
              <span className="text-lg font-semibold">
                <Money minor={product.price} />
              </span>
            ),
          },
          exempt
            ? { label: t("facts.taxKind"), value: t("tax.exempt") }
            : {
                label: `${t("facts.net")} · ${t("facts.tax")}`,
                value: (
                  <>
                    <Money minor={net} /> + <Money minor={tax} />
                  </>
                ),
              },
          ...(showsCost ? cost.map((item) => ({ ...item, value: item.value || null })) : []),
          { label: t("facts.category"), value: t(`category.${product.category}`) },
          { label: t("facts.brand"), value: product.brand },
          { label: t("facts.sku"), value: <span className="tabular">{product.sku}</span> },
          { label: t("facts.barcode"), value: product.barcode && <Code code={product.barcode} /> },
          ...(product.tracksStock
            ? [
                {
                  label: t("facts.lowStockAt"),
                  value:
                    product.lowStockAt !== null && t("facts.lowStockValue", { count: product.lowStockAt }),
                },
              ]
            : []),
          {
            label: t("facts.updated"),
            value: <Moment value={product.updatedAt} timeZone={timeZone} />,
          },
        ].map((item) => ({ ...item, value: item.value || null }))}
      />
    </Card>
  );
}

function Code({ code }: { code: string }) {
  const t = useTranslations("products.fields");
  return (
    <span className="inline-flex flex-wrap items-center gap-2 tabular">
      {code}
      {hasWrongCheckDigit(code) && (
        <span data-tip={t("barcodeWarning")}>
          <Badge tone="warning">{t("barcodeDoubt")}</Badge>
        </span>
      )}
    </span>
  );
}
