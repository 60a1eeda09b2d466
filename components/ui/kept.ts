"use client";

import { useState, useSyncExternalStore } from "react";

/** A working day: what lies about longer is another day's work, and would be taken for this one's. */
const KEPT_MS = 12 * 60 * 60 * 1000;

/** What the browser's storage did not take lives as long as the page. */
const here = new Map<string, string>();

/** Keeps something in this tab under a name, until it is forgotten. Browser only. */
export function keep(name: string, value: unknown): void {
  const text = JSON.stringify({ keptAt: Date.now(), value });
  try {
    sessionStorage.setItem(key(name), text);
    here.delete(name);
  } catch {
    here.set(name, text); // full or forbidden
  }
}

/** What was kept under a name, as unknown as anything from a browser's storage; null when there is nothing. */
export function kept(name: string): unknown {
  try {
    const stored: unknown = JSON.parse(here.get(name) ?? sessionStorage.getItem(key(name)) ?? "null");
    return isKept(stored) && Date.now() - stored.keptAt < KEPT_MS ? stored.value : null;
  } catch {
    return null;
  }
}

export function forget(name: string): void {
  here.delete(name);
  try {
    sessionStorage.removeItem(key(name));
  } catch {
    return; // forbidden: then nothing is there
  }
}

/**
 * State that outlives its page in this tab: long work is not lost by one click beside it. Whoever finishes the work
 * calls `forget` with its name.
 *
 * @param name where it is kept; give the component a `key` of it, so that another name begins anew
 * @param nothing the state to begin with; changed back to it, nothing is kept
 * @param read makes the state of what was kept, or null of what is none
 */
export function useKept<T>(
  name: string,
  nothing: T,
  read: (value: unknown) => T | null,
): [T, (change: (now: T) => T) => void] {
  const [store] = useState(() => openKept(name, nothing, read));
  return [useSyncExternalStore(store.subscribe, store.current, () => nothing), store.change];
}

/** The store behind `useKept`. */
export function openKept<T>(name: string, nothing: T, read: (value: unknown) => T | null) {
  const listeners = new Set<() => void>();
  let state: T | undefined;
  const current = () => (state ??= read(kept(name)) ?? nothing);
  return {
    current,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (next: (now: T) => T) => {
      state = next(current());
      if (state === nothing) forget(name);
      else keep(name, state);
      for (const listener of listeners) listener();
    },
  };
}

function isKept(value: unknown): value is { keptAt: number; value: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    "keptAt" in value &&
    typeof value.keptAt === "number" &&
    "value" in value
  );
}

function key(name: string): string {
  return `opttius.kept.${name}`;
}
