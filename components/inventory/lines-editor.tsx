"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/form";
import { IconButton } from "@/components/ui/icon-button";
import { X } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { MoneyInput } from "@/components/ui/money-input";
import type { Goods } from "@/lib/inventory";
import { GoodsSearch } from "./goods-search";

export interface LinesEditorProps {
  branchId: string;
  /** Asks what each unit cost. */
  asksCost?: boolean;
  mayCreate?: boolean;
}

interface Line {
  readonly goods: Goods;
  readonly quantity: number;
}

/** The lines of a stock document: each reading of a product adds one unit. */
export function LinesEditor({ branchId, asksCost = false, mayCreate = false }: LinesEditorProps) {
  const t = useTranslations("inventory.lines");
  const [lines, setLines] = useState<readonly Line[]>([]);
  const units = lines.reduce((sum, { quantity }) => sum + (quantity || 0), 0);

  const change = (id: string, quantity: number) =>
    setLines((known) => known.map((line) => (line.goods.id === id ? { ...line, quantity } : line)));

  /** Two readings may be answered before the first is drawn: each counts on from what is known then. */
  const add = (goods: Goods) =>
    setLines((known) =>
      known.some((line) => line.goods.id === goods.id)
        ? known.map((line) =>
            line.goods.id === goods.id ? { ...line, quantity: (line.quantity || 0) + 1 } : line,
          )
        : [...known, { goods, quantity: 1 }],
    );

  return (
    <Card title={t("title")} footer={lines.length > 0 && t("total", { products: lines.length, units })}>
      <GoodsSearch
        branchId={branchId}
        label={t("search")}
        onPick={add}
        autoFocus
        {...(mayCreate && { createHref: (code) => `/products/new?barcode=${encodeURIComponent(code)}` })}
      />
      {lines.length === 0 && (
        <EmptyState title={t("none")} description={t("noneDescription")} className="py-8" />
      )}
      <ul className="-mx-5 mt-4 -mb-4.5 empty:hidden">
        {lines.map(({ goods, quantity }, index) => (
          <li
            key={goods.id}
            className={cn(
              "grid items-start gap-x-4 gap-y-2 border-t border-line px-5 py-3",
              asksCost
                ? "grid-cols-[1fr_1fr_auto] sm:grid-cols-[minmax(0,1fr)_6.5rem_9rem_auto]"
                : "grid-cols-[1fr_auto] sm:grid-cols-[minmax(0,1fr)_6.5rem_auto]",
            )}
          >
            <div className="min-w-0 max-sm:col-span-full">
              <p className="truncate font-medium">{goods.name}</p>
              <p className="text-sm text-ink-soft tabular">
                {goods.sku} · {t("stock", { count: goods.stock })}
              </p>
              <input type="hidden" name={`lines.${index}.productId`} value={goods.id} />
            </div>
            <Field name={`lines.${index}.quantity`} label={t("quantity")} hideLabel={!asksCost}>
              <Input
                type="number"
                inputMode="numeric"
                min={1}
                value={Number.isNaN(quantity) ? "" : quantity}
                onChange={(event) => change(goods.id, event.currentTarget.valueAsNumber)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") event.preventDefault();
                }}
                className="tabular"
              />
            </Field>
            {asksCost && (
              <Field name={`lines.${index}.unitCost`} label={t("unitCost")}>
                <MoneyInput />
              </Field>
            )}
            <IconButton
              label={t("remove", { name: goods.name })}
              icon={<X aria-hidden />}
              className={cn(asksCost && "mt-6.5")}
              onClick={() => setLines((known) => known.filter((line) => line.goods.id !== goods.id))}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
