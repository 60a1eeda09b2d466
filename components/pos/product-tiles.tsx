"use client";

import { useLocale, useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { formatMoney } from "@/lib/money";
import type { TillProduct } from "@/lib/sales";
import { StockMark } from "./stock-mark";
import type { ProductSearch } from "./use-product-search";

interface ProductTilesProps {
  search: ProductSearch;
  /** Says that these are the best sellers. */
  heading: boolean;
  onChoose: (product: TillProduct) => void;
}

/** Products to press with a finger. */
export function ProductTiles({ search, heading, onChoose }: ProductTilesProps) {
  const t = useTranslations("pos.products");
  const locale = useLocale();
  const { products, current, failed } = search;
  if (failed) return <p className="py-8 text-center text-ink-soft">{t("failed")}</p>;
  if (products.length === 0 && !current) return <TilesSkeleton />;
  if (products.length === 0) return <p className="py-8 text-center text-ink-soft">{t("none")}</p>;
  return (
    <div>
      {heading && <h2 className="mb-2 text-sm font-medium text-ink-soft">{t("bestSellers")}</h2>}
      <ul className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 md:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4">
        {products.map((product) => (
          <li key={product.id}>
            <button
              type="button"
              onClick={() => onChoose(product)}
              className="flex h-full min-h-24 w-full flex-col justify-between gap-2 rounded-lg border border-line bg-surface p-3 text-left shadow-xs transition-[border-color,background-color] hover:border-line-strong active:bg-sunken"
            >
              <span className="line-clamp-2 text-sm font-medium">{product.name}</span>
              <span className="flex w-full items-end justify-between gap-2">
                <span className="text-base font-semibold tabular">
                  {formatMoney(product.price, "CLP", locale)}
                </span>
                <StockMark product={product} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function TilesSkeleton() {
  return (
    <div aria-hidden>
      <Skeleton className="mb-2 h-5 w-32" />
      <div className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 md:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4">
        {Array.from({ length: 12 }, (_, index) => (
          <Skeleton key={index} className="h-24 rounded-lg" />
        ))}
      </div>
    </div>
  );
}
