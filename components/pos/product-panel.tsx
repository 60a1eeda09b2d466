"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Keyboard, Search } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import type { TillProduct } from "@/lib/sales";
import type { Category } from "@/lib/sales/schema";
import { CodeNotice } from "./cart-notice";
import { CategoryChips } from "./category-chips";
import { useDesk } from "./desk";
import { looksLikeCode, readMultiple } from "./multiple";
import { ProductResults } from "./product-results";
import { ProductTiles } from "./product-tiles";
import { TillNews } from "./till-news";
import { useProductSearch } from "./use-product-search";
import { SCAN_FIELD } from "./use-scanner";

interface ProductPanelProps {
  field: RefObject<HTMLInputElement | null>;
  round: number;
  /** A whole code was given: add its product or say that there is none. */
  onCode: (code: string, quantity: number) => Promise<void>;
}

/** Where products come from: the field for scanner and keyboard, and tiles for fingers. */
export function ProductPanel({ field, round, onCode }: ProductPanelProps) {
  const t = useTranslations("pos");
  const { products: source, dispatch, notify, till, focusField, open } = useDesk();
  const [typed, setTyped] = useState("");
  const [category, setCategory] = useState<Category | null>(null);
  const [highlighted, setHighlighted] = useState(0);
  const listId = useId();

  const { quantity, text } = readMultiple(typed);
  const searching = text !== "";
  const tiles = useProductSearch(source, "", category, round);
  const search = useProductSearch(source, searching ? text : null, category, round);
  const active = Math.min(highlighted, search.products.length - 1);

  function change(value: string) {
    setTyped(value);
    setHighlighted(0);
  }

  function add(product: TillProduct) {
    notify(null);
    dispatch({ type: "productAdded", product, quantity });
    change("");
    // Off the tile: the next Enter belongs to the field.
    focusField();
  }

  async function enter() {
    const chosen = search.products[active];
    if (search.current && !search.failed && chosen) return add(chosen);
    if (looksLikeCode(text)) {
      change("");
      return onCode(text, quantity);
    }
    // The list is still on its way: a short code needs none, and whoever named a product means the first that has it.
    const product = await source.findByCode(text).catch(() => null);
    const [first] = product ? [product] : await source.search({ q: text, category }).catch(() => []);
    if (first && field.current?.value === typed) add(first);
  }

  function keyPressed(event: KeyboardEvent<HTMLInputElement>) {
    if (!searching || event.nativeEvent.isComposing) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        const by = event.key === "ArrowDown" ? 1 : -1;
        setHighlighted(Math.max(0, Math.min(search.products.length - 1, active + by)));
        break;
      }
      case "Enter":
        void enter();
        break;
      case "Escape":
        change("");
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      {/* Beside the products and not among them: it speaks as well while a phone shows the cart. */}
      <TillNews text={text} search={search} />
      <section
        aria-label={t("products.title")}
        className="flex min-w-0 flex-col gap-4 px-4 pt-4 pb-24 max-md:group-data-[view=cart]/till:hidden sm:px-6 md:pb-8 lg:px-6"
      >
        <div className="sticky top-(--topbar) z-10 -mx-4 flex items-center gap-2 bg-canvas px-4 pb-1 sm:-mx-6 sm:px-6">
          <Input
            ref={field}
            {...SCAN_FIELD}
            data-products=""
            size="lg"
            value={typed}
            onChange={(event) => change(event.currentTarget.value)}
            onKeyDown={keyPressed}
            autoFocus
            role="combobox"
            aria-label={t("products.field")}
            aria-expanded={searching}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={searching && active >= 0 ? `${listId}-${active}` : undefined}
            placeholder={t("products.placeholder")}
            enterKeyHint="search"
            spellCheck={false}
            disabled={till.pending !== null}
            prefix={<Search aria-hidden />}
            suffix={<Kbd className="mr-3">F2</Kbd>}
          />
          <IconButton
            label={t("products.shortcuts")}
            icon={<Keyboard aria-hidden />}
            aria-haspopup="dialog"
            onClick={() => open({ kind: "help" })}
            className="size-12 pointer-coarse:hidden"
          />
        </div>
        <CodeNotice />
        <CategoryChips chosen={category} onChoose={setCategory} />
        {searching ? (
          <ProductResults id={listId} search={search} highlighted={active} text={text} onChoose={add} />
        ) : (
          <ProductTiles search={tiles} heading={category === null} onChoose={add} />
        )}
      </section>
    </>
  );
}
