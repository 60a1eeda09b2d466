"use client";

import { useEffect, useState } from "react";
import type { PaletteGroup } from "./palette-groups";

const PAUSE_MS = 120;
const LEAST_CHARACTERS = 2;
const nothing: readonly PaletteGroup[] = [];

interface Answer {
  query: string;
  groups: readonly PaletteGroup[];
  failed: boolean;
}

/**
 * Asks the server while somebody types: after a short pause, the last question alone.
 *
 * @param url answers `?q=` with `{ groups: [{ kind, label, items: [{ id, title, subtitle, href }] }] }`; null asks nobody
 */
export function useSearch(url: string | null, typed: string) {
  const query = typed.trim();
  const asks = url !== null && query.length >= LEAST_CHARACTERS;
  const [answer, setAnswer] = useState<Answer>({ query: "", groups: nothing, failed: false });

  useEffect(() => {
    if (!asks) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      ask(`${url}?q=${encodeURIComponent(query)}`, asking.signal).then(
        (groups) => setAnswer({ query, groups, failed: false }),
        () => asking.signal.aborted || setAnswer({ query, groups: nothing, failed: true }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [asks, url, query]);

  const answered = answer.query === query;
  return {
    groups: asks ? answer.groups : nothing,
    failed: asks && answered && answer.failed,
    waiting: asks && !answered,
  };
}

async function ask(address: string, signal: AbortSignal): Promise<readonly PaletteGroup[]> {
  const response = await fetch(address, { signal, headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`search answered ${response.status}`);
  const answer = (await response.json()) as { groups: readonly PaletteGroup[] };
  return answer.groups;
}
