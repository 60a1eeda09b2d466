"use client";

import { useEffect, useState } from "react";
import type { TillProduct } from "@/lib/sales";
import type { Category } from "@/lib/sales/schema";
import type { ProductSource } from "./product-source";

const PAUSE_MS = 110;
const none: readonly TillProduct[] = [];

interface Answer {
  readonly to: string;
  readonly products: readonly TillProduct[];
  readonly failed: boolean;
}

export interface ProductSearch {
  /** The newest answer there is; while the next one is on its way the last stays on the screen. */
  readonly products: readonly TillProduct[];
  /** Whether they answer the very question that was asked last. */
  readonly current: boolean;
  readonly failed: boolean;
}

/**
 * Products for what is typed or chosen: after a short pause, the last question alone.
 *
 * @param text null asks nobody
 * @param round raise it to ask the same again: after a sale the stock is another
 */
export function useProductSearch(
  source: ProductSource,
  text: string | null,
  category: Category | null,
  round: number,
): ProductSearch {
  const question = text === null ? "" : `${category ?? "all"} ${round} ${text}`;
  const [answer, setAnswer] = useState<Answer>({ to: "", products: none, failed: false });

  useEffect(() => {
    if (text === null) return;
    const asking = new AbortController();
    const timer = setTimeout(
      () => {
        source.search({ q: text, category }, asking.signal).then(
          (products) => setAnswer({ to: question, products, failed: false }),
          () => asking.signal.aborted || setAnswer((last) => ({ ...last, to: question, failed: true })),
        );
      },
      text === "" ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [source, text, category, question]);

  const current = answer.to === question;
  return { products: text === null ? none : answer.products, current, failed: current && answer.failed };
}
