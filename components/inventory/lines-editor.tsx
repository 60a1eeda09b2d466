"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Goods } from "@/lib/inventory";
import { GoodsSearch } from "./goods-search";
import { LineRow } from "./line-row";
import { addGoods, noLines, removeGoods, setQuantity } from "./lines";

export interface LinesEditorProps {
  branchId: string;
  /** How many products the document takes. */
  most: number;
  /** Asks what each unit cost. */
  asksCost?: boolean;
  mayCreate?: boolean;
}

/** The lines of a stock document: each reading of a product adds one unit. */
export function LinesEditor({ branchId, most, asksCost = false, mayCreate = false }: LinesEditorProps) {
  const t = useTranslations("inventory.lines");
  const search = useRef<HTMLInputElement>(null);
  const [{ lines, leftOut }, setLines] = useState(noLines);
  const units = lines.reduce((sum, { quantity }) => sum + (quantity || 0), 0);

  /** Two readings may be answered before the first is drawn: each counts on from what is known then. */
  const add = (goods: Goods) => setLines((known) => addGoods(known, goods, most));

  /** The button goes with its line, and would take the focus along. */
  function remove(id: string, row: HTMLElement | null) {
    const next = row?.nextElementSibling?.querySelector("button") ?? search.current;
    next?.focus();
    setLines((known) => removeGoods(known, id));
  }

  return (
    <Card title={t("title")} footer={lines.length > 0 && t("total", { products: lines.length, units })}>
      <GoodsSearch
        branchId={branchId}
        label={t("search")}
        onPick={add}
        inputRef={search}
        autoFocus
        {...(mayCreate && { createHref: (code) => `/products/new?barcode=${encodeURIComponent(code)}` })}
      />
      <p role="status" className="text-sm text-danger-text not-empty:mt-1.5">
        {leftOut && t("full", { most, name: leftOut.name })}
      </p>
      {lines.length === 0 && (
        <EmptyState title={t("none")} description={t("noneDescription")} className="py-8" />
      )}
      <ul className="-mx-5 mt-4 -mb-4.5 empty:hidden">
        {lines.map((line, index) => (
          <LineRow
            key={line.goods.id}
            line={line}
            index={index}
            asksCost={asksCost}
            onQuantity={(quantity) => setLines((known) => setQuantity(known, line.goods.id, quantity))}
            onDone={() => search.current?.focus()}
            onRemove={(row) => remove(line.goods.id, row)}
          />
        ))}
      </ul>
    </Card>
  );
}
