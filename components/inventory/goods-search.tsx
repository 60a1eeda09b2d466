"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { ScanBarcode } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import type { Goods } from "@/lib/inventory";
import { findGoods, useGoods } from "./use-goods";

export interface GoodsSearchProps {
  branchId: string;
  onPick: (goods: Goods) => void;
  label: string;
  /** Leads to a new product with this code; left out for who may not make one. */
  createHref?: (code: string) => string;
  autoFocus?: boolean;
  /** Whoever takes the focus from somewhere else gives it here. */
  inputRef?: RefObject<HTMLInputElement | null>;
}

/** The code that no product has, or that nobody could be asked about. */
type News = { readonly kind: "unknown" | "failed"; readonly code: string } | null;

/** Finds goods by scanner or by name. Enter takes the product of the code, else the marked one; the focus stays. */
export function GoodsSearch({
  branchId,
  onPick,
  label,
  createHref,
  autoFocus = false,
  inputRef,
}: GoodsSearchProps) {
  const t = useTranslations("inventory.lines");
  const id = useId();
  const ownRef = useRef<HTMLInputElement>(null);
  const input = inputRef ?? ownRef;
  const [typed, setTyped] = useState("");
  const [marked, setMarked] = useState(0);
  const [news, setNews] = useState<News>(null);
  const { goods, failed, answered } = useGoods(branchId, typed);

  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus, input]);

  function pick(item: Goods) {
    setTyped("");
    setMarked(0);
    setNews(null);
    input.current?.focus();
    onPick(item);
  }

  /**
   * A scanner is faster than the list: its Enter asks for itself. The field is empty at once, because the next reading
   * may come before the answer; whatever it has written by then stays.
   */
  async function take(code: string) {
    const choice = goods[marked];
    if (answered && choice) return pick(choice);
    const giveBack = () => setTyped((next) => next || code);
    setTyped("");
    setNews(null);
    try {
      const [first, second] = await findGoods(branchId, code);
      if (first && (first.isExact || !second)) onPick(first);
      else if (first) giveBack();
      else setNews({ kind: "unknown", code });
    } catch {
      giveBack();
      setNews({ kind: "failed", code });
    }
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") {
      event.preventDefault();
      const code = event.currentTarget.value.trim();
      if (code) void take(code);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (goods.length === 0) return;
      event.preventDefault();
      setMarked((at) => (at + (event.key === "ArrowDown" ? 1 : goods.length - 1)) % goods.length);
    } else if (event.key === "Escape" && typed) {
      event.preventDefault();
      setTyped("");
    }
  }

  return (
    <div className="relative">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Input
        ref={input}
        id={id}
        role="combobox"
        aria-expanded={goods.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={goods.length > 0 ? `${id}-${marked}` : undefined}
        size="lg"
        placeholder={t("searchPlaceholder")}
        prefix={<ScanBarcode aria-hidden />}
        value={typed}
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setMarked(0);
          setNews(null);
        }}
        onKeyDown={press}
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={cn(
          "absolute inset-x-0 top-full z-20 mt-1.5 max-h-80 overflow-y-auto rounded-lg border border-line bg-raised p-1.5 shadow-md",
          goods.length === 0 && "hidden",
        )}
      >
        {goods.map((item, index) => (
          <li
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === marked}
            // Before the field loses the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              pick(item);
            }}
            className="flex min-h-11 cursor-pointer items-center justify-between gap-4 rounded-sm px-3 py-1.5 hover:bg-hover aria-selected:bg-hover"
          >
            <span className="min-w-0">
              <span className="block truncate">{item.name}</span>
              <span className="block text-sm text-ink-soft tabular">{item.sku}</span>
            </span>
            <span className="shrink-0 text-sm text-ink-soft tabular">
              {t("stock", { count: item.stock })}
            </span>
          </li>
        ))}
      </ul>
      <p role="status" className="text-sm text-danger-text not-empty:mt-1.5">
        {news?.kind === "unknown" && (
          <>
            {t("unknown", { code: news.code })}
            {createHref && (
              <a
                href={createHref(news.code)}
                target="_blank"
                rel="noreferrer"
                className="ml-2 font-medium underline underline-offset-2"
              >
                {t("create")}
              </a>
            )}
          </>
        )}
        {(failed || news?.kind === "failed") && t("failed")}
      </p>
    </div>
  );
}
