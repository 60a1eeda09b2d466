"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { Minus, Plus, TriangleAlert, X } from "@/components/ui/icons";
import { formatMoney } from "@/lib/money";
import { combineDiscounts, lineAmounts } from "@/lib/sales/totals";
import { type CartLine, isShort } from "./cart";
import { useDesk } from "./desk";
import { refusedOf } from "./refusal";
import { SCAN_FIELD } from "./use-scanner";

/** One product of the sale: how many, at what price, less what. */
export function CartLineRow({ line }: { line: CartLine }) {
  const t = useTranslations("pos.line");
  const locale = useLocale();
  const { till, dispatch, open, notice, removeLine } = useDesk();
  const row = useRef<HTMLLIElement>(null);
  const selected = till.selected === line.productId;
  const discountBp = combineDiscounts(line.discountBp, till.discountBp);
  const amounts = lineAmounts({ ...line, discountBp });
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  const locked = till.pending !== null;
  const refusal = refusedOf(notice, line.productId);

  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected, line.quantity]);

  return (
    <li
      ref={row}
      aria-current={selected || undefined}
      onPointerDown={() => dispatch({ type: "lineSelected", productId: line.productId })}
      className={cn(
        "border-b border-line border-l-3 border-l-transparent py-2.5 pr-2 pl-3.5",
        selected && "border-l-brand bg-brand-soft/40",
        refusal && "border-l-danger-solid bg-danger-soft",
      )}
    >
      <div className="flex items-start justify-between gap-3">
        <p className="min-w-0 pt-0.5 text-sm font-medium text-pretty">{line.name}</p>
        <p className="shrink-0 pt-0.5 text-right font-semibold tabular">
          {amounts.discount > 0 && (
            <s className="mr-1.5 text-sm font-normal text-ink-faint">{money(amounts.gross)}</s>
          )}
          {money(amounts.total)}
        </p>
      </div>
      <LineWarning line={line} refusal={refusal} />
      <div className="mt-1.5 flex items-center gap-1.5">
        <Quantity line={line} locked={locked} />
        <span className="min-w-0 truncate text-sm text-ink-soft tabular">
          {t("each", { price: money(line.unitPrice) })}
        </span>
        <button
          type="button"
          disabled={locked}
          aria-haspopup="dialog"
          aria-label={t("discountOf", { name: line.name })}
          data-tip={t("discountOf", { name: line.name })}
          onClick={() => open({ kind: "discount", productId: line.productId })}
          className={cn(
            "ml-auto h-11 min-w-11 rounded-md px-2 text-sm font-medium tabular hover:bg-hover disabled:opacity-55",
            discountBp > 0 ? "text-success-text" : "text-ink-faint",
          )}
        >
          {discountBp > 0 ? t("discount", { percent: discountBp / 100 }) : "%"}
        </button>
        <button
          type="button"
          disabled={locked}
          aria-label={t("remove", { name: line.name })}
          data-tip={t("remove", { name: line.name })}
          onClick={() => removeLine(line.productId)}
          className="grid size-11 place-items-center rounded-md text-ink-faint hover:bg-danger-soft hover:text-danger-text disabled:opacity-55"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
    </li>
  );
}

/** Why the line cannot be sold as it stands. */
function LineWarning({ line, refusal }: { line: CartLine; refusal: string | null }) {
  const t = useTranslations("pos.line");
  if (!refusal && !isShort(line)) return null;
  return (
    <p
      className={cn(
        "mt-0.5 flex items-center gap-1.5 text-xs font-medium",
        refusal ? "text-danger-text" : "text-warning-text",
      )}
    >
      <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
      {refusal ?? t("short", { available: line.available ?? 0 })}
    </p>
  );
}

function Quantity({ line: { productId, name, quantity }, locked }: { line: CartLine; locked: boolean }) {
  const t = useTranslations("pos.line");
  const { dispatch } = useDesk();
  const set = (next: number) => dispatch({ type: "quantitySet", productId, quantity: next });
  const step =
    "grid size-11 place-items-center text-ink-soft hover:bg-hover hover:text-ink disabled:opacity-40";
  return (
    <div className="flex shrink-0 items-center overflow-hidden rounded-md border border-line bg-surface">
      <button
        type="button"
        aria-label={t("less", { name })}
        disabled={locked || quantity <= 1}
        onClick={() => set(quantity - 1)}
        className={step}
      >
        <Minus aria-hidden className="size-4" />
      </button>
      <input
        {...SCAN_FIELD}
        key={quantity}
        data-quantity={productId}
        defaultValue={quantity}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        readOnly={locked}
        aria-label={t("quantityOf", { name })}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => set(Number(event.currentTarget.value) || quantity)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.value = String(quantity);
          if (event.key === "Enter" || event.key === "Escape") {
            event.stopPropagation();
            event.preventDefault();
            document.querySelector<HTMLInputElement>("input[data-products]")?.focus();
          }
        }}
        className="h-11 w-11 bg-transparent text-center font-semibold tabular outline-none focus:bg-brand-soft pointer-coarse:text-[1rem]"
      />
      <button
        type="button"
        aria-label={t("more", { name })}
        disabled={locked}
        onClick={() => set(quantity + 1)}
        className={step}
      >
        <Plus aria-hidden className="size-4" />
      </button>
    </div>
  );
}
