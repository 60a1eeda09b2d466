"use client";

import { useTranslations } from "next-intl";
import type { Category } from "@/lib/sales/schema";

const categories = [
  "frame",
  "sunglasses",
  "lens",
  "contact_lens",
  "accessory",
  "service",
] as const satisfies readonly Category[];

/** Narrows the products to one kind; none means what sells most. */
export function CategoryChips({
  chosen,
  onChoose,
}: {
  chosen: Category | null;
  onChoose: (category: Category | null) => void;
}) {
  const t = useTranslations("pos.categories");
  return (
    <div
      role="group"
      aria-label={t("label")}
      className="-mx-4 flex gap-2 overflow-x-auto px-4 py-0.5 [scrollbar-width:none] sm:-mx-6 sm:px-6 lg:flex-wrap"
    >
      {[null, ...categories].map((category) => (
        <button
          key={category ?? "all"}
          type="button"
          aria-pressed={category === chosen}
          onClick={() => onChoose(category)}
          className="min-h-11 shrink-0 rounded-full border border-line bg-surface px-4 text-sm font-medium text-ink-soft shadow-xs transition-colors hover:bg-sunken hover:text-ink aria-pressed:border-brand aria-pressed:bg-brand-soft aria-pressed:text-brand-text"
        >
          {t(category ?? "all")}
        </button>
      ))}
    </div>
  );
}
