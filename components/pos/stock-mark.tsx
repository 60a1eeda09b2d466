"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { TillProduct } from "@/lib/sales";

const FEW = 3;

/** How many units the branch has; nothing for what keeps no stock. */
export function StockMark({ product: { stock, allowsNegative } }: { product: TillProduct }) {
  const t = useTranslations("pos.products");
  if (stock === null) return null;
  const look =
    stock > FEW ? "text-ink-faint" : stock > 0 || allowsNegative ? "text-warning-text" : "text-danger-text";
  return (
    <span className={cn("text-xs font-medium whitespace-nowrap tabular", look)}>
      {stock > 0 ? t("units", { count: stock }) : t("noStock")}
    </span>
  );
}
