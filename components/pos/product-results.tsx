"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { SearchX } from "@/components/ui/icons";
import { Skeleton } from "@/components/ui/skeleton";
import { formatMoney } from "@/lib/money";
import type { TillProduct } from "@/lib/sales";
import { StockMark } from "./stock-mark";
import type { ProductSearch } from "./use-product-search";

interface ProductResultsProps {
  id: string;
  search: ProductSearch;
  highlighted: number;
  text: string;
  onChoose: (product: TillProduct) => void;
}

/** What the typed text means, to be chosen with arrows and Enter or with a press. */
export function ProductResults({ id, search, highlighted, text, onChoose }: ProductResultsProps) {
  const t = useTranslations("pos.products");
  const { products, current, failed } = search;
  if (failed) return <Nothing id={id}>{t("failed")}</Nothing>;
  if (products.length === 0 && current) return <Nothing id={id}>{t("noMatch", { text })}</Nothing>;
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t("results")}
      aria-busy={!current}
      className="overflow-hidden rounded-lg border border-line bg-surface shadow-xs"
    >
      {products.length === 0 && <WaitingRows />}
      {products.map((product, index) => (
        <Result
          key={product.id}
          id={`${id}-${index}`}
          product={product}
          chosen={index === highlighted}
          onChoose={onChoose}
        />
      ))}
    </ul>
  );
}

interface ResultProps {
  id: string;
  product: TillProduct;
  chosen: boolean;
  onChoose: (product: TillProduct) => void;
}

function Result({ id, product, chosen, onChoose }: ResultProps) {
  const locale = useLocale();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <li
      ref={row}
      id={id}
      role="option"
      aria-selected={chosen}
      // The focus stays in the field, so that typing goes on.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(product)}
      className={cn(
        "flex min-h-14 cursor-pointer scroll-mt-36 items-center gap-4 border-b border-line px-4 py-2 last:border-b-0 hover:bg-sunken",
        chosen && "bg-brand-soft hover:bg-brand-soft",
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{product.name}</span>
        <span className="block truncate text-sm text-ink-soft">
          {[product.brand, product.sku].filter(Boolean).join(" · ")}
        </span>
      </span>
      <StockMark product={product} />
      <span className="w-24 text-right font-semibold tabular">
        {formatMoney(product.price, "CLP", locale)}
      </span>
    </li>
  );
}

function Nothing({ id, children }: { id: string; children: string }) {
  return (
    <div id={id} className="flex flex-col items-center gap-3 py-12 text-center text-ink-soft">
      <SearchX aria-hidden className="size-7 text-ink-faint" />
      <p>{children}</p>
    </div>
  );
}

function WaitingRows() {
  return [0, 1, 2, 3].map((row) => (
    <li
      key={row}
      aria-hidden
      className="flex h-14 items-center gap-4 border-b border-line px-4 last:border-b-0"
    >
      <Skeleton className="flex-1" />
      <Skeleton className="w-20" />
    </li>
  ));
}
