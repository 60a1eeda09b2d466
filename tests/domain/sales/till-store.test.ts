import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyTill } from "@/components/pos/cart";
import { openTill } from "@/components/pos/till-store";
import { cleaner, frame } from "./till-fixtures";

// The browser, as far as a till needs one.
const stored = new Map<string, string>();
const listeners = new Set<(event: { key: string; newValue: string | null }) => void>();
let full = false;

beforeEach(() => {
  stored.clear();
  listeners.clear();
  full = false;
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem(name: string, text: string) {
      if (full) throw new DOMException("QuotaExceededError");
      stored.set(name, text);
    },
    removeItem: (name: string) => stored.delete(name),
  });
  vi.stubGlobal("window", {
    addEventListener: (_: string, listener: (event: { key: string; newValue: string | null }) => void) =>
      listeners.add(listener),
    removeEventListener: (_: string, listener: (event: { key: string; newValue: string | null }) => void) =>
      listeners.delete(listener),
  });
});
afterEach(() => vi.unstubAllGlobals());

const add = (product = frame) => ({ type: "productAdded", product, quantity: 1 }) as const;

describe("a till", () => {
  test("survives a reload of its page", () => {
    openTill("till:a").dispatch(add());
    expect(openTill("till:a").snapshot().lines).toHaveLength(1);
  });

  test("keeps branches and people apart", () => {
    openTill("till:a").dispatch(add());
    expect(openTill("till:b").snapshot()).toEqual(emptyTill);
  });

  test("is in the storage before anybody hears of the change", () => {
    const till = openTill("till:a");
    let seen: string | undefined;
    till.subscribe(() => {
      seen = stored.get("till:a");
    });
    till.dispatch(add());
    expect(seen).toContain(frame.id);
  });

  test("leaves nothing behind when it is empty", () => {
    const till = openTill("till:a");
    till.dispatch(add());
    till.dispatch({ type: "cleared" });
    expect(stored.has("till:a")).toBe(false);
  });

  test("shows what another tab did to the same cart", () => {
    const here = openTill("till:a");
    const heard = vi.fn();
    const leave = here.subscribe(heard);
    openTill("till:a").dispatch(add(cleaner));
    for (const listener of listeners) listener({ key: "till:a", newValue: stored.get("till:a") ?? null });
    expect(heard).toHaveBeenCalledOnce();
    expect(here.snapshot().lines).toMatchObject([{ productId: cleaner.id }]);
    for (const listener of listeners) listener({ key: "something else", newValue: null });
    expect(heard).toHaveBeenCalledOnce();
    leave();
    expect(listeners.size).toBe(0);
  });

  test("goes on selling when the storage is full", () => {
    full = true;
    const till = openTill("till:a");
    till.dispatch(add());
    expect(till.snapshot().lines).toHaveLength(1);
  });

  test("is empty on the server", () => {
    stored.set("till:a", "whatever");
    expect(openTill("till:a").serverSnapshot()).toEqual(emptyTill);
  });
});
