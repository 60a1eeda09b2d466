import { PriceHistory } from "@/components/catalog/price-history";
import { ProductFacts } from "@/components/catalog/product-facts";
import { StockCard } from "@/components/catalog/stock-card";
import { ButtonLink } from "@/components/ui/button";
import { listPriceChanges } from "@/lib/catalog";
import { getTranslations } from "@/lib/i18n";
import { listLevels } from "@/lib/inventory";
import { memberAndProduct } from "../product";

export default async function ProductPage({ params }: PageProps<"/products/[productId]">) {
  const { member, product } = await memberAndProduct((await params).productId, "products.read");
  const seesStock = member.can("inventory.read");
  const seesTrail = member.can("audit.read");
  const [levels, changes, t] = await Promise.all([
    seesStock ? listLevels(member, product.id) : null,
    seesTrail ? listPriceChanges(member, product.id) : null,
    getTranslations("products.stockCard"),
  ]);
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  const canAdjust = member.can("inventory.adjust") && !product.archivedAt;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <ProductFacts product={product} timeZone={timeZone} showsCost={member.can("products.write")} />
      <div className="grid gap-6">
        {levels && (
          <StockCard
            branches={member.branches}
            levels={levels}
            lowStockAt={product.lowStockAt}
            tracksStock={product.tracksStock}
            actions={
              canAdjust && (
                <ButtonLink size="sm" href={`/inventory/adjust?product=${product.id}`}>
                  {t("adjust")}
                </ButtonLink>
              )
            }
          />
        )}
        {changes && <PriceHistory changes={changes} timeZone={timeZone} />}
      </div>
    </div>
  );
}
