"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { useKept } from "@/components/ui/kept";
import { toast } from "@/components/ui/toast";
import type { Goods } from "@/lib/inventory";
import { GoodsSearch } from "./goods-search";
import { forgetDocument, keepKey, sentKey } from "./kept-document";
import { LineRow } from "./line-row";
import { addGoods, linesFrom, noLines, removeGoods, setQuantity, setUnitCost } from "./lines";

export interface LinesEditorProps {
  branchId: string;
  /** Under which the lines are kept in this tab until the document is saved; the same as of the form around. */
  keptAs: string;
  /** How many products the document takes. */
  most: number;
  /** Asks what each unit cost. */
  asksCost?: boolean;
  mayCreate?: boolean;
}

/** The lines of a stock document: each reading of a product adds one unit. They survive their page in this tab. */
export function LinesEditor({
  branchId,
  keptAs,
  most,
  asksCost = false,
  mayCreate = false,
}: LinesEditorProps) {
  const t = useTranslations("inventory.lines");
  const search = useRef<HTMLInputElement>(null);
  const [written, setLines] = useKept(keptAs, noLines, linesFrom);
  const { lines, leftOut } = written;
  const units = lines.reduce((sum, { quantity }) => sum + (quantity || 0), 0);

  /** Two readings may be answered before the first is drawn: each counts on from what is known then. */
  const add = (goods: Goods) => setLines((known) => addGoods(known, goods, most));

  /** The button goes with its line, and would take the focus along. */
  function remove(id: string, row: HTMLElement | null) {
    const next = row?.nextElementSibling?.querySelector("button") ?? search.current;
    next?.focus();
    setLines((known) => removeGoods(known, id));
  }

  /** What is scanned next is another document, even where an earlier try of this one had no answer. */
  function beginAnew() {
    const key = sentKey(keptAs);
    setLines(() => noLines);
    forgetDocument(keptAs);
    search.current?.focus();
    const undo = () => {
      setLines(() => written);
      keepKey(keptAs, key);
    };
    toast.info(t("begunAnew"), { action: { label: t("undo"), run: undo } });
  }

  const footer = lines.length > 0 && (
    <>
      {t("total", { products: lines.length, units })}
      <Button variant="ghost" size="sm" onClick={beginAnew}>
        {t("beginAnew")}
      </Button>
    </>
  );

  return (
    <Card title={t("title")} footer={footer}>
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
            onUnitCost={(pesos) => setLines((known) => setUnitCost(known, line.goods.id, pesos))}
            onDone={() => search.current?.focus()}
            onRemove={(row) => remove(line.goods.id, row)}
          />
        ))}
      </ul>
    </Card>
  );
}
