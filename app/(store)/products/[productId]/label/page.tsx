import type { Metadata } from "next";
import { LabelSheet } from "@/components/catalog/label-sheet";
import { PrintLabels } from "@/components/catalog/print-labels";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page-header";
import { getTranslations } from "@/lib/i18n";
import { code128 } from "@/lib/receipts";
import { memberAndProduct } from "../product";

const MOST = 200;
const PRINTABLE = /^[\x20-\x7e]{1,48}$/;

type Props = PageProps<"/products/[productId]/label">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { product } = await memberAndProduct((await params).productId, "products.write");
  return { title: `${(await getTranslations("products"))("label.title")} · ${product.name}` };
}

/** Labels of 40 × 25 mm, `?count=` of them. */
export default async function LabelPage({ params, searchParams }: Props) {
  const { member, product } = await memberAndProduct((await params).productId, "products.write");
  const t = await getTranslations("products");
  const wanted = Number((await searchParams)["count"]);
  const count = Number.isInteger(wanted) ? Math.min(MOST, Math.max(1, wanted)) : 1;
  const code = product.barcode ?? product.sku;
  const barcode = PRINTABLE.test(code) ? code128(code) : null;
  return (
    <Page width="narrow">
      <PageHeader
        title={t("label.title")}
        description={t("label.description")}
        breadcrumbs={[
          { href: "/products", label: t("title") },
          { href: `/products/${product.id}`, label: product.name },
        ]}
      />
      {!barcode && (
        <Alert tone="warning" className="mb-6">
          {t("label.noBarcode")}
        </Alert>
      )}
      <Card title={t("label.preview")}>
        <PrintLabels
          count={count}
          most={MOST}
          labels={{ count: t("label.count"), show: t("label.show"), print: t("label.print") }}
        />
        <LabelSheet
          count={count}
          name={product.name}
          price={product.price}
          shop={member.organization.name}
          barcode={barcode}
        />
      </Card>
    </Page>
  );
}
