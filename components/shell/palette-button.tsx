"use client";

import { useCallback, useEffect, useState } from "react";
import { Search } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/kbd";
import type CommandPalette from "./command-palette";
import type { PaletteAction } from "./command-palette";

const REST_MS = 1_500;

export interface PaletteButtonProps {
  label: string;
  /** What can be opened without searching: pages and things to do. */
  actions: readonly PaletteAction[];
  /** Keeps the recents of people at one computer apart: the member's id. */
  scope: string;
  /** Where the search is asked; without one only the actions are offered. */
  searchUrl?: string;
}

/** Opens the quick search, as Ctrl-K and ⌘K do. */
export function PaletteButton({ label, actions, scope, searchUrl }: PaletteButtonProps) {
  const [open, setOpen] = useState(false);
  // Not `lazy`: a boundary that waits is shown a third of a second late, even when its part is there.
  const [Palette, setPalette] = useState<typeof CommandPalette | null>(null);
  const load = useCallback(async () => {
    const part = await import("./command-palette");
    setPalette(() => part.default);
  }, []);

  // Fetched when the page has come to rest, so that it opens at once; a slow machine fetches it at the first key.
  useEffect(() => {
    const timer = setTimeout(() => void load(), REST_MS);
    return () => clearTimeout(timer);
  }, [load]);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Control" || event.key === "Meta") void load();
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      void load();
      setOpen((shown) => !shown);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [load]);

  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => {
          void load();
          setOpen(true);
        }}
        className="flex h-(--control) items-center gap-2.5 rounded-md text-sm text-ink-faint transition-colors hover:text-ink max-md:w-(--control) max-md:justify-center max-md:hover:bg-hover md:w-72 md:border md:border-line md:bg-surface md:px-3 md:shadow-xs md:hover:border-line-strong"
      >
        <Search aria-hidden className="size-4 max-md:size-4.5" />
        <span className="flex-1 text-left max-md:sr-only">{label}</span>
        <span aria-hidden className="max-md:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      {open && Palette && (
        <Palette
          actions={actions}
          scope={scope}
          {...(searchUrl && { searchUrl })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
