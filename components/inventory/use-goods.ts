"use client";

import { useEffect, useState } from "react";
import type { Goods } from "@/lib/inventory";

const PAUSE_MS = 140;
const nothing: readonly Goods[] = [];

interface Answer {
  readonly query: string;
  readonly goods: readonly Goods[];
  readonly failed: boolean;
}

/** Goods that a text means, asked for after a short pause; the last question alone counts. */
export function useGoods(branchId: string, typed: string) {
  const query = typed.trim();
  const [answer, setAnswer] = useState<Answer>({ query: "", goods: nothing, failed: false });

  useEffect(() => {
    if (query === "") return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      findGoods(branchId, query, asking.signal).then(
        (goods) => setAnswer({ query, goods, failed: false }),
        () => asking.signal.aborted || setAnswer({ query, goods: nothing, failed: true }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [branchId, query]);

  const answered = query !== "" && answer.query === query;
  return { goods: answered ? answer.goods : nothing, failed: answered && answer.failed, answered };
}

/** @throws TypeError when no answer came, Error when it was a refusal */
export async function findGoods(
  branchId: string,
  query: string,
  signal?: AbortSignal,
): Promise<readonly Goods[]> {
  const question = new URLSearchParams({ branchId, q: query });
  const response = await fetch(`/api/search/goods?${question}`, {
    headers: { accept: "application/json" },
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Error(`the search answered ${response.status}`);
  const { goods } = (await response.json()) as { goods: readonly Goods[] };
  return goods;
}
