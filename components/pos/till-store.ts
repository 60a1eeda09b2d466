import { emptyTill, type Till } from "./cart";
import { readTill, writeTill } from "./stored-till";
import { reduceTill, type TillEvent } from "./till-events";

/** A till that outlives its page: each change is in the browser's storage before it is on the screen. */
export interface TillStore {
  readonly dispatch: (event: TillEvent) => void;
  /** In the form of `useSyncExternalStore`. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => Till;
  readonly serverSnapshot: () => Till;
}

/**
 * Opens the till of one member at one branch of one shop.
 *
 * @param name where it is kept; another tab with the same name shows the same cart, so that it is not sold twice
 */
export function openTill(name: string): TillStore {
  const listeners = new Set<() => void>();
  let till: Till | undefined;

  const current = () => (till ??= readTill(read(name)) ?? emptyTill);
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const changedElsewhere = (event: StorageEvent) => {
    if (event.key !== name) return;
    till = readTill(event.newValue) ?? emptyTill;
    tell();
  };

  return {
    dispatch(event) {
      const next = reduceTill(current(), event);
      if (next === current()) return;
      till = next;
      write(name, next);
      tell();
    },
    subscribe(listener) {
      if (listeners.size === 0) window.addEventListener("storage", changedElsewhere);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener("storage", changedElsewhere);
      };
    },
    snapshot: current,
    serverSnapshot: () => emptyTill,
  };
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is switched off: the cart lives as long as the page
  }
}

function write(name: string, till: Till): void {
  try {
    if (till === emptyTill) localStorage.removeItem(name);
    else localStorage.setItem(name, writeTill(till));
  } catch {
    // Full or switched off; selling goes on, the cart just does not outlive the page.
  }
}
