"use client";

import { useTranslations } from "next-intl";
import { useDesk } from "./desk";
import type { ProductSearch } from "./use-product-search";

interface TillNewsProps {
  /** What is searched for; empty while nobody searches. */
  text: string;
  search: ProductSearch;
}

/**
 * Says to who does not see the till what comes of a search, and which line the keys act on. The focus stays in the
 * product field all the while, so that nothing else would tell.
 */
export function TillNews({ text, search }: TillNewsProps) {
  const t = useTranslations("pos");
  const { till } = useDesk();
  const line = till.lines.find(({ productId }) => productId === till.selected);

  function news(): string | null {
    if (text === "") return line ? t("line.chosen", { name: line.name, quantity: line.quantity }) : null;
    if (search.failed) return t("products.failed");
    if (!search.current) return null;
    const count = search.products.length;
    return count === 0 ? t("products.noMatch", { text }) : t("products.found", { count });
  }

  return (
    <p role="status" className="sr-only">
      {news()}
    </p>
  );
}
