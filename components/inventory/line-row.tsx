"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/form";
import { IconButton } from "@/components/ui/icon-button";
import { X } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { MoneyInput } from "@/components/ui/money-input";
import type { Line } from "./lines";

export interface LineRowProps {
  line: Line;
  /** Its place in the form. */
  index: number;
  asksCost: boolean;
  onQuantity: (quantity: number) => void;
  onUnitCost: (pesos: number | null) => void;
  /** Enter in a field of the line: on to the next product. */
  onDone: () => void;
  /** Gets the row that is about to go. */
  onRemove: (row: HTMLElement | null) => void;
}

/** One product of a stock document: how many units, at what cost, and the way to take it out again. */
export function LineRow({ line, index, asksCost, onQuantity, onUnitCost, onDone, onRemove }: LineRowProps) {
  const t = useTranslations("inventory.lines");
  const { goods, quantity, unitCost } = line;

  /** It comes from a hand that is done, or from a scanner: neither means to send a half-read delivery. */
  function press(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    onDone();
  }

  return (
    <li
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
          onChange={(event) => onQuantity(event.currentTarget.valueAsNumber)}
          onKeyDown={press}
          className="tabular"
        />
      </Field>
      {asksCost && (
        <Field name={`lines.${index}.unitCost`} label={t("unitCost")}>
          <MoneyInput value={unitCost} onValueChange={onUnitCost} onKeyDown={press} />
        </Field>
      )}
      <IconButton
        label={t("remove", { name: goods.name })}
        icon={<X aria-hidden />}
        className={cn(asksCost && "mt-6.5")}
        onClick={(event) => onRemove(event.currentTarget.closest("li"))}
      />
    </li>
  );
}
